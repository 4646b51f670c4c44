package site

import (
	"bytes"
	"context"
	"encoding/json"
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

// layout is where a generator wants its files.
type layout struct {
	text    string // folder of the texts; empty when they are only data
	current string // name of the text in force in its folder
	data    string // folder of the data
	redline string // folder of the fragments of redlines
	home    string // address at which the texts will stand
	front   string // lines of front matter that every text gets
}

func layoutOf(format string) (layout, bool) {
	switch format {
	case "hugo":
		return layout{text: "content/policies/", current: "_index.md", data: "data/codicil/", redline: "assets/codicil/redlines/", home: "/policies/"}, true
	case "jekyll":
		return layout{text: "_policies/", current: "index.md", data: "_data/codicil/", redline: "_includes/codicil/redlines/", home: "/policies/",
			front: "render_with_liquid: false\n"}, true
	case "docusaurus":
		return layout{text: "docs/policies/", current: "index.md", data: "src/data/codicil/", redline: "static/codicil/redlines/", home: "/docs/policies/",
			front: "mdx:\n  format: md\n"}, true
	case "json":
		return layout{data: "", redline: "redlines/"}, true
	}
	return layout{}, false
}

// hugoShortcode shows a redline within a text.
const hugoShortcode = `{{ with resources.Get (printf "codicil/redlines/%s.html" (.Get 0)) }}{{ .Content | safeHTML }}{{ else }}{{ errorf "no redline %q" (.Get 0) }}{{ end }}
`

// exporter is one run of Export.
type exporter struct {
	*builder
	layout
	format string
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
	e := &exporter{builder: b, layout: places, format: format}
	if err := e.run(ctx, plans); err != nil {
		return nil, errors.Join(err, b.states.close(), b.stage.Discard())
	}
	s := b.summary
	s.Policies, s.Written, s.Bytes = len(plans), b.stage.Written, b.stage.Bytes
	return &s, nil
}

func (e *exporter) run(ctx context.Context, plans []*plan) error {
	entries := []policyEntry{}
	for _, pl := range plans {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h := &policyBuild{plan: pl, Records: make([]*record, len(pl.versions)), reader: e.newReader(pl), state: new(policyState)}
		if err := e.policy(h); err != nil {
			return err
		}
		entries = append(entries, e.policyEntry(h))
	}
	if err := e.writeJSON(e.data+"policies.json", entries); err != nil {
		return err
	}
	if e.format == "hugo" {
		if err := e.stage.Write("layouts/shortcodes/policy-redline.html", []byte(hugoShortcode)); err != nil {
			return err
		}
	}
	m, err := e.stage.Merge("")
	if err != nil {
		return err
	}
	e.summary.Files = m.Files
	return errors.Join(e.states.close(), e.stage.Publish(m, "", nil))
}

// policy writes one policy: its versions, the newest first, then its history.
func (e *exporter) policy(h *policyBuild) error {
	for i := range h.versions {
		r := h.newRecord(i)
		h.Records[i] = r
		t, err := h.reader.text(i)
		if err != nil {
			return err
		}
		r.Title, r.Minutes = name(h.plan, t.doc), readingTime(t.doc)
		if !r.First {
			if err := e.redline(h, i); err != nil {
				return err
			}
		}
		if err := e.version(h, i, t); err != nil {
			return err
		}
		e.count(!r.First)
		e.wrote()
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

// redline writes what a version changed, as a piece of HTML and as data.
func (e *exporter) redline(h *policyBuild, i int) error {
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
	piece := rooted(bytes.ReplaceAll(buf.Bytes(), []byte(wholeText), []byte(siteRoot+policy.EscapePath(h.versionDir(i)))), e.home)
	if e.format == "jekyll" { // it reads what it includes as a template
		piece = []byte(strings.NewReplacer("{{", "&#123;{", "{%", "&#123;%").Replace(string(piece)))
	}
	if err := e.stage.Write(e.layout.redline+name+".html", piece); err != nil {
		return err
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

// version writes one text, and the text in force also under its own name.
func (e *exporter) version(h *policyBuild, i int, t *text) error {
	p := &versionPage{record: h.Records[i], History: h, ID: h.policy.ID, Summary: h.versions[i].Front.Summary, text: t}
	if e.text == "" {
		data, err := e.versionJSON(p)
		if err != nil {
			return err
		}
		return e.stage.Write(h.dir+h.slugs[i]+".json", data)
	}
	if err := e.stage.Write(e.text+h.dir+h.slugs[i]+".md", e.markdown(h, i, t, h.versionDir(i))); err != nil {
		return err
	}
	if i != h.current {
		return nil
	}
	return e.stage.Write(e.text+h.dir+e.current, e.markdown(h, i, t, h.dir))
}

// markdown writes a text with the front matter of the generator. Strings stand
// as in JSON, which is YAML too.
func (e *exporter) markdown(h *policyBuild, i int, t *text, dir string) []byte {
	r, v := h.Records[i], h.versions[i]
	var b bytes.Buffer
	b.WriteString("---\n")
	line := func(key string, value any) {
		data, _ := json.Marshal(value) // strings and numbers always can
		fmt.Fprintf(&b, "%s: %s\n", key, data)
	}
	line("title", r.Title)
	switch e.format {
	case "hugo":
		line("url", e.home+dir)
		line("date", stamp(v.Published))
	case "jekyll":
		line("permalink", e.home+dir)
		line("date", stamp(v.Published))
	case "docusaurus":
		line("slug", strings.TrimPrefix(e.home, "/docs")+dir)
		line("sidebar_label", v.Label)
	}
	line("policy", h.policy.ID)
	line("lang", h.lang)
	line("version", v.Label)
	line("status", r.Status)
	line("effective_date", v.Effective.String())
	line("sha256", v.SHA256)
	line("commit", v.Commit)
	if !r.First {
		line("severity", r.Severity)
		line("previous", r.Previous)
		line("redline", e.redlineName(h, i))
	}
	if s := v.Front.Summary; s != "" {
		line(map[bool]string{true: "description", false: "summary"}[e.format == "docusaurus"], s)
	}
	b.WriteString(e.front + "---\n\n")
	_, body, _ := policy.SplitFrontMatter(t.raw)
	b.Write(e.body(h, v.Path, bytes.TrimLeft(body, "\r\n")))
	return b.Bytes()
}

// body leads the links of a text to the places where the other texts will
// stand, and keeps the generator from reading its words as commands.
func (e *exporter) body(h *policyBuild, file string, body []byte) []byte {
	words := string(policy.Harmless(body))
	for _, l := range h.reader.sortedLinks() {
		if l.File == file && l.To != "" {
			to := e.home + strings.TrimPrefix(l.To, siteRoot)
			words = strings.NewReplacer("]("+l.Link+")", "]("+to+")", "]("+l.Link+" ", "]("+to+" ", "]: "+l.Link+"\n", "]: "+to+"\n").Replace(words)
		}
	}
	if e.format == "hugo" {
		words = strings.NewReplacer("{{<", "{{&lt;", "{{%", "{{&#37;").Replace(words)
	}
	return []byte(words)
}
