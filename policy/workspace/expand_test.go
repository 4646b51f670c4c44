package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// made is a text whose body its source makes.
func made(id, version, day, body string) string {
	return "---\nid: " + id + "\ntitle: Lease\nversion: \"" + version + "\"\neffective_date: " + day + "\nsource: parts/lease.md\n---\n" + body
}

const source = "# Lease\n\nYou bring the bicycle back to {{company}}.\n\n{{> contact}}\n"

// expanding is a repository with two policies of one source, whose texts are made.
func expanding(t *testing.T) (*repo, *Workspace) {
	t.Helper()
	r := newRepo(t)
	r.write("codicil.yaml", "policies: [texts/*.md]\nvariables: {company: Wheels Ltd}\n",
		"texts/parts/lease.md", source, "texts/parts/contact.md", "Ring 12.\n",
		"texts/a.md", made("a", "1.0", "2027-02-01", ""), "texts/b.md", made("b", "1.0", "2027-02-01", ""))
	r.git("2027-01-10", "add", "-A")
	w := r.open()
	e := must[*Expanding](t)(w.Expand(nil, ExpandHow{}))
	if len(e.Findings) > 0 || len(e.Policies) != 2 {
		t.Fatalf("expanded %v, %v", e.Policies, e.Findings)
	}
	r.commit("2027-01-10")
	return r, r.open()
}

// outcome tells what becomes of each text.
func outcome(e *Expanding) string {
	var list []string
	for _, p := range e.Policies {
		list = append(list, fmt.Sprintf("%s changes=%v written=%v edited=%v", p.ID, p.Changes, p.Written, p.Edited))
	}
	for _, d := range e.Findings {
		list = append(list, d.Rule)
	}
	return strings.Join(list, "; ")
}

func TestTextsFollowTheirSource(t *testing.T) {
	r, w := expanding(t)
	if got := r.read("texts/a.md"); !strings.HasSuffix(got, "You bring the bicycle back to Wheels Ltd.\n\nRing 12.\n") {
		t.Fatalf("made:\n%s", got)
	}
	still := "a changes=false written=false edited=false; b changes=false written=false edited=false"
	e := must[*Expanding](t)(w.Expand(nil, ExpandHow{}))
	if got := outcome(e); got != still || e.Left() || len(e.Moved()) > 0 {
		t.Errorf("nothing changed: %s, left %v", got, e.Left())
	}
	r.write("texts/parts/contact.md", "Ring 13.\n")
	for _, c := range []struct {
		ids  []string
		how  ExpandHow
		want string
		left bool
		says string
	}{
		{[]string{"a"}, ExpandHow{Check: true}, "a changes=true written=false edited=false", true, "texts/a.md:13: would be written anew, from texts/parts/contact.md:1\ntexts/parts/contact.md is part of 2 policies: a, b\n"},
		{[]string{"a"}, ExpandHow{}, "a changes=true written=true edited=false", false, "wrote texts/a.md: other from line 13 on, from texts/parts/contact.md:1\ntexts/parts/contact.md is part of 2 policies: a, b\n"},
		{nil, ExpandHow{}, "a changes=false written=false edited=false; b changes=true written=true edited=false", false, "wrote texts/b.md: other from line 13 on, from texts/parts/contact.md:1\ntexts/parts/contact.md is part of 2 policies: a, b\n"},
	} {
		e := must[*Expanding](t)(w.Expand(c.ids, c.how))
		var said strings.Builder
		e.Write(&said)
		if outcome(e) != c.want || e.Left() != c.left || said.String() != c.says {
			t.Errorf("%v %+v: %s, left %v, says\n%s", c.ids, c.how, outcome(e), e.Left(), said.String())
		}
	}
}

func TestWhatWasEditedByHandIsLeft(t *testing.T) {
	r, w := expanding(t)
	hand := strings.Replace(r.read("texts/a.md"), "Ring 12.", "Ring at the door.", 1)
	r.write("texts/a.md", hand)
	e := must[*Expanding](t)(w.Expand([]string{"a"}, ExpandHow{}))
	if got := outcome(e); got != "a changes=true written=false edited=true" || !e.Left() || len(e.Moved()) > 0 || r.read("texts/a.md") != hand {
		t.Errorf("an edit: %s", got)
	}
	var said strings.Builder
	if e.Write(&said); !strings.Contains(said.String(), "texts/a.md:13: was edited by hand") || !strings.Contains(said.String(), "--force") {
		t.Errorf("says %s", said.String())
	}
	if err := w.FollowSources(); err != nil || r.read("texts/a.md") != hand {
		t.Errorf("saving a source wrote over an edit: %v", err)
	}
	if got := outcome(must[*Expanding](t)(w.Expand([]string{"a"}, ExpandHow{Force: true}))); got != "a changes=true written=true edited=false" || r.read("texts/a.md") == hand {
		t.Errorf("by force: %s", got)
	}
	// What was written here once is no edit, though no commit has it.
	r.write("texts/parts/contact.md", "Ring 14.\n")
	if err := w.FollowSources(); err != nil || !strings.Contains(r.read("texts/a.md"), "Ring 14.") {
		t.Fatalf("the text does not follow its source: %v", err)
	}
	r.write("texts/parts/contact.md", "Ring 15.\n")
	if err := w.FollowSources(); err != nil || !strings.Contains(r.read("texts/a.md"), "Ring 15.") {
		t.Errorf("what was written a moment ago counts as an edit: %v", err)
	}
}

func TestASourceWithAFaultWritesNothing(t *testing.T) {
	r, w := expanding(t)
	before := r.read("texts/a.md")
	for name, text := range map[string]string{"a name without value": "# Lease\n\n{{nobody}}\n", "being saved": ""} {
		r.write("texts/parts/lease.md", text)
		if err := w.FollowSources(); err != nil || r.read("texts/a.md") != before {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.write("texts/parts/lease.md", "# Lease\n\n{{nobody}}\n")
	if e := must[*Expanding](t)(w.Expand(nil, ExpandHow{})); len(e.Policies) > 0 || !e.Left() || r.read("texts/a.md") != before {
		t.Errorf("a fault: %s", outcome(e))
	}
}

func TestSourcesAreNoPoliciesOfTheirOwn(t *testing.T) {
	r := newRepo(t)
	r.write("texts/a.md", made("a", "1.0", "2027-02-01", ""), "texts/parts/lease.md", source, "texts/parts/contact.md", "Ring 12.\n", "texts/free.md", "# Free\n\nWords.\n")
	r.git("2027-01-10", "add", "-A")
	var ids []string
	for _, p := range must[[]*policy.Policy](t)(r.open().Staged()) {
		ids = append(ids, p.ID)
	}
	if got := strings.Join(ids, " "); got != "a free" {
		t.Errorf("staged: %s", got)
	}
}

func TestAVersionIsMadeAgainOfItsSource(t *testing.T) {
	r, w := expanding(t)
	p, v, err := w.Lookup("a@1.0", june)
	if err != nil {
		t.Fatal(err)
	}
	s := must[*SourceText](t)(w.SourceText(p, v, false))
	if s.Text != source || !s.Same || len(s.Parts) != 2 || !strings.Contains(strings.Join(s.Says(), "\n"), "byte for byte: sha256 "+v.SHA256) {
		t.Errorf("source: %+v %q", s, s.Says())
	}
	if s := must[*SourceText](t)(w.SourceText(p, v, true)); s.Text != r.read("texts/a.md") {
		t.Errorf("expanded:\n%s", s.Text)
	}
	if found := must[[]*policy.Diagnostic](t)(w.Unexpanded()); len(found) > 0 {
		t.Errorf("as it was made: %s", rules(found))
	}
	good := strings.NewReplacer("1.0", "3.0", "02-01", "04-01").Replace(r.read("texts/b.md"))
	r.commit("2027-02-10", "texts/a.md", made("a", "2.0", "2027-03-01", "\n# Lease\n\nOther words.\n"))
	r.commit("2027-02-11", "texts/b.md", made("b", "2.0", "2027-03-01", "\n# Lease\n\nOther words.\n"))
	r.commit("2027-02-12", "texts/b.md", good)
	w = r.open()
	if got := rules(must[[]*policy.Diagnostic](t)(w.Unexpanded())); got != "not-expanded:error not-expanded:warning" {
		t.Errorf("other texts: %s", got)
	}
	p, v, _ = w.Lookup("a@2.0", june)
	if s := must[*SourceText](t)(w.SourceText(p, v, false)); s.Same || !strings.Contains(strings.Join(s.Says(), "\n"), "a@2.0 was published with another text, from line 11 on") {
		t.Errorf("another text: %q", s.Says())
	}
}
