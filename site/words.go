package site

import (
	"cmp"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// words is what the pages say around the texts, in one language.
type words struct {
	lang    string // BCP 47 tag
	months  []string
	printer *message.Printer
	names   display.Namer     // of languages
	plain   map[string]string // the messages that take no value
	days    sync.Map          // what policy.Date are called: histories name the same again and again
}

// wordsOf returns the words of a language by its BCP 47 tag, or false where
// there are none.
func (b *builder) wordsOf(tag string) (*words, bool) {
	near, ok := policy.NearestLanguage(slices.Sorted(maps.Keys(b.languages)), tag)
	return b.languages[near], ok
}

// words returns the words for a page in a language: its own, else those of the
// site.
func (b *builder) words(tag string) *words {
	for _, lang := range []string{tag, b.Lang} {
		if w, ok := b.wordsOf(lang); ok {
			return w
		}
	}
	return b.languages[defaultLang]
}

// say returns a message with the values of a page. A message that counts takes
// the number first.
func (w *words) say(key string, values ...any) string {
	if text, ok := w.plain[key]; ok {
		return text
	}
	return w.printer.Sprintf(key, values...)
}

// date writes a date for people: 1 February 2027.
func (w *words) date(d policy.Date) string {
	if d.IsZero() {
		return w.say("date.none")
	}
	if said, ok := w.days.Load(d); ok {
		return said.(string)
	}
	t := d.Time()
	said := w.say("date", t.Format("2"), w.months[d.Month-1], t.Format("2006"))
	w.days.Store(d, said)
	return said
}

// time writes a date for people and for programs.
func (w *words) time(d policy.Date) template.HTML {
	if d.IsZero() {
		return template.HTML(template.HTMLEscapeString(w.date(d)))
	}
	return template.HTML(`<time datetime="` + d.String() + `">` + template.HTMLEscapeString(w.date(d)) + `</time>`)
}

// day writes the day of a moment, by UTC.
func (w *words) day(t time.Time) template.HTML { return w.time(policy.DateOf(t)) }

// stat says how much a redline changes.
func (w *words) stat(s redline.Stat) string { return render.StatText(s, w.lang) }

// language names a language.
func (w *words) language(tag string) string {
	if name := w.names.Name(language.Make(tag)); name != "" {
		return name
	}
	return tag
}

// ownName names a language in that language; one that is not known goes by its
// tag.
func ownName(tag string) string {
	if name := display.Self.Name(language.Make(tag)); name != "" {
		return name
	}
	return tag
}

// called names a version behind the word for one: "2.0", as in version 2.0; one
// without a label of its own by its day, as in version of 10 April 2026.
func (w *words) called(label string) string { return w.byDay("label.day", label) }

// spoken names a version within a sentence.
func (w *words) spoken(label string) string { return w.byDay("version.of day", label) }

// named names a version where it is plain that one is meant: "2.0", 10 April 2026.
func (w *words) named(label string) string { return w.byDay("", label) }

// byDay says a label that is but a day as one, in a message if there is one; the
// second text of a day is counted.
func (w *words) byDay(message, label string) string {
	day, nth, ok := policy.LabelDay(label)
	if !ok {
		return label
	}
	said := w.date(day)
	if nth > 1 {
		said += " (" + strconv.Itoa(nth) + ")"
	}
	if message != "" {
		said = w.say(message, said)
	}
	return said
}

// clauseNames names clauses for a reader.
func (w *words) clauseNames(names []string) []string {
	list := slices.Clone(names)
	for i, name := range list {
		list[i] = cmp.Or(name, w.say("clause.preamble"))
	}
	return list
}

// isDay reports whether a label is but the day of its version.
func isDay(label string) bool {
	_, _, ok := policy.LabelDay(label)
	return ok
}

// noticeTitle names a change, in few enough characters for a small screen.
func (w *words) noticeTitle(of string) string {
	return clip(w.say("notice.change", of), maxNoticeTitle)
}

// when says from or since when a version binds.
func (w *words) when(n *notice.Notice, on policy.Date) string {
	key, cohorts := "notice.before", ""
	if n.InForce(on) {
		key = "notice.since"
	}
	if !n.New.IsZero() {
		cohorts = w.say("notice.cohorts", w.date(n.New))
	}
	return w.say(key, w.date(n.Effective)) + cohorts
}
