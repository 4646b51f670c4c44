package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render/email"
	"github.com/codicil/codicil/site"
)

// root is where the site of the test is said to be.
const root = "https://example.com/legal"

// shelf is a policy and its texts.
type shelf struct {
	policy *policy.Policy
	texts  map[*policy.Version]string
}

func (s *shelf) Text(v *policy.Version) ([]byte, error) { return []byte(s.texts[v]), nil }

// newShelf makes a policy whose versions have the given labels, the oldest first.
// Each changes a number; every third is a draft.
func newShelf(id string, labels []string) *shelf {
	s := &shelf{&policy.Policy{ID: id, Title: "Privacy", Path: "privacy.md", Lang: "en", Starts: policy.StartLabel}, make(map[*policy.Version]string)}
	for i, label := range labels {
		day := policy.Date{Year: 2020, Month: time.January, Day: 1}.AddDays(40 * i)
		text := fmt.Sprintf("# Privacy\n\nWe keep log files for %d days.\n", 30+i)
		sum := sha256.Sum256([]byte(text))
		v := &policy.Version{
			Label: label, Committed: day.Time(), Published: day.Time(), Effective: day, Certainty: policy.Stated, Path: "privacy.md",
			Commit: fmt.Sprintf("%040x", i+1), SHA256: hex.EncodeToString(sum[:]), Front: policy.FrontMatter{Draft: i%3 == 2},
		}
		s.texts[v] = text
		s.policy.Versions = append([]*policy.Version{v}, s.policy.Versions...)
	}
	return s
}

// mail composes the message of every version that changed another.
func (s *shelf) mail(t *testing.T) []*email.Body {
	publisher := &email.Publisher{Name: "Example", ReplyTo: "a@example.com", Site: root}
	var bodies []*email.Body
	parse := func(v *policy.Version) *policy.Document {
		d, err := policy.Parse(v.Path, []byte(s.texts[v]))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, v := range s.policy.Versions {
		before := s.policy.Previous(v)
		if before == nil || v.Front.Draft {
			continue
		}
		r := redline.Compare(parse(before), parse(v))
		n := notice.New(s.policy, v, r, &materiality.Assessment{Severity: policy.Major}, notice.DefaultRules())
		body, err := publisher.Compose(email.Original(n, s.policy), policy.Date{Year: 2020, Month: time.June, Day: 1})
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// oddLabels are labels that do not go into an address as they are.
func oddLabels() []string {
	return []string{
		"1.0", "2.0 (final)", "2.0--final-", "a/b", "a b", "a%20b", "A-B", "..", "é", "第2版", "versions", "current", "x...y", "1&2", "\"><b>", "feed.json", "-",
		strings.Repeat("ż", 300), strings.Repeat("ż", 299) + "z", "#?", "a\nb", "e\u0301",
	}
}

func TestEveryLinkOfMailAndFeedsLeadsToAPage(t *testing.T) {
	for i, id := range []string{"privacy", "de/daten schutz", "隐私", "p%41", strings.Repeat("long ", 60)} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			labels := oddLabels()
			if i%2 == 1 {
				slices.Reverse(labels)
			}
			s := newShelf(id, labels)
			dst := filepath.Join(t.TempDir(), "site")
			if _, err := site.Build(t.Context(), dst, []*policy.Policy{s.policy}, s, site.Options{BaseURL: root, On: policy.Date{Year: 2020, Month: time.June, Day: 1}}); err != nil {
				t.Fatal(err)
			}
			found := linkedFrom(t, s, dst)
			if len(found) < 4*len(labels) {
				t.Errorf("only %d links were found", len(found))
			}
			oldest := policy.AddressOf(s.policy).Segment(s.policy.Versions[len(labels)-1].Label)
			for _, address := range found {
				address = strings.Replace(address, "{accepted}", policy.EscapePath(oldest), 1) // a URI template
				if !served(dst, address) {
					t.Errorf("nothing is at %s", address)
				}
			}
		})
	}
}

// linkedFrom lists the links to the site in the messages about a policy, and in
// what machines read on its site.
func linkedFrom(t *testing.T, s *shelf, dir string) []string {
	t.Helper()
	var texts []string
	for _, body := range s.mail(t) {
		texts = append(texts, body.Text, html.UnescapeString(body.HTML))
	}
	for _, pattern := range []string{"feed.atom", "*/feed.????", "*/*/feed.????", "sitemap.xml", "embed/v1/notices.json", "api/v1/*.json", "api/v1/*/*.json"} {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, html.UnescapeString(strings.ReplaceAll(string(text), `\u0026`, "&")))
		}
	}
	return regexp.MustCompile(regexp.QuoteMeta(root)+`/[^\s"<>\\]*`).FindAllString(strings.Join(texts, "\n"), -1)
}

// served reports whether a site built in dir has what a link leads to.
func served(dir, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(u.Path, "/legal")))
	if strings.HasSuffix(u.Path, "/") {
		path = filepath.Join(path, "index.html")
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
