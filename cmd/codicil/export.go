package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/site"
)

func (a *app) exportCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "export FORMAT [ID[@VERSION[...VERSION]]]",
		Short: "Write the policies for another generator of sites",
		Long: "Export writes every version, what each changed and the lists of them as pages of the generator: with its\n" +
			"front matter, anchors and sidebar, the histories as data, and the style of redlines. Hugo takes the folder\n" +
			"as a theme beside yours (`theme: [yours, legal-site]`), Jekyll wants `--config _config.yml,_config.policies.yml`,\n" +
			"and for Docusaurus `docs` and `src` go into those of the site.\n" +
			"`export word ID` writes one version as a Word file, numbered as written, for counsel to edit:\n" +
			"`codicil import --onto ID FILE` brings the edits back.\n" +
			"`export pdf ID` prints one version, and `export pdf ID@1.0...2.0` a redline, with label, date and digest on\n" +
			"every sheet; it takes Chromium or Chrome to print.\n" +
			"`export ota` adds the declaration by which Open Terms Archive follows the policies in force.\n" +
			"`export templates` writes the templates of the site itself, to change in a theme.",
		Example: "  codicil export hugo -o legal-site\n  codicil export json -o data\n  codicil export word privacy@2.0 -o for-counsel.docx\n" +
			"  codicil export pdf privacy@2.0\n  codicil export pdf privacy@1.0...2.0 -o redline.pdf",
		Args:      cobra.RangeArgs(1, 2),
		ValidArgs: exports(),
		RunE: func(cmd *cobra.Command, args []string) error {
			one := map[string]func(context.Context, string, string) error{"word": a.exportWord, "pdf": a.exportPDF}[args[0]]
			switch {
			case one != nil && len(args) == 2:
				return one(cmd.Context(), args[1], output)
			case one != nil || len(args) == 2:
				return usagef("export word and export pdf take one policy, the other formats take none: codicil export word privacy@1.0")
			}
			return a.export(cmd.Context(), args[0], output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `DIR`, which is replaced as a whole (required); of word and pdf: the file")
	return cmd
}

// exports lists what export writes.
func exports() []string { return append(site.Formats(), "ota", "templates", "word", "pdf") }

func (a *app) export(ctx context.Context, format, output string) error {
	if !oneOf(format, exports()...) {
		return usagef("%q is no format: write %s", format, strings.Join(exports(), ", "))
	}
	if output == "" {
		return usagef("--output: name the folder to write to")
	}
	if format == "templates" {
		return a.exportTemplates(output)
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	if format == "ota" {
		return a.exportDeclaration(w, output)
	}
	if err := w.Publishable(); err != nil {
		return err
	}
	if err := worktree.CheckTarget(w.Repo.Root(), output); err != nil {
		return err
	}
	bar := a.progress()
	options, err := a.siteOptions(w, buildFlags{}, bar)
	if err != nil {
		return err
	}
	summary, err := site.Export(ctx, output, format, w.History.Policies, w.Repo, options)
	bar.Done()
	if err != nil {
		return err
	}
	a.failed(summary.Failures...)
	if a.json {
		return printJSON(a.stdout, summary)
	}
	fmt.Fprintf(a.stdout, "%s, %s, %s for %s: %s in %s\n",
		policy.Plural(summary.Policies, "policy", "policies"), policy.Plural(summary.Versions, "version", "versions"),
		policy.Plural(summary.Redlines, "redline", "redlines"), format, policy.Plural(summary.Files, "file", "files"), output)
	return nil
}

// exportDeclaration writes what Open Terms Archive needs, beside what the folder of
// declarations holds already.
func (a *app) exportDeclaration(w *workspace.Workspace, dir string) error {
	if err := worktree.CheckTarget(w.Repo.Root(), filepath.Join(dir, "declarations")); err != nil {
		return err
	}
	d, err := site.WriteDeclaration(dir, cmp.Or(w.Config.Title, "Policies"), w.Config.BaseURL, w.History.Policies, a.today())
	if err != nil {
		return hinted(err, "set base_url in codicil.yaml")
	}
	if a.json {
		return printJSON(a.stdout, d)
	}
	_, err = fmt.Fprintln(a.stdout, d)
	return err
}
