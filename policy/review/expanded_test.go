package review

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/expand"
)

// folder is a state of a repository: its files, and what names stand for there.
type folder struct {
	files    map[string]string
	settings expand.Settings
}

func (f folder) expand(file string, src []byte, front policy.FrontMatter) *expand.Result {
	return f.settings.Expand(file, src, front, func(name string) ([]byte, error) {
		if text, there := f.files[name]; there {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	})
}

// folders are the sources of the work tree and those of what is published.
type folders struct{ now, before folder }

func (f folders) Now(file string, src []byte, front policy.FrontMatter) *expand.Result {
	return f.now.expand(file, src, front)
}

func (f folders) Before(p *policy.Policy) ([]byte, *expand.Result) {
	text, there := f.before.files[p.Path]
	doc, err := policy.ParsePublished(p.Path, []byte(text))
	if !there || err != nil {
		return nil, nil
	}
	return []byte(text), f.before.expand(p.Path, []byte(text), doc.Front)
}

func (f folders) Idle(all []*expand.Result) []*policy.Diagnostic {
	return f.now.settings.Unused("codicil.yaml", []byte("variables:\n  shop: Spoke & Co.\n"), all)
}

const (
	shared    = "# Bicycle lease\n\n## 1. Returns\n\nYou bring the bicycle back to {{shop}} by noon.\n\n{{> contact}}\n"
	contact   = "## 2. Contact\n\nWrite to the counter beside the door.\n"
	published = "version: \"1.0\"\neffective_date: 2027-02-01\nsource: shared.md\nsummary: How you bring bicycles back.\n"
)

// expanding is a review of a lease that is made of shared.md and contact.md.
func expanding(t *testing.T) (*Reviewer, *policy.Policy, folders) {
	t.Helper()
	settings := expand.Settings{Variables: map[string]policy.Scalar{"shop": "Spoke & Co."}}
	files := func() map[string]string { return map[string]string{"shared.md": shared, "contact.md": contact} }
	of := folders{folder{files(), settings}, folder{files(), settings}}
	r, p := reviewing(t, "2027-03-01", "2027-02-01")
	text := whole(t, of.now, published)
	of.before.files["lease.md"] = text
	p.Versions[0].SHA256 = Digest([]byte(text))
	r.Texts.(shelf)[p.Versions[0].Commit] = text
	r.Sources = of
	return r, p, of
}

// whole is the text of the lease, with such front matter, as its source makes it.
func whole(t *testing.T, f folder, front string) string {
	t.Helper()
	src := []byte("---\ntitle: Bicycle lease\nid: lease\n" + front + "---\n\n")
	doc, err := policy.Parse("lease.md", append(slices.Clone(src), shared...))
	if err != nil {
		t.Fatal(err)
	}
	made := f.expand("lease.md", src, doc.Front)
	if len(made.Faults) > 0 {
		t.Fatal(made.Faults)
	}
	return string(made.Written(src))
}

func TestATextIsWhatItsSourceMakes(t *testing.T) {
	t.Parallel()
	second := strings.NewReplacer("\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01", "How you bring", "Where you bring").Replace(published)
	for name, tt := range map[string]struct {
		change func(r *Reviewer, now, before map[string]string) // of the sources
		edit   func(text string) string                         // of the text
		want   string                                           // the finding, its line first
		hint   string
	}{
		"as it was": {want: ""},
		"another line": {edit: func(s string) string { return strings.Replace(s, "by noon", "by six", 1) },
			want: `14 error shared.md:5 makes of this line "You bring the bicycle back to Spoke & Co. by noon."`, hint: "into shared.md:5; then run `codicil expand lease`"},
		"a line too much": {edit: func(s string) string { return s + "\nMore words.\n" }, want: `19 error "More words." is not in shared.md`, hint: "`codicil expand lease`"},
		"a line is gone": {edit: func(s string) string { return strings.TrimSuffix(s, "\nWrite to the counter beside the door.\n") },
			want: `17 error contact.md:2 has "Write to the counter beside the door." here`, hint: "contact.md:2"},
		"the source alone changed": {change: func(_ *Reviewer, now, _ map[string]string) {
			now["contact.md"] = strings.Replace(contact, "door", "gate", 1)
		},
			want: `18 error the source has changed and this text has not: contact.md:3 makes of this line "Write to the counter beside the gate."`, hint: "give the policy a version of its own"},
		"it was so before": {change: func(r *Reviewer, now, before map[string]string) {
			r.Based = true
			now["contact.md"] = strings.Replace(contact, "door", "gate", 1)
			before["contact.md"] = now["contact.md"]
		}, want: `18 warning contact.md:3 makes of this line "Write to the counter beside the gate."`},
		"a new version that follows": {change: func(_ *Reviewer, now, _ map[string]string) {
			now["contact.md"] = strings.Replace(contact, "door", "gate", 1)
		},
			edit: func(s string) string {
				return strings.Replace(strings.Replace(s, published, second, 1), "door", "gate", 1)
			}},
		"a long line is cut": {change: func(_ *Reviewer, now, _ map[string]string) {
			now["contact.md"] = contact + strings.Repeat("ä", 90) + "\n"
		},
			want: `error the source has changed and this text has not: contact.md:4 has "` + strings.Repeat("ä", 80) + `…" here`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, p, of := expanding(t)
			text := of.before.files["lease.md"]
			if tt.change != nil {
				tt.change(r, of.now.files, of.before.files)
			}
			if tt.edit != nil {
				text = tt.edit(text)
			}
			reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(text)})
			if err != nil {
				t.Fatal(err)
			}
			got, hint := "", ""
			for _, d := range reviewed.Findings {
				if d.Rule == "not-expanded" {
					got, hint = fmt.Sprintf("%d %s %s", d.Line, d.Level, d.Message), d.Hint
				}
			}
			if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) || !strings.Contains(hint, tt.hint) {
				t.Errorf("found %s (%s), want %s", got, hint, tt.want)
			}
			if (reviewed.Differs != nil) != (tt.want != "") {
				t.Errorf("differs: %+v", reviewed.Differs)
			}
		})
	}
}

func TestAFaultOfALineIsMendedWhereTheLineComesFrom(t *testing.T) {
	t.Parallel()
	r, p, of := expanding(t)
	of.now.files["contact.md"] = contact + "\nSee [the hours](hours.md).\n"
	r.Exists = func(string) bool { return false }
	front := strings.NewReplacer("\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01").Replace(published)
	for text, want := range map[string]string{
		whole(t, of.now, front):                "the line comes from contact.md:5: mend it there",
		whole(t, of.now, front) + "\nAdded.\n": "", // not what the source makes: nobody knows whose line it is
	} {
		reviewed, err := r.Candidate(Candidate{Policy: p, Source: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(reviewed.Findings, func(d *policy.Diagnostic) bool { return strings.Contains(d.Message, "hours.md") })
		if i < 0 {
			t.Fatalf("the dead link was not found: %v", reviewed.Findings)
		}
		if hint := reviewed.Findings[i].Hint; !strings.HasSuffix(hint, want) || want == "" && strings.Contains(hint, "comes from") {
			t.Errorf("hint %q, want %q", hint, want)
		}
		for _, d := range reviewed.Findings {
			if d.Line < 10 && strings.Contains(d.Hint, "comes from") {
				t.Errorf("the front matter comes from a source: %v", d)
			}
		}
	}
}

// two is a review of the lease and of another policy that is made of contact.md too.
func two(t *testing.T) (*Reviewer, []Candidate, folders) {
	t.Helper()
	r, p, of := expanding(t)
	hours := *p
	v := *p.Versions[0]
	hours.ID, hours.Path, hours.Versions = "hours", "hours.md", []*policy.Version{&v}
	for _, f := range []folder{of.now, of.before} {
		f.files["opening.md"] = "# Hours\n\nWe open at nine.\n\n{{> contact}}\n"
	}
	text := "---\ntitle: Hours\nid: hours\nversion: \"1.0\"\neffective_date: 2027-02-01\nsource: opening.md\n---\n\n# Hours\n\nWe open at nine.\n\n" + contact
	of.before.files["hours.md"] = text
	v.Path, v.Commit, v.SHA256 = "hours.md", strings.Repeat("b", 40), Digest([]byte(text))
	r.Texts.(shelf)[v.Commit] = text
	r.Published = append(r.Published, &hours)
	return r, []Candidate{{Policy: p, Source: []byte(of.before.files["lease.md"])}, {Policy: &hours, Source: []byte(text)}}, of
}

func TestASharedTextNamesThePoliciesThatItMoves(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(r *Reviewer, list []Candidate, of folders)
		want   string
	}{
		"nothing changed": {func(*Reviewer, []Candidate, folders) {}, ""},
		"one that two are made of": {func(_ *Reviewer, _ []Candidate, of folders) {
			of.now.files["contact.md"] = strings.Replace(contact, "door", "gate", 1)
		}, "contact.md is part of 2 policies, of which 2 read otherwise; each has versions of its own: hours is not expanded yet, and needs a version of its own; lease is not expanded yet, and needs a version of its own"},
		"one that is read by one": {func(_ *Reviewer, _ []Candidate, of folders) {
			of.now.files["opening.md"] = strings.Replace(of.now.files["opening.md"], "nine", "ten", 1)
		}, "opening.md is part of 1 policy: hours is not expanded yet, and needs a version of its own"},
		"one expanded, and not told": {func(_ *Reviewer, list []Candidate, of folders) {
			of.now.files["opening.md"] = strings.Replace(of.now.files["opening.md"], "nine", "ten", 1)
			list[1].Source = []byte(strings.Replace(string(list[1].Source), "nine", "ten", 1))
		}, "opening.md is part of 1 policy: hours reads otherwise, and needs a version of its own"},
		"one with a version of its own": {func(_ *Reviewer, list []Candidate, of folders) {
			of.now.files["opening.md"] = strings.Replace(of.now.files["opening.md"], "nine", "ten", 1)
			list[1].Source = []byte(strings.NewReplacer("nine", "ten", "\"1.0\"", "\"2.0\"", "2027-02-01", "2027-06-01\nsummary: We open later.").Replace(string(list[1].Source)))
		}, "opening.md is part of 1 policy: hours becomes 2.0, minor, effective 2027-06-01"},
		"one that cannot be read": {func(_ *Reviewer, _ []Candidate, of folders) {
			of.now.files["opening.md"] = "# Hours\n\n{{nobody}}\n\n{{> contact}}\n"
		}, "opening.md is part of 1 policy: hours cannot be expanded"},
		"white space that makes no text": {func(_ *Reviewer, _ []Candidate, of folders) {
			of.now.files["contact.md"] = contact + "\n\n"
		}, "contact.md is part of 2 policies, of which 0 read otherwise; each has versions of its own: hours reads as before; lease reads as before"},
		"one that is new": {func(_ *Reviewer, _ []Candidate, of folders) {
			of.now.files["fees.md"] = contact
			of.now.files["opening.md"] = strings.Replace(of.now.files["opening.md"], "contact", "fees", 1)
		}, "fees.md is part of 1 policy: hours reads as before\nopening.md is part of 1 policy: hours reads as before"},
		"of a partial review": {func(r *Reviewer, _ []Candidate, of folders) {
			of.now.files["contact.md"], r.Partial = strings.Replace(contact, "door", "gate", 1), true
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, list, of := two(t)
			book, _ := judging(t, "2027-03-01", "2027-02-01")
			r.Comparer = book.Comparer
			tt.change(r, list, of)
			result, err := r.Check(list)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range result.Shared {
				var by []string
				for _, p := range s.Policies {
					by = append(by, p.ID+" "+p.Says)
				}
				slices.Sort(by)
				got = append(got, s.String()+": "+strings.Join(by, "; "))
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("got\n%s\nwant\n%s\n%v", strings.Join(got, "\n"), tt.want, result.All())
			}
		})
	}
}

func TestAFaultOfASharedTextIsToldOnce(t *testing.T) {
	t.Parallel()
	r, list, of := two(t)
	of.now.files["contact.md"] = contact + "\n{{nobody}}\n"
	result, err := r.Check(list)
	if err != nil {
		t.Fatal(err)
	}
	if found := result.All(); told(found) != "source-name:error" || found[0].File != "contact.md" {
		t.Errorf("found %v", found)
	}
}

func TestAValueThatNoTextUsesIsNamed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(f map[string]string)
		want   string
	}{
		"it is used":            {func(map[string]string) {}, ""},
		"no text uses it":       {func(f map[string]string) { f["shared.md"] = strings.Replace(shared, "{{shop}}", "us", 1) }, "source-unused"},
		"a fault hides the use": {func(f map[string]string) { f["shared.md"] = strings.Replace(shared, "{{shop}}", "{{shops}}", 1) }, ""},
	} {
		r, p, of := expanding(t)
		tt.change(of.now.files)
		result, err := r.Check([]Candidate{{Policy: p, Source: []byte(of.before.files["lease.md"])}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range result.Findings {
			got += d.Rule
		}
		if got != tt.want {
			t.Errorf("%s: found %q, want %q", name, got, tt.want)
		}
	}
}
