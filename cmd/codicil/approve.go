package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
)

// reviewsFlag adds the flag that names reviews of the pull request.
func (a *app) reviewsFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.reviews, "approvals", "", "count reviews of the pull request too: a `FILE` with what its host answers")
}

func (a *app) approveCommand() *cobra.Command {
	var sign bool
	cmd := &cobra.Command{
		Use:   "approve ID[@VERSION]",
		Short: "Say what an approval of a text must sign, and who has approved it",
		Long: "Approve prints the line that binds an approval to the very bytes of a text, and the commands that sign\n" +
			"it as a tag or as a commit; with --sign it makes the tag, with the signing key that git knows. Who may\n" +
			"approve, how many of them and for which changes, codicil.yaml says under `approvals:`. One changed byte\n" +
			"voids an approval. Reviews of a pull request count as well where their host answered --approvals FILE.",
		Example: "  codicil approve privacy\n  codicil approve privacy@2.0 --json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.approve(cmd.Context(), args[0], sign) },
	}
	cmd.Flags().BoolVar(&sign, "sign", false, "make the signed tag")
	a.reviewsFlag(cmd)
	return cmd
}

// approvable is the JSON of approve.
type approvable struct {
	ID        string            `json:"id"`
	Label     string            `json:"label"`
	SHA256    string            `json:"sha256"`
	Statement string            `json:"statement"`
	Approvals []policy.Approval `json:"approvals"`
}

func (a *app) approve(ctx context.Context, reference string, sign bool) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	t, err := w.Approvable(reference, a.today())
	if err != nil {
		return err
	}
	x := approvable{ID: t.Policy.ID, Label: t.Label, SHA256: t.SHA256, Statement: review.ApprovalLine(t.Policy.ID, t.Label, t.SHA256), Approvals: []policy.Approval{}}
	tag := a.approvalTag(ctx, x)
	if sign {
		if _, err := worktree.Git(ctx, ".", nil, "tag", "--sign", tag, "--message", x.Statement); err != nil {
			return hinted(err, "git signs with the key of user.signingKey; see `git help config`")
		}
		a.say("signed %s: `git push origin %s` hands it on", tag, tag)
	}
	approvals, err := w.Approvals(a.reviews)
	if err != nil {
		return err
	}
	if approvals != nil {
		x.Approvals = append(x.Approvals, approvals(t.Policy.Path, t.SHA256)...)
	}
	if a.json {
		return printJSON(a.stdout, x)
	}
	a.printApprovable(w, t, x, tag, sign)
	return nil
}

// approvalTag names the tag of the person whom git knows.
func (a *app) approvalTag(ctx context.Context, x approvable) string {
	words := strings.FieldsFunc(strings.ToLower(editor(ctx)), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	tag := "approved/" + x.ID + "/" + x.Label + "/" + cmp.Or(strings.Join(words, "-"), "me")
	if _, err := worktree.Git(ctx, ".", nil, "check-ref-format", "refs/tags/"+tag); err != nil {
		return "approved/" + x.SHA256[:12] // a label that no tag can bear
	}
	return tag
}

func (a *app) printApprovable(w *workspace.Workspace, t *workspace.Text, x approvable, tag string, signed bool) {
	fmt.Fprintf(a.stdout, "%s@%s in %s\nsha256 %s\n", x.ID, x.Label, t.Where, x.SHA256)
	for _, given := range x.Approvals {
		fmt.Fprintf(a.stdout, "approved by %s\n", given)
	}
	for _, missing := range review.Missing(w.Config.Roles(), policy.Major, x.Approvals) {
		fmt.Fprintf(a.stdout, "a major change: %s\n", missing)
	}
	if len(w.Config.Approvals) == 0 {
		a.say("nobody needs to approve: codicil.yaml has no `approvals:`")
	}
	if !signed {
		fmt.Fprintf(a.stdout, "\nTo approve it, sign this line as a tag:\n  git tag --sign %s --message %s\nor as a commit:\n  git commit --allow-empty --gpg-sign --message %s --message %[2]s\n",
			inShell(tag), inShell(x.Statement), inShell("Approve "+x.ID+"@"+x.Label))
	}
}

// inShell quotes words for a shell: a label is the editor's.
func inShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
