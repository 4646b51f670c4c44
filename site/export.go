package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
	"github.com/codicil/codicil/site/tree"
)

// Formats lists what Export writes for: three generators of static sites, and
// plain data.
func Formats() []string { return []string{"hugo", "jekyll", "docusaurus", "json"} }

// exporter is one run of Export.
type exporter struct {
	*builder
	layout
	format   string
	policies map[string]int // places of the policies, from 1, by their folders
}

// Export writes the policies for another generator of sites: each version as
// Markdown with front matter, their histories as data, their redlines as
// pieces of HTML. Like a site, the folder takes its place whole, and one with
// files of others is refused.
func Export(ctx context.Context, dst, format string, policies []*policy.Policy, src Source, o Options) (*Summary, error) {
	places, ok := layoutOf(format)
	if !ok {
		return nil, &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("there is no export for %q", format), Hint: "choose one of " + strings.Join(Formats(), ", ")}
	}
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	plans, err := newPlans(policies, o)
	if err != nil {
		return nil, err
	}
	folder, err := tree.Open(ctx, dst, o.Records, o.Verify)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	b, err := newBuilder(folder, plans, nil, src, o)
	if err != nil {
		return nil, err
	}
	e := &exporter{builder: b, layout: places, format: format, policies: make(map[string]int)}
	for i, pl := range plans {
		e.policies[pl.dir] = i + 1
	}
	if err := e.run(ctx, plans); err != nil {
		return nil, errors.Join(err, b.states.close(), b.stage.Discard())
	}
	s := b.summary
	s.Policies, s.Written, s.Bytes = len(plans), b.stage.Written, b.stage.Bytes
	return &s, nil
}

func (e *exporter) run(ctx context.Context, plans []*plan) error {
	entries := []policyEntry{}
	var histories []*policyBuild
	for _, pl := range plans {
		e.total += len(pl.versions)
	}
	for _, pl := range plans {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h := &policyBuild{plan: pl, Records: make([]*record, len(pl.versions)), reader: e.newReader(pl), state: new(policyState), rest: new(policyRest)}
		if err := e.policy(h); err != nil {
			return err
		}
		h.reader = nil
		entries, histories = append(entries, e.policyEntry(h)), append(histories, h)
	}
	if err := e.writeJSON(e.data+"policies.json", entries); err != nil {
		return err
	}
	if err := e.accompany(histories); err != nil {
		return err
	}
	m, err := e.stage.Merge("")
	if err != nil {
		return err
	}
	e.summary.Files = m.Files
	return errors.Join(e.states.close(), e.stage.Publish(m, "", nil))
}

// accompany writes what is about all policies, and what the generator needs to
// show them.
func (e *exporter) accompany(histories []*policyBuild) error {
	for file, data := range e.files {
		if err := e.stage.Write(file, []byte(data)); err != nil {
			return err
		}
	}
	if e.text == "" {
		return nil
	}
	if err := e.writeIndexPage(histories); err != nil {
		return err
	}
	return e.category("", e.words(e.Lang).say("policies"), 0)
}

// policy writes one policy: its versions, the newest first, then its history.
func (e *exporter) policy(h *policyBuild) error {
	var current *text
	for i := range h.versions {
		r := h.newRecord(i)
		h.Records[i] = r
		t, err := h.reader.text(i)
		if err != nil {
			return err
		}
		r.Title, r.Minutes = name(h.plan, t.doc), readingTime(t.doc)
		if !r.First {
			if err := e.redlineOf(h, i); err != nil {
				return err
			}
		}
		if err := e.version(h, i, t); err != nil {
			return err
		}
		if i == h.current {
			current = t
		}
		e.count(!r.First)
		e.wrote(1)
	}
	if e.text != "" {
		if err := e.overview(h, current); err != nil {
			return err
		}
	}
	list := make([]versionEntry, 0, len(h.Records))
	for _, r := range h.Records {
		list = append(list, e.versionEntry(e.words(h.lang), r))
	}
	return e.writeJSON(e.data+strings.TrimSuffix(h.dir, "/")+".json", struct {
		policyEntry
		Versions []versionEntry `json:"versions"`
	}{e.policyEntry(h), list})
}

// overview writes the pages of a policy that change with the day: the text in
// force, and the list of all versions.
func (e *exporter) overview(h *policyBuild, current *text) error {
	title := h.Current().Title
	if h.Beside() != "" {
		title += " (" + h.Beside() + ")"
	}
	if err := e.category(h.dir, title, e.policies[h.dir]); err != nil {
		return err
	}
	if err := e.writeVersionsPage(h); err != nil {
		return err
	}
	if len(h.versions) > 1 {
		if err := e.category(h.dir+"compare/", e.words(h.lang).say("changes"), len(h.versions)+1); err != nil {
			return err
		}
	}
	return e.writeTextPage(h, h.current, current, h.dir, 0)
}

// redlineOf writes what a version changed, as a piece of HTML, as a page that
// shows it, and as data.
func (e *exporter) redlineOf(h *policyBuild, i int) error {
	pair, err := h.reader.pair(h.before(i), i)
	if err != nil {
		return err
	}
	h.Records[i].judgement = pair.judge()
	e.note(h, pair)
	name := e.redlineName(h, i)
	buf := e.buffer()
	defer e.release(buf)
	e.draw(h, pair)
	settleFragments(buf, pair.body, siteRoot+policy.EscapePath(h.versionDir(h.before(i))))
	whole := bytes.ReplaceAll(buf.Bytes(), []byte(wholeText), []byte(siteRoot+policy.EscapePath(h.versionDir(i))))
	piece := e.piece(string(rootedPage(whole, e.home)), e.words(h.lang))
	if err := e.stage.Write(e.redlines+name+e.pieces, []byte(piece)); err != nil {
		return err
	}
	if e.text != "" {
		if err := e.writeRedlinePage(h, i, name); err != nil {
			return err
		}
	}
	buf.Reset()
	render.RedlineJSON(buf, pair.Redline)
	return e.stage.Write(e.data+"redlines/"+name+".json", buf.Bytes())
}

// redlineName returns the name of the redline of a version, by which a text
// asks for it. Jekyll includes no file with two dots in its name.
func (e *exporter) redlineName(h *policyBuild, i int) string {
	if e.format == "jekyll" {
		return strings.ReplaceAll(h.dir+h.slugs[h.before(i)]+"-to-"+h.slugs[i], "..", "__")
	}
	return h.dir + h.slugs[h.before(i)] + "..." + h.slugs[i]
}

// version writes one text at its own address.
func (e *exporter) version(h *policyBuild, i int, t *text) error {
	if e.text != "" {
		return e.writeTextPage(h, i, t, h.versionDir(i), i+2)
	}
	data, err := e.versionJSON(&versionPage{record: h.Records[i], History: h, ID: h.policy.ID, Summary: h.versions[i].Front.Summary, text: t})
	if err != nil {
		return err
	}
	return e.stage.Write(h.dir+h.slugs[i]+".json", data)
}

// category names a folder in the sidebar of a generator that asks for it.
func (e *exporter) category(dir, label string, place int) error {
	if e.format != "docusaurus" {
		return nil
	}
	return e.writeJSON(e.text+dir+"_category_.json", struct {
		Label    string `json:"label"`
		Position int    `json:"position,omitempty"`
	}{label, place})
}
