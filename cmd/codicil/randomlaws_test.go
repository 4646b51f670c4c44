package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy/listing"
)

// everyday is how many random histories `make test` looks at; `make soak` looks
// at 2,000. CODICIL_HISTORY=SEED or FIRST-LAST looks at some.
const everyday, soaked = 40, 2000

// TestVerbsNeverDisagree plays random histories with random faults, and asks
// every verb that reads a history what it makes of each.
func TestVerbsNeverDisagree(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(".")
	from, n := uint64(0), uint64(everyday)
	if os.Getenv("CODICIL_LONG") != "" {
		n = soaked
	}
	if some := os.Getenv("CODICIL_HISTORY"); some != "" {
		first, last, _ := strings.Cut(some+"-"+some, "-")
		last, _, _ = strings.Cut(last, "-")
		a, err := strconv.ParseUint(first, 10, 64)
		b, otherErr := strconv.ParseUint(last, 10, 64)
		if err != nil || otherErr != nil || b < a {
			t.Fatalf("CODICIL_HISTORY=%s is neither SEED nor FIRST-LAST", some)
		}
		from, n = a, b-a+1
	}
	broken := 0
	for seed := from; seed < from+n && broken < 25; seed++ {
		list := randomMoves(seed)
		once := func(list []move) error {
			return tell(t, list, &watch{t: t})
		}
		fault := once(list)
		if fault == nil {
			continue
		}
		broken++
		list = shortest(list, once)
		if again := once(list); again != nil {
			fault = again
		}
		t.Errorf("history %d: %v\nmoves: %v", seed, fault, list)
	}
}

// watch holds what the verbs say of a history to the laws.
type watch struct {
	t        *testing.T
	faults   map[string]bool // of the history as it was published last
	checked  int             // the exit code of check, before the commit
	onBranch int             // that of check --base, of the same commit on a branch
	seen     []remembered
}

// remembered is what list said on a day.
type remembered struct {
	day    time.Time
	listed string
}

// said is what a verb put out.
type said struct {
	code      int
	out, errs string
}

// verb runs the command as on a day. A fault of the program is a fault here.
func (w *watch) verb(p *player, day time.Time, args ...string) said {
	var out, errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" }, now: func() time.Time { return day.Add(2 * time.Hour) }}
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("codicil %v: %v\n%s", args, r, debug.Stack()))
		}
	}()
	code := a.run(context.Background(), append([]string{"-C", p.git.dir}, args...))
	if len(a.failures.told) > 0 {
		panic(fmt.Sprintf("codicil %v: a comparison failed: %v", args, a.failures.told))
	}
	return said{code, out.String(), errs.String()}
}

func (w *watch) before(p *player) error {
	if p.doubt && w.faults != nil { // a day that was to come may have come since: no change is to blame for that
		w.faults, _ = w.news(w.verb(p, p.day, "verify", "--json"))
	}
	s := w.verb(p, p.day, "check", "--json")
	w.checked = s.code
	if fault := exits("check", s, exitOK, exitFailure, exitFindings); fault != nil {
		return fault
	}
	return w.proposed(p)
}

// proposed asks check of the same change on a branch, held against the published
// one.
func (w *watch) proposed(p *player) error {
	if w.onBranch = exitFailure; len(p.commits) == 0 {
		return nil
	}
	p.git.point("refs/heads/topic", p.git.commit(p.git.files, p.day, "propose", p.parents()...))
	p.git.write(".git/HEAD", "ref: refs/heads/topic\n")
	defer p.git.write(".git/HEAD", "ref: refs/heads/main\n")
	s := w.verb(p, p.day, "check", "--base", "main", "--json")
	if w.onBranch = s.code; w.checked == exitOK && s.code == exitFindings {
		return fmt.Errorf("check passes, check --base does not\n%s", s.out)
	}
	return exits("check --base", s, exitOK, exitFailure, exitFindings)
}

// pins writes and returns the pins of what is published, as an editor does on the
// published branch.
func (w *watch) pins(p *player) string {
	w.verb(p, p.day, "verify", "--update")
	pins, err := os.ReadFile(filepath.Join(p.git.dir, "codicil.sum"))
	if err != nil {
		return p.main.other["codicil.sum"] // there are none where verify refuses
	}
	p.git.files = maps.Clone(p.git.files)
	p.git.files["codicil.sum"] = string(pins)
	return string(pins)
}

// exits holds an exit code to the contract: a failure says why.
func exits(verb string, s said, allowed ...int) error {
	if !slices.Contains(allowed, s.code) {
		return fmt.Errorf("%s: exit code %d\n%s%s", verb, s.code, s.out, s.errs)
	}
	if s.code == exitFailure && !strings.Contains(s.errs, "codicil: error: ") {
		return fmt.Errorf("%s fails without a word\n%s%s", verb, s.out, s.errs)
	}
	return nil
}

// after holds what was published to the laws of the gate and of memory.
func (w *watch) after(p *player) error {
	listed, verified := w.verb(p, p.day, "list", "--json"), w.verb(p, p.day, "verify", "--json")
	fault := errors.Join(exits("list", listed, exitOK, exitFailure), exits("verify", verified, exitOK, exitFailure, exitFindings), w.gate(verified))
	switch {
	case fault != nil || listed.code != exitOK && verified.code != exitOK:
		return fault
	case listed.code != exitOK:
		return fmt.Errorf("list fails, and verify does not\n%s", listed.errs)
	}
	return w.recollect(p, listed)
}

// atTheEnd holds every verb to all of the laws. What lies between is the end of
// another history.
func (w *watch) atTheEnd(p *player) error {
	listed := w.verb(p, p.day, "list", "--json")
	verified := w.verb(p, p.day, "verify", "--json")
	checked := w.verb(p, p.day, "check", "--json")
	doctor := w.verb(p, p.day, "doctor", "--json")
	site, err := os.MkdirTemp(w.t.TempDir(), "site")
	if err != nil {
		return err
	}
	defer os.RemoveAll(site)
	built := w.verb(p, p.day, "build", "-d", site)
	for _, fault := range []error{
		exits("check", checked, exitOK, exitFailure, exitFindings), exits("doctor", doctor, exitOK, exitFindings), exits("build", built, exitOK, exitFailure, exitFindings),
		w.refusals(verified, checked, doctor, built, listed),
	} {
		if fault != nil {
			return fault
		}
	}
	if listed.code != exitOK {
		if verified.code == exitOK || built.code == exitOK || checked.code == exitOK || doctor.code == exitOK {
			return fmt.Errorf("list fails, and verify says %d, build %d, check %d, doctor %d\n%s", verified.code, built.code, checked.code, doctor.code, listed.errs)
		}
		return nil
	}
	return w.agree(p, site, built.code, listed, verified)
}

// refusals: what build or verify refuses of a published history, check and doctor
// refuse too, and list warns of it.
func (w *watch) refusals(verified, checked, doctor, built, listed said) error {
	switch {
	case built.code != exitOK && verified.code == exitOK:
		return fmt.Errorf("build refuses, verify does not\n%s", built.errs)
	case verified.code != exitOK && checked.code == exitOK:
		return fmt.Errorf("verify refuses, check does not\n%s%s", verified.out, verified.errs)
	case built.code != exitOK && doctor.code == exitOK:
		return fmt.Errorf("build refuses, doctor does not\n%s", built.errs)
	case built.code != exitOK && listed.code == exitOK && !strings.Contains(listed.errs, "codicil: warning: "):
		return fmt.Errorf("build refuses, list says nothing\n%s", built.errs)
	}
	return nil
}

// gate: what verify refuses since the last commit, check refused before it. Build
// refuses nothing that verify lets pass.
func (w *watch) gate(verified said) error {
	faults, news := w.news(verified)
	w.faults = faults
	if news != "" && w.checked == exitOK {
		return fmt.Errorf("check let pass what is refused now:\n%s", news)
	}
	if news != "" && w.onBranch == exitOK {
		return fmt.Errorf("check --base let pass what is refused now:\n%s", news)
	}
	return nil
}

// news returns the faults that verify finds, and writes down those that it did
// not find before.
func (w *watch) news(verified said) (faults map[string]bool, news string) {
	var found struct {
		Findings []struct{ File, Rule, Level, Message string }
	}
	_ = json.Unmarshal([]byte(verified.out), &found) // a failure has no findings
	faults = map[string]bool{}
	for _, f := range found.Findings {
		if f.Level == "error" {
			faults[f.Rule+" "+f.File], faults[f.Rule+" "+f.Message] = true, true
			if !w.faults[f.Rule+" "+f.File] && !w.faults[f.Rule+" "+f.Message] {
				news += fmt.Sprintf("%s: %s: %s\n", f.File, f.Rule, f.Message)
			}
		}
	}
	if verified.code == exitFailure {
		faults["failure"] = true
		if !w.faults["failure"] {
			news += verified.errs
		}
	}
	return faults, news
}

// agree: list, log, show, verify and the site tell one story.
func (w *watch) agree(p *player, site string, built int, listed, verified said) error {
	var all struct{ Policies []listing.Policy }
	if err := json.Unmarshal([]byte(listed.out), &all); err != nil {
		return err
	}
	versions := 0
	for _, l := range all.Policies {
		if versions += l.Versions; l.Versions == 0 {
			return fmt.Errorf("%s is listed without a version", l.ID)
		}
		log, err := w.logOf(p, l)
		if err != nil {
			return err
		}
		if err := w.shown(p, l, log); err != nil {
			return err
		}
		if built != exitFailure {
			if err := onSite(site, l, log); err != nil {
				return err
			}
		}
	}
	var v struct{ Versions int }
	if verified.code != exitFailure {
		if err := json.Unmarshal([]byte(verified.out), &v); err != nil || v.Versions != versions {
			return fmt.Errorf("list counts %d versions, verify %d (%v)", versions, v.Versions, err)
		}
	}
	return nil
}

// logOf reads the log of a policy and holds it against what list says.
func (w *watch) logOf(p *player, l listing.Policy) ([]listing.Version, error) {
	s := w.verb(p, p.day, "log", l.ID, "--json")
	var log struct{ Versions []listing.Version }
	if err := json.Unmarshal([]byte(s.out), &log); err != nil || s.code != exitOK {
		return nil, fmt.Errorf("log %s: exit code %d, %v\n%s", l.ID, s.code, err, s.errs)
	}
	var inForce, upcoming []string
	labels := map[string]bool{}
	for i, v := range log.Versions {
		if labels[v.Label] {
			return nil, fmt.Errorf("%s has two versions %s", l.ID, v.Label)
		}
		labels[v.Label] = true
		if i > 0 && v.Published.After(log.Versions[i-1].Published) {
			return nil, fmt.Errorf("%s@%s was published after the version that follows it", l.ID, v.Label)
		}
		switch v.Status {
		case "in force":
			inForce = append(inForce, v.Label)
		case "upcoming":
			upcoming = append(upcoming, v.Label)
		}
	}
	binds := []string{}
	if l.InForce != nil {
		binds = []string{*l.InForce}
	}
	switch {
	case len(log.Versions) != l.Versions:
		return nil, fmt.Errorf("%s: list counts %d versions, log %d", l.ID, l.Versions, len(log.Versions))
	case !slices.Equal(inForce, binds):
		return nil, fmt.Errorf("%s: in force is %v by list, %v by log", l.ID, binds, inForce)
	case (l.Upcoming == nil) != (len(upcoming) == 0) || l.Upcoming != nil && !slices.Contains(upcoming, *l.Upcoming):
		return nil, fmt.Errorf("%s: upcoming is %v by log, and not by list", l.ID, upcoming)
	}
	return log.Versions, nil
}

// shown: show gives each version as log has it, with the bytes of its digest, and
// without a label the one in force.
func (w *watch) shown(p *player, l listing.Policy, log []listing.Version) error {
	for _, v := range log {
		s := w.verb(p, p.day, "show", l.ID+"@"+v.Label, "--json")
		var shown listing.Text
		if err := json.Unmarshal([]byte(s.out), &shown); err != nil || s.code != exitOK {
			return fmt.Errorf("show %s@%s: exit code %d, %v\n%s", l.ID, v.Label, s.code, err, s.errs)
		}
		if shown.Status != v.Status || shown.Effective != v.Effective || shown.Certainty != v.Certainty || shown.Commit != v.Commit || shown.SHA256 != v.SHA256 {
			return fmt.Errorf("%s@%s: show says %v %v %v %s, log %v %v %v %s", l.ID, v.Label, shown.Status, shown.Effective, shown.Certainty, shown.Commit, v.Status, v.Effective, v.Certainty, v.Commit)
		}
		if exact := w.verb(p, p.day, "show", l.ID+"@"+v.Label); hexSum(exact.out) != v.SHA256 {
			return fmt.Errorf("%s@%s: the bytes that show prints have another digest", l.ID, v.Label)
		}
	}
	s := w.verb(p, p.day, "show", l.ID, "--json")
	var shown listing.Text
	_ = json.Unmarshal([]byte(s.out), &shown) // a failure shows nothing
	if l.InForce == nil && s.code != exitFailure || l.InForce != nil && shown.Label != *l.InForce {
		return fmt.Errorf("show %s: exit code %d, %q; list says %v\n%s", l.ID, s.code, shown.Label, l.InForce, s.errs)
	}
	return nil
}

func hexSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// onSite: the site tells of each version what log does.
func onSite(site string, l listing.Policy, log []listing.Version) error {
	data, err := os.ReadFile(filepath.Join(site, "api", "v1", filepath.FromSlash(l.ID)+".json"))
	if err != nil {
		return err
	}
	var page struct {
		InForce  string `json:"in_force"`
		Versions []struct {
			listing.Version
			Silent []any `json:"silent_changes"`
		}
	}
	if err := json.Unmarshal(data, &page); err != nil {
		return err
	}
	inForce := ""
	if l.InForce != nil {
		inForce = *l.InForce
	}
	if page.InForce != inForce || len(page.Versions) != len(log) {
		return fmt.Errorf("%s: %q of %d versions is in force on the site, %q of %d by list", l.ID, page.InForce, len(page.Versions), inForce, len(log))
	}
	for i, v := range page.Versions {
		of := log[i]
		if v.Severity == "" { // the first version changes nothing
			v.Severity = of.Severity
		}
		if v.Label != of.Label || v.Status != of.Status || v.Effective != of.Effective || v.Certainty != of.Certainty || v.SHA256 != of.SHA256 || v.Severity != of.Severity || len(v.Silent) != len(of.Silent) {
			return fmt.Errorf("%s: the site says %s %s %s %s %s, log %s %s %s %s %s", l.ID, v.Label, v.Status, v.Effective, v.Certainty, v.Severity, of.Label, of.Status, of.Effective, of.Certainty, of.Severity)
		}
	}
	return nil
}
