package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/site"
)

func (a *app) embedCommand() *cobra.Command {
	var baseURL string
	cmd := &cobra.Command{
		Use:   "embed",
		Short: "Print the script tag that shows the notices on another site",
		Long: "Embed prints the tag for the pages of your other sites, with the digest of the script, and the\n" +
			"words that their content security policy needs. The tag fits the site that this program builds.\n" +
			"`embed policy ID` prints what puts the text in force itself into a page: a tag, a piece of HTML to\n" +
			"include, or a frame. `embed links` prints the links to the policies in force for the foot of each\n" +
			"page, with rel=\"privacy-policy\" and rel=\"terms-of-service\" where they are that.",
		Example: "  codicil embed\n  codicil embed policy privacy\n  codicil embed links --base-url https://example.com/legal",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.embed(baseURL) },
	}
	cmd.PersistentFlags().StringVar(&baseURL, "base-url", "", "the `URL` of the policies")
	cmd.AddCommand(&cobra.Command{
		Use: "policy ID", Short: "Print what puts the text in force of a policy into a page", Args: cobra.ExactArgs(1),
		Example: "  codicil embed policy privacy", ValidArgsFunction: a.completeIDs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.embedPolicy(cmd.Context(), baseURL, args[0]) },
	}, &cobra.Command{
		Use: "links", Short: "Print the links to the policies in force", Args: cobra.NoArgs,
		Example: "  codicil embed links",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.embedLinks(cmd.Context(), baseURL) },
	})
	return cmd
}

func (a *app) embed(baseURL string) error {
	if baseURL == "" {
		cfg, err := config.Load(a.config)
		if err != nil {
			return err
		}
		baseURL = cfg.BaseURL
	}
	e, err := site.Embed(baseURL)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, e)
	}
	a.say("content security policy of the page: script-src %s; connect-src %s", e.Origin, e.Origin)
	a.say("the copy that changes with the program, without integrity: %s", e.Latest)
	a.say("one file with the notices in it, to serve from your own address: %s", e.Contained)
	a.say("for pages without script, a piece of HTML to include: %s", e.Fragment)
	a.say("the text of a policy in a page: `codicil embed policy ID`; links for the foot of each page: `codicil embed links`")
	_, err = fmt.Fprintln(a.stdout, e.Tag)
	return err
}

// embedPolicy prints the three ways in which a text stands on another page.
func (a *app) embedPolicy(ctx context.Context, baseURL, id string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	e, err := site.EmbedPolicy(cmp.Or(baseURL, w.Config.BaseURL), p)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, e)
	}
	fmt.Fprint(a.stdout, e)
	a.say("content security policy of the page: script-src %[1]s; connect-src %[1]s; for the frame: frame-src %[1]s", e.Origin)
	return nil
}

// embedLinks prints the links to what is in force today.
func (a *app) embedLinks(ctx context.Context, baseURL string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	list, err := site.EmbedLinks(cmp.Or(baseURL, w.Config.BaseURL), w.History.Policies, a.today())
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]any{"policies": list})
	}
	_, err = fmt.Fprint(a.stdout, list)
	return err
}
