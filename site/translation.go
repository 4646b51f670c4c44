package site

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// behind says how a translation stands to its original.
type behind struct {
	Title    string // of the original
	Language string
	Lang     string
	Dir      string
	Clauses  []lateClause // those that changed after the translation did
	Versions []*record    // of the original since then, the newest first
}

// lateClause is a clause of the original that changed later than the
// translation.
type lateClause struct {
	clauseName
	Record *record // that changed it last
}

// behind returns how a translation stands to its original; nil for a policy
// that is none. The text in force is compared with that of the original by the
// days of publication: a translation that was published on the day of a change,
// or later, is taken to have it.
func (h *history) behind() *behind {
	o := h.Original
	if o == nil {
		return nil
	}
	b := &behind{Title: o.Current().Title, Language: languageName(o.lang), Lang: o.lang, Dir: o.dir}
	last := policy.DateOf(h.Current().Version.Published)
	for _, r := range o.Records[o.current:] {
		if later(r, last) && !r.First {
			b.Versions = append(b.Versions, r)
		}
	}
	for _, c := range o.clauseHistories() {
		if r := c.Latest(); r != nil && later(r, last) {
			b.Clauses = append(b.Clauses, lateClause{c.clauseName, r})
		}
	}
	return b
}

func later(r *record, day policy.Date) bool { return policy.DateOf(r.Version.Published).After(day) }

// addTo adds to a key what the page shows.
func (b *behind) addTo(k *keyer) *keyer {
	if b == nil {
		return k
	}
	k.text(b.Title, b.Lang, b.Dir)
	for _, c := range b.Clauses {
		k.text(c.ID, c.Name, c.Record.Dir)
	}
	for _, r := range b.Versions {
		k.text(r.Dir, r.Severity.String())
	}
	return k
}

// languageName names a language in English; a language that is not known here
// goes by its tag.
func languageName(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	const names = "ar Arabic,bg Bulgarian,bn Bengali,ca Catalan,cs Czech,da Danish,de German,el Greek,en English,es Spanish,et Estonian," +
		"fa Persian,fi Finnish,fr French,he Hebrew,hi Hindi,hr Croatian,hu Hungarian,id Indonesian,it Italian,ja Japanese,ko Korean," +
		"lt Lithuanian,lv Latvian,ms Malay,nb Norwegian,nl Dutch,no Norwegian,pl Polish,pt Portuguese,ro Romanian,ru Russian,sk Slovak," +
		"sl Slovenian,sr Serbian,sv Swedish,th Thai,tr Turkish,uk Ukrainian,ur Urdu,vi Vietnamese,zh Chinese"
	for entry := range strings.SplitSeq(names, ",") {
		if name, found := strings.CutPrefix(entry, base+" "); found {
			return name
		}
	}
	return tag
}
