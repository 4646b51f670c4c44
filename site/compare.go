package site

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// redlinePage is the page of one redline.
type redlinePage struct {
	*plan
	From, To *policy.Version
	FromDir  string
	ToDir    string
	Since    bool      // it compares with the current version, whichever that is
	Ahead    bool      // with one that comes after the current one
	Steps    []*record // between the two, the newest first
	Record   *record
	Dir      string
	Summary  string
	Contents []jump
	Body     template.HTML // empty where the steps tell it all
	words    *words
}

// title says what is compared with what.
func (p *redlinePage) title() string {
	if p.Since && !p.Ahead {
		return p.words.say("compare.since", p.Record.Title, p.words.named(p.From.Label))
	}
	return p.words.say("compare.title", p.Record.Title, p.words.named(p.From.Label), p.words.named(p.To.Label))
}

// Current returns the label of the current version, where one side is that.
func (p *redlinePage) Current() string {
	if p.Ahead {
		return p.From.Label
	}
	return p.To.Label
}

// Ins and Del are words that show how insertions and deletions look.
func (p *redlinePage) Ins() template.HTML { return p.sample("ins") }

// Del shows how a deletion looks.
func (p *redlinePage) Del() template.HTML { return p.sample("del") }

func (p *redlinePage) sample(kind string) template.HTML {
	return template.HTML(`<span class="` + kind + `">` + template.HTMLEscapeString(p.words.say("compare."+kind)) + `</span>`)
}

// jump is a line of the table of contents of a redline: a clause, and the first
// change in it. What is before the first clause has no name of its own.
type jump struct {
	Name   string
	Change int
}

// jumps lists the changed clauses when there are enough to need a list, and few
// enough to be read.
func jumps(changes []redline.Change) []jump {
	const few, many = 3, 80
	var list []jump
	for _, c := range changes {
		name := clip(headed(c.Clause), maxWords/2)
		if n := len(list); n == 0 || list[n-1].Name != name {
			list = append(list, jump{name, c.Number})
		}
	}
	if len(list) < few || len(list) > many {
		return nil
	}
	return list
}

// pair is two texts beside each other, and what was made of it.
type pair struct {
	*comparison.Comparison
	before, after *text
	judged        *judgement
	body          []byte // as HTML, its links not settled yet
	jumps         []jump
}

// heldPairs is how many redlines a reader keeps: a text that goes back and
// forth between two wordings makes the same two over and over.
const heldPairs = 3

// pair compares the texts of two versions, unless that was done a moment ago.
func (r *reader) pair(older, newer int) (*pair, error) {
	after, err := r.text(newer)
	if err != nil {
		return nil, err
	}
	before, err := r.text(older)
	if err != nil {
		return nil, err
	}
	for _, p := range r.pairs {
		if p.before == before && p.after == after {
			return p, nil
		}
	}
	if len(r.pairs) == heldPairs {
		r.pairs = r.pairs[1:]
	}
	side := func(i int, t *text) comparison.Side {
		return comparison.Side{Name: r.pl.policy.Ref(r.pl.versions[i]), Doc: t.written}
	}
	p := &pair{before: before, after: after, Comparison: r.series.Compare(side(older, before), side(newer, after))}
	r.pairs = append(r.pairs, p)
	return p, nil
}

// judge notes what changed and how much it matters.
func (p *pair) judge() judgement {
	if p.judged == nil {
		p.judged = new(judgement)
		p.judged.judge(p.Redline, p.Assessment())
	}
	return *p.judged
}

// note notes that a comparison failed, if it did. The next build then makes all
// pages of the policy anew.
func (b *builder) note(h *policyBuild, p *pair) {
	if p.Failure == nil {
		return
	}
	h.failed = true
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.ContainsFunc(b.summary.Failures, func(d *policy.Diagnostic) bool { return *d == *p.Failure }) {
		b.summary.Failures = append(b.summary.Failures, p.Failure)
	}
}

// writeStep writes the redline of the version with index i against the one
// before it.
func (b *builder) writeStep(h *policyBuild, i int) error {
	pair, err := h.reader.pair(h.before(i), i)
	if err != nil {
		return err
	}
	r := h.Records[i]
	// An assessment takes the editor's word from the front matter of the text.
	r.judgement = pair.judge()
	b.note(h, pair)
	return b.writeRedline(h, &redlinePage{
		From: h.versions[h.before(i)], To: r.Version, FromDir: h.versionDir(h.before(i)), ToDir: r.Dir,
		Record: r, Dir: r.Compare, Summary: r.Version.Front.Summary,
	}, pair)
}

// mostShown is how many changes of a redline its pages show: a text of which more
// is new was made by a machine, and no browser shows sixty megabytes well.
const mostShown = 10_000

// writeRedline writes a redline, in its four forms if it is permanent.
func (b *builder) writeRedline(h *policyBuild, p *redlinePage, pair *pair) error {
	p.plan = h.plan
	p.words = b.words(h.lang)
	b.draw(h, pair)
	p.Contents = pair.jumps
	buf := b.buffer()
	defer b.release(buf)
	settleFragments(buf, pair.body, siteRoot+policy.EscapePath(p.FromDir))
	whole := siteRoot + policy.EscapePath(p.ToDir)
	p.Body = template.HTML(strings.ReplaceAll(buf.String(), wholeText, whole))
	pg := &page{
		Dir:         p.Dir,
		Title:       p.title(),
		Description: p.words.say("compare.describe", p.Record.Title, p.words.called(p.From.Label), p.words.called(p.To.Label), p.words.stat(p.Record.Stat)),
		NoIndex:     true,
		Crumbs:      []crumb{{p.Record.Title, h.dir}, {p.words.say("versions.all"), h.address.History()}},
		words:       p.words,
		Languages:   h.tongues((*plan).Path),
		C:           p,
	}
	if !p.Since {
		pg.Alternates = otherForms(p.words, p.Dir)
		if err := b.writeRedlineForms(p.Dir, pair.Redline.First(mostShown)); err != nil {
			return err
		}
		if b.Printer != nil {
			pg.PDF = p.Dir + paperName
			if err := b.writePaper(p.Dir, b.redlinePaper(h, p, pair)); err != nil {
				return err
			}
		}
	}
	return b.writePage("compare", pg)
}

// wholeText is in a redline for the page of the newer text, as one redline
// may be shown for several.
const wholeText = "https://whole.codicil.invalid/"

// Moved shows how words that moved look; nothing where none did.
func (p *redlinePage) Moved() template.HTML {
	if p.Record.Stat.Moves == 0 {
		return ""
	}
	return template.HTML(`<span class="ins moved">` + template.HTMLEscapeString(p.words.say("compare.moved")) + `</span>`)
}

// draw renders a redline, once.
func (b *builder) draw(h *policyBuild, p *pair) {
	if p.body != nil {
		return
	}
	buf := b.buffer()
	defer b.release(buf)
	// Most of a redline is text that did not change: who wants to read that has
	// the page of either version.
	shown := p.Redline.First(mostShown)
	render.RedlineHTML(buf, shown, render.RedlineOptions{Lang: h.lang, Shift: 1, Brief: true, Whole: wholeText, Old: p.before.links.span, New: p.after.links.span})
	p.body = bytes.Clone(buf.Bytes())
	p.jumps = jumps(shown.Changes())
}

// writeRedlineForms writes a redline for programs and plain readers: as the
// command does, with links as they were written.
func (b *builder) writeRedlineForms(dir string, x *redline.Redline) error {
	forms := []struct {
		file  string
		write func(*bytes.Buffer)
	}{
		{"index.md", func(buf *bytes.Buffer) { render.RedlineMarkdown(buf, x, 0) }},
		{"index.txt", func(buf *bytes.Buffer) { render.RedlineText(buf, x, render.TextOptions{}) }},
		{"index.json", func(buf *bytes.Buffer) { render.RedlineJSON(buf, x) }},
	}
	for _, form := range forms {
		buf := b.buffer()
		form.write(buf)
		err := b.stage.Write(dir+form.file, buf.Bytes())
		b.release(buf)
		if err != nil {
			return err
		}
	}
	return nil
}
