package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
)

// counting is a Source that counts what is read of it.
type counting struct {
	texts
	reads *atomic.Int64
}

func (c counting) Text(v *policy.Version) ([]byte, error) {
	c.reads.Add(1)
	return c.texts.Text(v)
}

// rebuild brings the site in dst up to date and returns what that took.
func (s *shelf) rebuild(dst string, o Options) (sum *Summary, reads int) {
	s.t.Helper()
	source := counting{s.texts, new(atomic.Int64)}
	sum, err := Build(s.t.Context(), dst, s.policies, source, o)
	if err != nil {
		s.t.Fatalf("Build: %v", err)
	}
	return sum, int(source.reads.Load())
}

// publish adds a version to the first policy of the shelf.
func (s *shelf) publish(label, on string, change func(string) string) {
	p := s.policies[0]
	was := s.texts[p.Versions[0]]
	next := newShelf(s.t)
	v := next.add(p.ID, draft{label: label, published: on, effective: on, text: change(was)}).Versions[0]
	v.Path, v.Commit = p.Path, strings.Repeat("f", 40)
	s.texts[v] = next.texts[v]
	p.Versions = append([]*policy.Version{v}, p.Versions...)
}

func TestRebuildMakesTheSameSiteAsANewBuild(t *testing.T) {
	tests := []struct {
		name   string
		change func(*shelf, *Options)
	}{
		{"nothing changed", func(*shelf, *Options) {}},
		{"a policy takes another language", func(s *shelf, _ *Options) {
			for _, p := range s.policies {
				p.Lang = "de"
			}
		}},
		{"a new version", func(s *shelf, _ *Options) {
			s.publish("3.0", "2026-11-20", func(text string) string { return strings.Replace(text, "name and address", "name", 1) })
		}},
		{"a new version that changes an anchor others lead to", func(s *shelf, _ *Options) {
			s.publish("3.0", "2026-11-20", func(text string) string { return strings.Replace(text, "{#sharing}", "{#disclosure}", 1) })
		}},
		{"a text that comes back", func(s *shelf, _ *Options) {
			s.publish("3.0", "2026-11-20", func(string) string { return privacyOne })
		}},
		{"another day", func(s *shelf, o *Options) { o.On = day(s.t, "2027-02-01") }},
		{"an earlier day", func(s *shelf, o *Options) { o.On = day(s.t, "2026-02-01") }},
		{"a policy more", func(s *shelf, _ *Options) {
			s.add("lost", draft{label: "1", published: "2026-03-03", effective: "2026-03-03", text: "# Lost\n\nFound.\n"})
		}},
		{"another title", func(_ *shelf, o *Options) { o.Title = "Other Inc." }},
		{"another address", func(_ *shelf, o *Options) { o.BaseURL = "https://example.com/legal" }},
		{"a policy withdrawn", func(s *shelf, _ *Options) { s.policies[1].Withdrawn = day(s.t, "2026-11-01") }},
		{"a policy away for a while", func(s *shelf, _ *Options) {
			s.policies[0].Absences = []policy.Absence{{From: day(s.t, "2026-02-01"), Until: day(s.t, "2026-02-10")}}
		}},
		{"a policy less", func(s *shelf, o *Options) { s.policies, o.Withdrawn = s.policies[1:], []string{"/"} }},
		{"an older text", func(s *shelf, _ *Options) {
			s.policies[0].Versions[1].Effective = day(s.t, "2026-03-05")
		}},
		{"a later announcement", func(s *shelf, _ *Options) {
			v := s.policies[0].Versions[0]
			v.Announcements = append(v.Announcements, policy.Announcement{Published: day(s.t, "2026-11-20").Time(), Effective: day(s.t, "2027-01-20"), Status: policy.Cancelled})
		}},
		{"other rules of notice", func(_ *shelf, o *Options) { o.Rules.Shown = 90 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, o := library(t), options(t)
			dst := s.build(o)
			test.change(s, &o)
			want := allFiles(t, s.build(o))
			for _, jobs := range []int{3, 1} {
				o.Jobs = jobs
				s.rebuild(dst, o)
				if diff := cmp.Diff(want, allFiles(t, dst)); diff != "" {
					t.Fatalf("%d jobs: (-new +rebuilt):\n%s", jobs, diff)
				}
			}
			alone(t, dst)
		})
	}
}

func TestNothingIsDoneWhenNothingChanged(t *testing.T) {
	s, o := library(t), options(t)
	dst := s.build(o)
	first, _ := s.rebuild(filepath.Join(t.TempDir(), "x"), o)
	sum, reads := s.rebuild(dst, o)
	if sum.Written != 0 || sum.Bytes != 0 || reads != 0 {
		t.Errorf("%d files were written and %d texts read", sum.Written, reads)
	}
	first.Written, first.Bytes = 0, 0
	if diff := cmp.Diff(first, sum); diff != "" {
		t.Errorf("the summary differs (-first +second):\n%s", diff)
	}
}

// A commit that touches no policy makes the texts others for the caller, and no
// page: it is looked at once.
func TestWhatChangesNoPageIsNotedOnce(t *testing.T) {
	s, o := library(t), options(t)
	o.Texts = "a commit"
	dst := s.build(o)
	if UpToDate(dst, o) == nil {
		t.Fatal("the site that was just built does not stand")
	}
	before := allFiles(t, dst)
	o.Texts = "a later commit"
	if UpToDate(dst, o) != nil {
		t.Fatal("the site stands for texts that nobody has looked at")
	}
	if sum, _ := s.rebuild(dst, o); sum.Written != 0 {
		t.Errorf("%d files were written", sum.Written)
	}
	if UpToDate(dst, o) == nil {
		t.Error("the texts are looked at again")
	}
	if diff := cmp.Diff(before, allFiles(t, dst)); diff != "" {
		t.Errorf("the site changed:\n%s", diff)
	}
	s.publish("3.0", "2027-01-20", func(text string) string { return text + "\nMore.\n" })
	o.Texts = "a new version"
	s.rebuild(dst, o)
	if UpToDate(dst, o) == nil {
		t.Error("a new version cannot be told from none")
	}
}

func TestANewVersionCostsFewFiles(t *testing.T) {
	s, o := library(t), options(t)
	dst := s.build(o)
	before := allFiles(t, dst)
	s.publish("3.0", "2027-01-20", func(text string) string { return strings.Replace(text, "name and address", "name", 1) })
	_, reads := s.rebuild(dst, o)
	// The new text, the one before it, and the current one for what moves; and that of
	// both translations, which say what they lack.
	if reads > 5 {
		t.Errorf("%d texts were read, want at most 5", reads)
	}
	for name, data := range allFiles(t, dst) {
		is := func(prefixes ...string) bool {
			for _, p := range prefixes {
				if strings.HasPrefix(name, p) {
					return true
				}
			}
			return false
		}
		if data != before[name] && is("terms/", "cookies/", "de/privacy/1.0/", "de/privacy/versions/", "de/privacy/upcoming/", "privacy/1.0/", "privacy/1.1/", "privacy/2.0/", "privacy/compare/1.0", "assets/") {
			t.Errorf("%s changed", name)
		}
	}
}

func TestANewDayReadsOnlyWhatMoves(t *testing.T) {
	s, o := library(t), options(t)
	dst := s.build(o)
	o.On = o.On.AddDays(1)
	// The index, the notices (those of each cohort too), what is required and what is
	// in force say their day, and so do the page of a day, the state and the sums.
	if sum, reads := s.rebuild(dst, o); reads != 0 || sum.Written > 9 {
		t.Errorf("%d texts were read and %d files written on a day that changes nothing", reads, sum.Written)
	}
}

// A state that is damaged, missing or of another program costs time and
// nothing else.
func TestTheStateMayBeLost(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"deleted": os.Remove,
		"empty":   func(path string) error { return os.WriteFile(path, nil, 0o644) },
		"cut":     func(path string) error { return os.Truncate(path, 300) },
	} {
		t.Run(name, func(t *testing.T) {
			s, o := library(t), options(t)
			dst := s.build(o)
			if err := damage(filepath.Join(dst, stateName)); err != nil {
				t.Fatal(err)
			}
			o.On = o.On.AddDays(1)
			want := allFiles(t, s.build(o))
			s.rebuild(dst, o)
			if diff := cmp.Diff(want, allFiles(t, dst)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAddressesNeverVanish(t *testing.T) {
	tests := []struct {
		name   string
		change func(*shelf, *Options)
		lost   string // empty when nothing is
	}{
		{"time goes on", func(s *shelf, o *Options) { o.On = day(s.t, "2027-03-01") }, ""},
		{"a version becomes current", func(s *shelf, _ *Options) {
			s.publish("3.0", "2026-11-20", func(text string) string { return text + "\nMore.\n" })
		}, ""},
		{"a policy is gone", func(s *shelf, _ *Options) { s.policies = s.policies[1:] }, "/privacy/"},
		{"a version is gone", func(s *shelf, _ *Options) { s.policies[0].Versions = s.policies[0].Versions[:2] }, "/privacy/1.0/"},
		{"a label changed", func(s *shelf, _ *Options) { s.policies[1].Versions[0].Label = "2" }, "/terms/1/"},
		{"a withdrawn address", func(s *shelf, o *Options) {
			s.policies[1].Versions[0].Label = "2"
			o.Withdrawn = []string{"terms/1/", "/terms/compare/"}
		}, ""},
		{"a preview", func(s *shelf, o *Options) { s.policies, o.BaseURL = s.policies[1:], "http://127.0.0.1" }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, o := library(t), options(t)
			dst := s.build(o)
			before := allFiles(t, dst)
			test.change(s, &o)
			_, err := Build(t.Context(), dst, s.policies, s.texts, o)
			var fault *policy.Diagnostic
			if test.lost == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.As(err, &fault) || !strings.Contains(fault.Message, test.lost) || fault.Hint == "" {
				t.Errorf("error = %v, want a fault that names %s", err, test.lost)
			}
			if diff := cmp.Diff(before, allFiles(t, dst)); diff != "" {
				t.Errorf("the site changed:\n%s", diff)
			}
		})
	}
}

// Other sites load a copy of the notice script by its digest, whatever program
// builds the site later.
func TestOldCopiesOfTheNoticeScriptStay(t *testing.T) {
	s, o := library(t), options(t)
	dst := s.build(o)
	older, forged := lastingCopy("notice", []byte("an older one")), embedDir+"notice.0123456789ab.js"
	lines := strings.SplitAfter(allFiles(t, dst)[ManifestName], "\n")
	for name, text := range map[string]string{older: "an older one", forged: "another one"} {
		put(t, filepath.Join(dst, name), text)
		sum := sha256.Sum256([]byte(text))
		lines = append(lines, hex.EncodeToString(sum[:])+"  "+name+"\n")
	}
	slices.SortFunc(lines[1:], func(a, b string) int { return strings.Compare(a[min(64, len(a)):], b[min(64, len(b)):]) })
	put(t, filepath.Join(dst, ManifestName), strings.Join(lines, ""))
	o.Title, o.Records = "Another", t.TempDir() // another machine
	o.Withdrawn = []string{forged}
	s.rebuild(dst, o)
	files := allFiles(t, dst)
	if files[older] != "an older one" {
		t.Error("the older script is gone")
	}
	if _, there := files[forged]; there {
		t.Error("a script that does not have the digest in its name was taken over")
	}
}

// A fact about a version that its key does not hold would leave pages as they
// were when it changes.
func TestEveryFactOfAVersionIsInItsKey(t *testing.T) {
	v := *library(t).policies[0].Versions[0]
	want := versionKey(&v)
	var walk func(path string, value reflect.Value)
	walk = func(path string, value reflect.Value) {
		for i := range value.NumField() {
			field, name := value.Field(i), path+value.Type().Field(i).Name
			if !value.Type().Field(i).IsExported() || name == "Blob" || name == "Front.Draft" {
				continue // the digest stands for the blob, and a draft is never shown
			}
			if _, isDate := field.Interface().(policy.Date); !isDate && (name == "Front" || name == "Front.Decline") {
				walk(name+".", field)
				continue
			}
			was := reflect.New(field.Type()).Elem()
			was.Set(field)
			other(field)
			if versionKey(&v) == want {
				t.Errorf("%s may change without a change of the key", name)
			}
			field.Set(was)
		}
	}
	walk("", reflect.ValueOf(&v).Elem())
	if v.SHA256 = ""; versionKey(&v).known() {
		t.Error("a text without a digest has a key")
	}
}

// other gives a field another value.
func other(field reflect.Value) {
	switch field.Interface().(type) {
	case policy.Date:
		field.Set(reflect.ValueOf(policy.Date{Year: 1999, Month: 1, Day: 2}))
		return
	case *policy.Severity:
		none := policy.None
		field.Set(reflect.ValueOf(&none))
		return
	case *policy.Claim:
		field.Set(reflect.ValueOf(&policy.Claim{Effective: policy.Date{Year: 1999, Month: 1, Day: 2}}))
		return
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(field.String() + "x")
	case reflect.Bool:
		field.SetBool(!field.Bool())
	case reflect.Map:
		field.Set(reflect.ValueOf(policy.Variables{"company": "x"}))
	case reflect.Slice:
		item := reflect.New(field.Type().Elem()).Elem()
		if item.Kind() == reflect.String {
			item.SetString("x")
		}
		field.Set(reflect.Append(field, item))
	case reflect.Struct: // an instant
		method := field.MethodByName("AddDate")
		field.Set(method.Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(0), reflect.ValueOf(0)})[0])
	}
}
