package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
			return (&preview{a, address, on}).build(ctx, dir)
		},
	})
}

// preview is one build of what the desk shows.
type preview struct {
	app     *app
	address string // of the desk, such as http://127.0.0.1:8080
	on      policy.Date
}

// build builds the site with the texts of the work tree, and what the desk says
// of them.
func (p *preview) build(ctx context.Context, dir string) ([]*desk.Change, error) {
	w, err := p.app.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.Repo.Close()
	source := &previewSource{published: w.Repo, texts: make(map[*policy.Version][]byte)}
	policies := make([]*policy.Policy, 0, len(w.History.Policies))
	for _, published := range w.History.Policies {
		next, err := p.app.previewPolicy(w, published, source)
		if err != nil {
			return nil, err
		}
		policies = append(policies, next)
	}
	options, err := p.app.siteOptions(w, buildFlags{baseURL: p.address}, &terminal.Progress{Quiet: true})
	if err != nil {
		return nil, err
	}
	options.On = p.on
	options.Records = dir + ".records" // gone with the preview
	summary, err := site.Build(ctx, dir, policies, source, options)
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
	reviewer := p.app.reviewer(w, published)
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
		Notice: result.Notice, Redline: result.Redline, Assessment: result.Assessment,
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

// previewPolicy adds the text of the work tree to a policy, if it differs.
func (a *app) previewPolicy(w *workspace.Workspace, p *policy.Policy, source *previewSource) (*policy.Policy, error) {
	if w.Repo.Root() == "" || len(p.Versions) == 0 || !p.Withdrawn.IsZero() {
		return p, nil
	}
	file := filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path))
	src, err := worktree.Read(w.Repo.Root(), file, worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the work tree: %w", err)
	}
	if len(src) == 0 {
		return nil, desk.ErrBeingSaved
	}
	published, err := w.Repo.Text(p.Versions[0])
	if err != nil || string(src) == string(published) {
		return p, err
	}
	doc, err := policy.Parse(p.Path, src)
	if err != nil {
		return nil, err
	}
	next, v := review.AsPublished(p, doc, a.today())
	v.Commit = "not committed yet"
	source.texts[v] = src
	return next, nil
}

// previewSource gives texts of the work tree beside published ones.
type previewSource struct {
	published site.Source
	texts     map[*policy.Version][]byte
}

// Text returns the bytes of a version.
func (s *previewSource) Text(v *policy.Version) ([]byte, error) {
	if src, ok := s.texts[v]; ok {
		return src, nil
	}
	return s.published.Text(v)
}
