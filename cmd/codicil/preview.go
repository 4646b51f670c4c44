package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	rendered "github.com/codicil/codicil/render/email"
	"github.com/codicil/codicil/render/terminal"
	"github.com/codicil/codicil/site"
	"github.com/codicil/codicil/site/desk"
)

// newDesk makes the desk of the current folder.
func (a *app) newDesk(dir, address string) *desk.Server {
	return desk.New(desk.Options{
		Root: ".", Dir: dir, Address: address, Today: a.today,
		Build: func(ctx context.Context, on policy.Date) ([]*desk.Change, error) {
			return (&preview{a, address, on, editor(ctx)}).build(ctx, dir)
		},
		Decide: a.decide,
	})
}

// editor is who works in the folder, as git knows them; empty where it does not.
func editor(ctx context.Context) string {
	name, err := worktree.Git(ctx, ".", nil, "config", "user.name")
	if err != nil {
		return ""
	}
	return name
}

// decide records a person's word in the text that they saw.
func (a *app) decide(ctx context.Context, id, seen string, d policy.Decision) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer w.Repo.Close()
	p, err := w.Find(id)
	if err != nil {
		return err
	}
	src, err := w.WorkTree(p)
	if err != nil {
		return err
	}
	if review.Digest(src) != seen {
		return hinted(fmt.Errorf("%s has changed since the page showed it: nothing was recorded", p.Path), "go back, load the page anew and read it again")
	}
	out, err := d.Record(p.Path, src)
	if err != nil {
		return err
	}
	return worktree.Write(filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path)), out)
}

// preview is one build of what the desk shows.
type preview struct {
	app     *app
	address string // of the desk, such as http://127.0.0.1:8080
	on      policy.Date
	editor  string // who sits at the desk
}

// build builds the site with the texts of the work tree, and what the desk says
// of them.
func (p *preview) build(ctx context.Context, dir string) ([]*desk.Change, error) {
	w, err := p.app.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.Repo.Close()
	if err := w.FollowSources(); err != nil {
		return nil, err
	}
	drafts, err := w.Drafts(p.app.today())
	if err != nil {
		return nil, err
	}
	options, err := p.app.siteOptions(w, buildFlags{baseURL: p.address}, &terminal.Progress{Quiet: true})
	if err != nil {
		return nil, err
	}
	options.On = p.on
	options.Records = dir + ".records" // gone with the preview
	summary, err := site.Build(ctx, dir, drafts.Policies, drafts, options)
	if err != nil {
		return nil, err
	}
	p.app.failed(summary.Failures...)
	return p.changes(ctx, w)
}

// changes works out what the desk says.
func (p *preview) changes(ctx context.Context, w *workspace.Workspace) ([]*desk.Change, error) {
	_, published, _, err := w.Published(ctx, "")
	if err != nil {
		return nil, err
	}
	living, err := w.Chosen(nil)
	if err != nil {
		return nil, err
	}
	candidates, err := w.Candidates(living)
	if err != nil {
		return nil, err
	}
	reviewer, err := p.app.reviewer(w, published)
	if err != nil {
		return nil, err
	}
	if reviewer.Approvals, err = w.Approvals(""); err != nil {
		return nil, err
	}
	changes := make([]*desk.Change, 0, len(candidates))
	for _, candidate := range candidates {
		result, err := reviewer.Candidate(candidate)
		if err != nil {
			return nil, err
		}
		c, err := p.change(w, result)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// change is the change of the work tree against what is published or, when
// there is none, what the newest version changed.
func (p *preview) change(w *workspace.Workspace, result *review.Reviewed) (*desk.Change, error) {
	q := result.Policy
	c := &desk.Change{
		Policy: q, Pending: result.Notice != nil, Before: result.Before, Found: result.Findings,
		Notice: result.Notice, Redline: result.Redline, Assessment: result.Assessment, Opinion: result.Opinion, Digest: result.Digest, Editor: p.editor,
	}
	if result.Next != nil {
		c.Policy = result.Next
	}
	if c.Notice == nil && len(q.Versions) > 1 {
		newest := q.Versions[0]
		compared, err := w.Compare(q, newest)
		if err != nil {
			return nil, err
		}
		c.Notice, c.Redline, c.Assessment = compared.Notice(w.Rules), compared.Redline, compared.Assessment
		if c.Notice.Previous != "" {
			c.Before = q.ID + "@" + c.Notice.Previous
		}
	}
	if c.Notice != nil {
		c.Email, c.NoEmail = p.compose(w, c.Policy, c.Notice)
	}
	return c, nil
}

// compose writes the email as it would be sent, but for what the configuration
// lacks.
func (p *preview) compose(w *workspace.Workspace, q *policy.Policy, n *notice.Notice) (*rendered.Body, error) {
	switch {
	case !n.Through(notice.Email):
		return nil, fmt.Errorf("this notice is not given by email: its channels are %s", notice.ChannelNames(n.Channels))
	case n.Previous == "":
		return nil, errors.New("there is no change to tell of yet")
	}
	return p.app.room(w).Sample(p.address).Compose(rendered.Original(n, q), p.on)
}
