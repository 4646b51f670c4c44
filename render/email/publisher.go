package email

import (
	"cmp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// Publisher is who gives notice: what all of their messages have in common.
type Publisher struct {
	Name        string              // as readers know it
	ReplyTo     string              // address that answers go to
	Site        string              // absolute address of the root of the site
	Unsubscribe string              // https address to stop, to which "t=TOKEN" is added; of followers only
	Decline     string              // address to decline a change; of notices that offer it
	Actions     map[string][]string // what else the reader can do, a sentence each, by language
	Source      string              // file that says all this, for errors

	// Templates returns the templates of a language, nil for the built-in ones.
	// There are none but those when it is nil.
	Templates func(lang string) (*Templates, error)
}

// Wording is a notice in one language.
type Wording struct {
	Lang   string         // of the message: a BCP 47 tag
	Policy *policy.Policy // whose pages the message leads to, with the version in it
	Notice *notice.Notice // with the redline and the summary of the text that it quotes
	Untold string         // file of a translation that lacks the summary of its original; empty when nothing is amiss
}

// Wordings returns a notice about a version of p in each language that there is
// a text in: the original first, then its translations among all policies that
// carry the same version, then the further languages, whose messages quote the
// original. Compare returns what a version of a translation changed.
func Wordings(n *notice.Notice, p *policy.Policy, all []*policy.Policy, further []string, compare func(*policy.Policy, *policy.Version) (*redline.Redline, error)) ([]Wording, error) {
	list := []Wording{Original(n, p)}
	for _, q := range all {
		v := q.Lookup(n.Label)
		if q.TranslationOf != p.ID || v == nil || q.Lang == "" || q.Previous(v) == nil {
			continue
		}
		r, err := compare(q, v)
		if err != nil {
			return nil, err
		}
		t := *n
		t.Title, t.Lang, t.Redline = q.Title, q.Lang, r
		t.Previous, t.Summary = q.Previous(v).Label, v.Front.Summary
		if means := v.Front.Decline.Means; means != "" {
			t.Means = means
		}
		w := Wording{Lang: q.Lang, Policy: q, Notice: &t}
		if t.Summary == "" && n.Summary != "" {
			w.Untold = v.Path
		}
		list = append(list, w)
	}
	for _, lang := range further {
		if !slices.ContainsFunc(list, func(w Wording) bool { return strings.EqualFold(w.Lang, lang) }) {
			list = append(list, Wording{Lang: lang, Policy: p, Notice: list[0].Notice})
		}
	}
	return list, nil
}

// Original returns a notice in the language of the text that it is about.
func Original(n *notice.Notice, p *policy.Policy) Wording {
	original := *n
	original.Lang = cmp.Or(n.Lang, "en")
	return Wording{Lang: original.Lang, Policy: p, Notice: &original}
}

// Compose writes the message of a notice, as on the given day. It fails when
// something is missing that the reader needs, or when the message would be no
// notice any more.
func (p *Publisher) Compose(w Wording, on policy.Date) (*Body, error) {
	if err := w.told(); err != nil {
		return nil, err
	}
	n := w.Notice
	actions := p.Actions[w.Lang]
	if faults := notice.Neutral(n, p.Source, actions); len(faults) > 0 {
		return nil, faults[0]
	}
	var templates *Templates
	if p.Templates != nil {
		var err error
		if templates, err = p.Templates(w.Lang); err != nil {
			return nil, err
		}
	}
	at := policy.AddressOf(w.Policy)
	since := ""
	if n.Previous != "" {
		since = p.link(at.Since(n.Previous))
	}
	return Compose(n, Options{
		Policy:  p.link(at.Version(n.Label)), // the page of the policy shows the present text
		Compare: p.link(at.Redline(n.Previous, n.Label)),
		Since:   since,
		Sender:  p.Name, ReplyTo: p.ReplyTo, Unsubscribe: p.Unsubscribe, Decline: p.Decline,
		Actions: actions, Lang: w.Lang, On: on, Templates: templates,
	})
}

// told refuses a wording without the words that its readers need.
func (w *Wording) told() error {
	if w.Untold == "" {
		return nil
	}
	return &policy.Diagnostic{
		File: w.Untold, Line: 1, Level: policy.Error, Rule: "major-without-summary", Message: "the translation has no summary to tell people",
		Hint: "write `summary:` in its front matter, in its language",
	}
}

// link returns the address of a page; nothing when the site has no place yet.
func (p *Publisher) link(path string) string {
	if p.Site == "" {
		return ""
	}
	return policy.LinkTo(p.Site, path)
}
