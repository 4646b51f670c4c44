package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
)

// feedEntries is how many versions a feed holds, the last published first. The
// whole history is at /{id}/versions/ and in the JSON interface.
const feedEntries = 50

// atomFeed is a feed by RFC 4287.
type atomFeed struct {
	XMLName   xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string       `xml:"xml:lang,attr,omitempty"`
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Author    atomAuthor   `xml:"author"`
	Generator string       `xml:"generator"`
	Links     []atomLink   `xml:"link"`
	Entries   []*atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    atomText       `xml:"content"`
}

// jsonFeed is a feed by JSON Feed 1.1.
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url,omitempty"`
	FeedURL     string     `json:"feed_url,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID            string   `json:"id"`
	URL           string   `json:"url,omitempty"`
	Title         string   `json:"title"`
	Summary       string   `json:"summary,omitempty"`
	ContentHTML   string   `json:"content_html"`
	DatePublished string   `json:"date_published"`
	Tags          []string `json:"tags,omitempty"`
}

// writeSiteFeed writes the feed of all policies.
func (b *builder) writeSiteFeed(log []change) error {
	changes, err := b.tell("", log)
	if err != nil {
		return err
	}
	return b.writeAtom("", b.Title, "", changes)
}

// writePolicyFeeds writes the feeds of one policy, which say the same.
func (b *builder) writePolicyFeeds(h *policyBuild) error {
	changes, err := b.tell(h.dir, changeLog([]*policyBuild{h}))
	if err != nil {
		return err
	}
	if err := b.writeAtom(h.dir, h.Current().Title, h.lang, changes); err != nil {
		return err
	}
	return b.writeJSONFeed(h, changes)
}

// writeAtom writes the Atom feed of the pages in dir.
func (b *builder) writeAtom(dir, title, lang string, changes []change) error {
	f := atomFeed{
		Lang: lang, ID: b.tag(time.Time{}, dir+"feed"), Title: title, Updated: stamp(time.Time{}),
		Author: atomAuthor{b.Title}, Generator: b.Generator,
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: b.feedLink(dir, dir+"feed.atom")},
			{Rel: "alternate", Type: "text/html", Href: b.feedLink(dir, dir)},
		},
	}
	for i, c := range changes {
		if i == 0 {
			f.Updated = stamp(c.Version.Published)
		}
		f.Entries = append(f.Entries, b.atomEntry(dir, c))
	}
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	encoder := xml.NewEncoder(&buf)
	encoder.Indent("", " ")
	if err := encoder.Encode(f); err != nil {
		return fmt.Errorf("writing %sfeed.atom: %w", dir, err)
	}
	buf.WriteByte('\n')
	return b.stage.Write(dir+"feed.atom", buf.Bytes())
}

func (b *builder) atomEntry(dir string, c change) *atomEntry {
	published := stamp(c.Version.Published)
	e := &atomEntry{
		ID: b.entryID(c), Title: b.entryTitle(c), Published: published, Updated: published,
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: b.feedLink(dir, c.Dir)}},
		Summary: c.Version.Front.Summary, Content: atomText{"html", c.told},
	}
	for _, tag := range tags(c) {
		e.Categories = append(e.Categories, atomCategory{tag})
	}
	return e
}

func (b *builder) writeJSONFeed(h *policyBuild, changes []change) error {
	f := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: h.Current().Title, Language: h.lang, Items: []jsonItem{}}
	f.HomePageURL, _ = b.absolute(h.dir)
	f.FeedURL, _ = b.absolute(h.address.Feed("json"))
	for _, c := range changes {
		url, _ := b.absolute(c.Dir)
		f.Items = append(f.Items, jsonItem{
			ID: b.entryID(c), URL: url, Title: b.entryTitle(c), Summary: c.Version.Front.Summary,
			ContentHTML: c.told, DatePublished: stamp(c.Version.Published), Tags: tags(c),
		})
	}
	return b.writeJSON(h.address.Feed("json"), f)
}

// feedEntry is a version as a feed tells of it.
type feedEntry struct {
	entry
	Text, Redline target
}

// tell returns the newest changes with what the feeds in dir say of them.
func (b *builder) tell(dir string, log []change) ([]change, error) {
	changes := slices.Clone(log[:min(feedEntries, len(log))])
	for i := range changes {
		var err error
		if changes[i].told, err = b.feedContent(dir, changes[i]); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// feedContent tells in HTML what changed: severity, dates, summary and the
// changed clauses.
func (b *builder) feedContent(dir string, c change) (string, error) {
	buf := b.buffer()
	defer b.release(buf)
	w := b.words(c.History.lang)
	told := feedEntry{entry: entry{&page{Lang: w.lang, words: w}, c.record, c.History}, Text: target(b.feedLink(dir, c.Dir))}
	if c.Compare != "" {
		told.Redline = target(b.feedLink(dir, c.Compare))
	}
	err := b.execute(buf, "entry.tmpl", w, told)
	return buf.String(), err
}

// feedLink returns the address of a path for the feed in dir: the full one when
// the site knows where it is, else one relative to the feed.
func (b *builder) feedLink(dir, path string) string {
	if full, ok := b.absolute(path); ok {
		return full
	}
	return relative(dir, path)
}

// entryID names a version for good, wherever its page moves: a tag: address by
// RFC 4151, minted on the day the version was published.
func (b *builder) entryID(c change) string {
	return b.tag(c.Version.Published, integrity.OneWord(c.History.policy.Ref(c.Version)))
}

// tag makes a tag: address. A feed as such has no day of its own, so it takes
// the first on which the scheme existed.
func (b *builder) tag(day time.Time, name string) string {
	on := "2005-10-01"
	if !day.IsZero() {
		on = policy.DateOf(day.UTC()).String()
	}
	return "tag:" + b.host() + "," + on + ":" + policy.EscapePath(name)
}

func (b *builder) entryTitle(c change) string {
	w := b.words(c.History.lang)
	what := w.say("versions.first")
	if !c.First {
		what = w.say("change." + c.Severity.String())
	}
	return w.say("feed.entry", c.Title, w.called(c.Version.Label), what)
}

// tags are the severity and the categories of a change.
func tags(c change) []string {
	if c.First {
		return []string{"first version"}
	}
	list := []string{c.Severity.String()}
	for _, category := range c.Categories {
		list = append(list, string(category))
	}
	return list
}
