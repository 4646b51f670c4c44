package site

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/codicil/codicil/policy"
)

// change is one line of the change log of the whole site.
type change struct {
	*record
	History *policyBuild
	Also    []change // the same change in other languages
	version key
	told    string // what a feed says of it, once tell was asked
}

// Record returns the version that brought the change.
func (c change) Record() *record { return c.record }

// writeHistory writes the history of one policy.
func (b *builder) writeHistory(h *policyBuild) error {
	current, w := h.Records[h.current], b.words(h.lang)
	return b.writePage("versions", &page{
		Dir:         h.address.History(),
		Title:       w.say("versions.of", current.Title),
		Description: w.say("versions.describe", len(h.Records), current.Title),
		words:       w,
		Crumbs:      []crumb{{current.Title, h.dir}},
		Languages:   h.tongues(func(o *plan) string { return o.address.History() }),
		Alternates:  append(h.alternates(w)[:2], alternate{Type: "application/json", Title: "JSON", Path: h.apiPath()}),
		Notices:     b.banners(w, h.Records),
		C:           h,
	})
}

// Current returns the record of the version shown at /{id}/.
func (h *policyBuild) Current() *record { return h.Records[h.current] }

// Languages returns the other languages of the policy.
func (h *policyBuild) Languages() []sibling {
	return slices.DeleteFunc(slices.Clone(h.siblings), func(s sibling) bool { return s.pl == h.plan || s.Gone })
}

// Upcoming returns the announced versions, the next to take effect first.
func (h *policyBuild) Upcoming() []*record {
	var list []*record
	for _, r := range h.Records {
		if r.Status == policy.Upcoming {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(x, y *record) int { return x.Version.From().Compare(y.Version.From()) })
	return list
}

// writeOverviews writes everything that is about more than one policy.
func (b *builder) writeOverviews(histories []*policyBuild) error {
	b.summary.Policies = len(histories)
	log := together(changeLog(histories))
	steps := []func() error{
		func() error { return b.writeIndex(histories) },
		func() error { return b.writeChanges(log) },
		func() error { return b.writeNotFound() },
		func() error { return b.writeSiteFeed(log) },
		func() error { return b.writeAPI(histories) },
		func() error { return b.writeSchemas() },
		func() error { return b.writeNotices(histories) },
		func() error { return b.writeSitemap(histories) },
		func() error { return b.writeSums(histories) },
		func() error { return b.writeLog(histories) },
		func() error { return b.writeLegalContext(histories) },
		func() error { return b.writeRequired(histories) },
		func() error { return b.writeInApp(histories) },
		func() error { return b.writeOnDay(histories) },
		func() error { return b.writeSearch(histories) },
		func() error { return b.writeLLMs(histories) },
		func() error { return b.writeHeaders(histories) },
		func() error { return b.writeRedirects(histories) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// changeLog lists the versions of all policies, the last published first.
func changeLog(histories []*policyBuild) []change {
	type place struct {
		h, i int
		r    *record
	}
	var order []place
	for h, history := range histories {
		for i, r := range history.Records {
			order = append(order, place{h, i, r})
		}
	}
	slices.SortFunc(order, func(x, y place) int { // the histories are in order of id
		return cmp.Or(y.r.Version.Published.Compare(x.r.Version.Published), cmp.Compare(x.h, y.h), cmp.Compare(x.i, y.i))
	})
	log := make([]change, len(order))
	for at, p := range order {
		log[at] = change{record: p.r, History: histories[p.h], version: histories[p.h].keys[p.i]}
	}
	return log
}

// together makes one of the entries that tell one change in many languages: those
// of one family with the same label that were published on the same day. The
// original stands for all, else the first.
func together(log []change) []change {
	type told struct {
		family, label string
		day           policy.Date
	}
	at := make(map[told]int)
	list := make([]change, 0, len(log))
	for _, c := range log {
		if len(c.History.siblings) == 0 {
			list = append(list, c)
			continue
		}
		k := told{c.History.family(), c.Version.Label, policy.DateOf(c.Version.Published)}
		i, known := at[k]
		switch {
		case !known:
			at[k] = len(list)
			list = append(list, c)
		case c.History.policy.TranslationOf == "":
			others := list[i].Also
			list[i].Also = nil
			c.Also = append([]change{list[i]}, others...)
			list[i] = c
		default:
			list[i].Also = append(list[i].Also, c)
		}
	}
	return list
}

// yearOf is one year of a history.
type yearOf struct {
	Year    int
	Records []*record
}

// Years parts the history by the years of publication, the latest first.
func (h *policyBuild) Years() []yearOf {
	var list []yearOf
	for _, r := range h.Records {
		year := r.Version.Published.UTC().Year()
		if n := len(list); n == 0 || list[n-1].Year != year {
			list = append(list, yearOf{Year: year})
		}
		last := &list[len(list)-1]
		last.Records = append(last.Records, r)
	}
	return list
}

// indexPage shows every policy: those that live, and those withdrawn.
type indexPage struct {
	Live, Withdrawn []*policyBuild
}

func (b *builder) writeIndex(histories []*policyBuild) error {
	ids := make(map[string]bool, len(histories))
	for _, h := range histories {
		ids[h.policy.ID] = true
	}
	var c indexPage
	var records []*record
	for _, h := range histories {
		if h.policy.TranslationOf != "" && ids[h.policy.TranslationOf] {
			continue // its original leads to it
		}
		if h.Current().Status == policy.Withdrawn {
			c.Withdrawn = append(c.Withdrawn, h)
		} else {
			c.Live = append(c.Live, h)
		}
		records = append(records, h.Records...)
	}
	w := b.words(b.Lang)
	return b.writePage("index", &page{
		Title:       b.Title,
		Description: w.say("index.describe", len(c.Live)),
		Alternates:  []alternate{{Type: "application/atom+xml", Title: w.say("feed.all"), Path: "feed.atom"}},
		Notices:     b.banners(w, records),
		C:           c,
	})
}

// recentChanges is how many changes the first page of the change log shows; the
// pages of the years show all.
const recentChanges = 100

// changesPage is one page of the change log.
type changesPage struct {
	Year    string // empty for the first page
	Years   []string
	Changes []change
}

// writeChanges writes the change log: the latest changes, and a page a year.
func (b *builder) writeChanges(log []change) error {
	byYear := make(map[string][]change)
	var years []string
	for _, c := range log {
		year := strconv.Itoa(c.Version.Published.UTC().Year())
		if byYear[year] == nil {
			years = append(years, year)
		}
		byYear[year] = append(byYear[year], c)
	}
	pages := []changesPage{{Years: years, Changes: log[:min(recentChanges, len(log))]}}
	for _, year := range years {
		pages = append(pages, changesPage{Year: year, Years: years, Changes: byYear[year]})
	}
	w := b.words(b.Lang)
	for _, c := range pages {
		p := &page{Dir: "changes/", Title: w.say("changes"), Description: w.say("changes.describe"), C: c,
			Alternates: []alternate{{Type: "application/atom+xml", Title: w.say("feed.all"), Path: "feed.atom"}}}
		if c.Year != "" {
			if now := b.yearKey(c); b.standsYear(c.Year, now) {
				b.keep("changes/" + c.Year + "/")
				continue
			}
			p.Dir, p.Title = "changes/"+c.Year+"/", w.say("changes.in", c.Year)
			p.Description = w.say("changes.describe.in", c.Year)
			p.Crumbs = []crumb{{w.say("changes"), "changes/"}}
		}
		if err := b.writePage("changes", p); err != nil {
			return err
		}
	}
	return nil
}

// yearKey stands for the page of a year in the change log.
func (b *builder) yearKey(c changesPage) key {
	var k keyer
	k.key(b.key).text(c.Year).text(c.Years...)
	for _, c := range c.Changes {
		r := c.record
		if !c.version.known() {
			return key{}
		}
		k.key(c.version, c.History.key).number(len(c.Also))
		for _, other := range c.Also {
			k.key(other.version, other.History.key).text(other.Dir, other.Compare)
		}
		for _, reason := range r.Reasons[:min(1, len(r.Reasons))] {
			k.text(reason.Clause, reason.Why)
		}
		k.text(r.Title, r.Dir, r.Previous, r.Compare).flag(r.Declared, r.First, r.Status == policy.Cancelled)
		k.number(int(r.Severity), int(r.Proposed))
		k.number(r.Stat.Changes, r.Stat.Clauses, r.Stat.Insertions, r.Stat.Deletions, r.Stat.Moves)
	}
	return k.sum()
}

// standsYear notes the key of the page of a year, and reports whether the last
// build has made the page from the same.
func (b *builder) standsYear(year string, now key) bool {
	b.years = append(b.years, yearState{year, now})
	return b.old != nil && now.known() && b.old.year(year) == now
}

// writeNotFound writes the page for addresses that do not exist. It is shown at
// any of them, so its links begin at the root of the host.
func (b *builder) writeNotFound() error {
	w := b.words(b.Lang)
	return b.writePage("404", &page{Rooted: true, Title: w.say("lost.title"), Description: w.say("lost.describe"), NoIndex: true})
}
