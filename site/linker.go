package site

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
)

// siteRoot is in a text for the root of the site until the place of the
// page is known: links between texts must read alike in all versions, or else
// the same link would seem to change from one folder to the next.
const siteRoot = "https://site.codicil.invalid/"

// linker leads the links between the files of a repository to the pages that
// the files have become.
type linker struct {
	byPath map[string]*plan   // path in the repository, without extension, or the folder of an index; also those of older texts
	byName map[string][]*plan // its last segment, of the newest
	root   string             // that links from the root of a host lead to
}

func newLinker(plans []*plan, root string) *linker {
	l := &linker{root: root, byPath: make(map[string]*plan), byName: make(map[string][]*plan)}
	for _, pl := range plans {
		for _, file := range addresses(pl.policy.Path) {
			l.byPath[file] = pl
			l.byName[path.Base(file)] = append(l.byName[path.Base(file)], pl)
		}
	}
	for _, pl := range plans {
		for _, v := range pl.versions {
			for _, file := range addresses(v.Path) {
				if l.byPath[file] == nil {
					l.byPath[file] = pl
				}
			}
		}
	}
	return l
}

// addresses lists by which paths links call a file: without its extension, and an
// index by its folder.
func addresses(file string) []string {
	list := []string{stem(file)}
	if folder, name := path.Split(list[0]); folder != "" && (name == "index" || name == "readme") {
		list = append(list, strings.Trim(folder, "/"))
	}
	if list[0] == "" {
		return nil
	}
	return list
}

// stem returns a path without the extension of a text.
func stem(file string) string {
	for _, extension := range []string{".md", ".markdown", ".html"} {
		if s, ok := strings.CutSuffix(strings.ToLower(file), extension); ok {
			return strings.Trim(s, "/")
		}
	}
	return strings.Trim(strings.ToLower(file), "/")
}

// resolver says where the links of one text lead when it is shown.
type resolver struct {
	linker  *linker
	file    string
	anchors map[string]bool
}

// of returns the resolver of a text.
func (l *linker) of(file string, d *policy.Document) *resolver {
	return &resolver{l, file, anchorsOf(d)}
}

// span returns words as they are shown: a relative link leads to the page of
// the policy it means, to an anchor that exists, or nowhere. Pictures of the
// repository are not published; their descriptions are.
func (r *resolver) span(s policy.Span) policy.Span {
	if isRelative(s.Image) {
		s.Image = ""
	}
	if isRelative(s.Link) {
		s.Link = r.linker.target(r.file, s.Link, r.anchors)
	}
	return s
}

// shown returns a text as it is shown, and the links that lead nowhere then;
// their words stay. Links to other texts are noted in met.
func (r *resolver) shown(written *policy.Document, met map[link]bool) (doc *policy.Document, dead []string) {
	d := *written
	d.Blocks = slices.Clone(d.Blocks)
	for i := range d.Blocks {
		spans := d.Blocks[i].Spans
		for j, was := range spans {
			now := r.span(was)
			if now == was {
				continue
			}
			if &spans[0] == &written.Blocks[i].Spans[0] {
				spans = slices.Clone(spans)
			}
			spans[j] = now
			if now.Link == "" && was.Link != "" {
				dead = append(dead, was.Link)
			}
		}
		d.Blocks[i].Spans = spans
		r.note(written.Blocks[i].Spans, spans, met)
	}
	return &d, dead
}

// note notes the links to other texts, with the places that they lead to.
func (r *resolver) note(written, shown []policy.Span, met map[link]bool) {
	for j, s := range written {
		if isRelative(s.Link) && !strings.HasPrefix(s.Link, "#") {
			met[link{r.file, s.Link, shown[j].Link}] = true
		}
	}
}

func anchorsOf(d *policy.Document) map[string]bool {
	anchors := make(map[string]bool)
	for i := range d.Blocks {
		if d.Blocks[i].ID != "" {
			anchors[d.Blocks[i].ID] = true
		}
		for _, alias := range d.Blocks[i].Aliases {
			anchors[alias] = true
		}
	}
	return anchors
}

// sortedAnchors lists the anchors of a document in order.
func sortedAnchors(d *policy.Document) []string { return slices.Sorted(maps.Keys(anchorsOf(d))) }

// sortedLinks lists the links to other texts that were met, in order.
func (r *reader) sortedLinks() []link {
	return slices.SortedFunc(maps.Keys(r.links), func(a, b link) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Link, b.Link), strings.Compare(a.To, b.To))
	})
}

// isRelative reports whether a link leads to a place of the same site or page.
func isRelative(link string) bool {
	if link == "" || strings.HasPrefix(link, "//") {
		return false
	}
	scheme, _, found := strings.Cut(link, ":")
	return !found || strings.ContainsAny(scheme, "/?#")
}

func (l *linker) target(file, link string, anchors map[string]bool) string {
	if anchor, within := policy.Anchor(link); within {
		if anchors[anchor] {
			return "#" + anchor
		}
		return ""
	}
	return l.elsewhere(file, link)
}

// elsewhere returns the place that a link of a file to another file leads to, of
// the site or of its host; empty when there is none.
func (l *linker) elsewhere(file, written string) string {
	_, fragment, _ := strings.Cut(written, "#")
	link := policy.LinkedFile(written)
	if link == "" {
		return ""
	}
	if !strings.HasPrefix(link, "/") {
		link = path.Join(path.Dir(file), link)
	}
	pl := l.find(stem(path.Clean(link)))
	if pl == nil {
		return l.outside(written)
	}
	return siteRoot + policy.EscapePath(pl.dir) + pl.fragment(fragment)
}

// outside returns where a link leads that means no text of the repository: one
// from the root of the host stays, as the host has other pages than ours.
func (l *linker) outside(link string) string {
	if strings.HasPrefix(link, "/") {
		return l.root + link
	}
	return ""
}

// fragment returns a fragment as it is in a link to the text in force, or
// nothing when that text has no such anchor.
func (pl *plan) fragment(anchor string) string {
	if anchor = policy.Unescaped(anchor); anchor == "" || pl.anchors == nil || !pl.anchors()[anchor] {
		return ""
	}
	return "#" + anchor
}

// readAnchors lets each plan know the anchors of its text in force, once a link
// asks for one. A text that cannot be read has none; its own page says why.
func (b *builder) readAnchors(plans []*plan) {
	for _, pl := range plans {
		pl.anchors = sync.OnceValue(func() map[string]bool {
			v := pl.versions[pl.current]
			if was := b.old.anchors(pl.policy.ID, v.SHA256); was != nil {
				return was
			}
			raw, err := b.src.Text(v)
			if err != nil {
				return nil
			}
			doc, _ := policy.ParsePublished(v.Path, raw)
			if doc == nil {
				return nil
			}
			return anchorsOf(doc)
		})
	}
}

// find returns the policy that a path means: the one kept there, else the only
// one of that name, as a file keeps its name more often than its folder.
func (l *linker) find(file string) *plan {
	if pl := l.byPath[file]; pl != nil {
		return pl
	}
	name := path.Base(file)
	if named := l.byName[name]; len(named) == 1 && name != "index" && name != "readme" {
		return named[0]
	}
	return nil
}

// rooted writes the way from a page in dir to the root of the site into its
// bytes.
func rooted(data []byte, root string) []byte {
	if !bytes.Contains(data, []byte(siteRoot)) {
		return data
	}
	return bytes.ReplaceAll(data, []byte(siteRoot), []byte(root))
}

// rootedPage does so in a page. A link that stays on the site needs no rel that
// keeps another site from learning where its reader came from.
func rootedPage(data []byte, root string) []byte {
	mark, rel := []byte(siteRoot), []byte(`" rel="noopener noreferrer"`)
	if !bytes.Contains(data, mark) {
		return data
	}
	out := make([]byte, 0, len(data))
	for {
		at := bytes.Index(data, mark)
		if at < 0 {
			return append(out, data...)
		}
		out = append(append(out, data[:at]...), root...)
		data = data[at+len(mark):]
		if end := bytes.IndexByte(data, '"'); end >= 0 && bytes.HasPrefix(data[end:], rel) {
			out = append(out, data[:end+1]...)
			data = data[end+len(rel):]
		}
	}
}
