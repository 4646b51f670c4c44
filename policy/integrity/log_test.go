package integrity

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/transparency"
)

// signed signs a checkpoint over the first entries of a log, and returns its bytes and
// the public key.
func signed(t *testing.T, pins []Pin, size int64) (note []byte, keys transparency.Keys) {
	t.Helper()
	secret, public, err := transparency.NewKey(rand.Reader, "legal.example/log")
	if err != nil {
		t.Fatal(err)
	}
	l, err := LogOf(pins)
	if err != nil {
		t.Fatal(err)
	}
	cp, err := transparency.NewCheckpoint("legal.example/log", l, size)
	if err != nil {
		t.Fatal(err)
	}
	if note, err = cp.Sign(secret); err != nil {
		t.Fatal(err)
	}
	if keys.Log, err = transparency.ParseKey(public); err != nil {
		t.Fatal(err)
	}
	return note, keys
}

func TestTheLogIsReadWithWhatVouchesForIt(t *testing.T) {
	t.Parallel()
	pins := somePins(4)
	note, keys := signed(t, pins, 3)
	_, others := signed(t, pins, 3)
	rewritten := append([]Pin{}, pins...)
	rewritten[1].SHA256 = strings.Repeat("e", 64)
	for name, c := range map[string]struct {
		pins        []Pin
		note, stamp string
		keys        transparency.Keys
		want        string // rules of what is found
		size        int64  // of the checkpoint; 0 where none is kept
	}{
		"no checkpoint":        {pins, "", "", keys, "", 0},
		"signed":               {pins, string(note), "", keys, "", 3},
		"with no key to check": {pins, string(note), "", transparency.Keys{}, "", 3},
		"of another key":       {pins, string(note), "", others, "log-key", 0},
		"no checkpoint at all": {pins, "hello\n", "", keys, "log-form", 0},
		"of other entries":     {rewritten, string(note), "", keys, "log-rewritten", 0},
		"of more entries":      {pins[:2], string(note), "", keys, "log-rewritten", 0},
		"a stamp that is none": {pins, string(note), "stamp", keys, "log-timestamp", 3},
		"a stamp of nothing":   {pins, "", "stamp", keys, "", 0},
	} {
		check := &Checker{Pins: c.pins, File: "legal/" + SumName}
		l, found, err := check.ReadLog([]byte(c.note), []byte(c.stamp), nil, c.keys)
		if err != nil {
			t.Fatal(err)
		}
		size := int64(0)
		if l.Checkpoint != nil {
			size = l.Checkpoint.Size
		}
		if got := strings.Join(rules(found), " "); got != c.want || size != c.size || l.Timestamp != nil || l.Response != nil {
			t.Errorf("%s: %q, a checkpoint of %d", name, got, size)
		}
		for _, d := range found {
			if !strings.HasPrefix(d.File, "legal/") || (d.Level == policy.Warning) != (c.want == "log-timestamp") {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
}

func TestTheCheckpointThatIsShownCoversWhatItSays(t *testing.T) {
	t.Parallel()
	pins := somePins(4)
	tree, err := LogOf(pins)
	if err != nil {
		t.Fatal(err)
	}
	note, keys := signed(t, pins, 3)
	cp, err := transparency.ParseCheckpoint(note, keys)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := (&Log{Tree: tree, Checkpoint: cp}).Shown("x"); got != cp || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := (&Log{Tree: tree}).Shown("x/log"); err != nil || got.Size != 4 || got.Origin != "x/log" {
		t.Errorf("%+v, %v", got, err)
	}
}

// What a verification has proved is said against the strongest that it holds against,
// and never more.
func TestWhatAVerificationProves(t *testing.T) {
	t.Parallel()
	const accident, key, everybody = "Against accident and a half-done rewriting only", "Against whoever does not have the key", "Against everybody, the owner of repository, site and key too"
	pins := somePins(4)
	tree, _ := LogOf(pins)
	empty, _ := LogOf(nil)
	note, keys := signed(t, pins, 3)
	partly, _ := transparency.ParseCheckpoint(note, keys)
	unchecked, _ := transparency.ParseCheckpoint(note, transparency.Keys{})
	note, keys = signed(t, pins, 4)
	whole, _ := transparency.ParseCheckpoint(note, keys)
	witnessed := *whole
	witnessed.Cosigned = append(witnessed.Cosigned, transparency.Cosignature{Name: "w.example"})
	for name, c := range map[string]struct {
		log  Log
		kept []Kept
		want []string
		not  string
	}{
		"nothing pinned":    {Log{Tree: empty}, nil, []string{"as nothing is pinned"}, "Against"},
		"nothing signed":    {Log{Tree: tree}, nil, []string{"the 4 versions of codicil.sum", "No checkpoint of it is signed.", accident}, key},
		"signed, unchecked": {Log{Tree: tree, Checkpoint: unchecked}, nil, []string{"covers the first 3, but by which key", accident}, key},
		"signed in part":    {Log{Tree: tree, Checkpoint: partly}, nil, []string{"has signed the first 3.", key}, everybody},
		"signed as a whole": {Log{Tree: tree, Checkpoint: whole}, nil, []string{"has signed all of them.", key}, everybody},
		"witnessed":         {Log{Tree: tree, Checkpoint: &witnessed}, nil, []string{"w.example saw the log grow", "Against everybody who cannot also speak for the witnesses"}, key},
		"kept":              {Log{Tree: tree, Checkpoint: whole}, []Kept{{Entries: []string{"a"}}}, []string{everybody, "the first 1 entry of the log"}, key},
		"kept, as it was":   {Log{Tree: tree}, []Kept{{Checkpoint: partly}, {Entries: []string{"a"}}}, []string{everybody, "the first 3 entries of the log"}, accident},
	} {
		got := Statement(&c.log, c.kept)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q: %s", name, want, got)
			}
		}
		if strings.Contains(got, c.not) {
			t.Errorf("%s says %q: %s", name, c.not, got)
		}
	}
	if s := NewSummary(&Log{Tree: tree, Checkpoint: &witnessed}, "x", "yes"); s.Origin != "legal.example/log" || s.Size != 4 || s.Signed != 4 || len(s.Cosigned) != 1 || s.Root == "" || s.Timestamp != "" || s.Statement != "yes" {
		t.Errorf("%+v", s)
	}
	if s := NewSummary(&Log{Tree: tree, Checkpoint: unchecked}, "x", ""); s.Signed != 0 {
		t.Errorf("what was not checked is signed: %+v", s)
	}
	if s := NewSummary(&Log{Tree: tree}, "x", ""); s.Origin != "x" || s.Signed != 0 || s.Cosigned == nil {
		t.Errorf("%+v", s)
	}
}

func TestWhatWasKeptIsReadWhateverItIs(t *testing.T) {
	t.Parallel()
	pins := somePins(3)
	note, keys := signed(t, pins, 2)
	tree, _ := LogOf(pins)
	cp, _ := transparency.ParseCheckpoint(note, keys)
	proof, err := tree.Prove(1, cp)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text                string
		checkpoint, isProof bool
		entries             int
	}{
		"a checkpoint": {string(note), true, false, 0},
		"a proof":      {string(proof.Text()), true, true, 0},
		"the lines":    {string(AppendSum(nil, pins)), false, false, 3},
	} {
		k, err := ReadKept("kept", []byte(c.text), keys)
		if err != nil || (k.Checkpoint != nil) != c.checkpoint || (k.Proof != nil) != c.isProof || len(k.Entries) != c.entries || k.Name != "kept" {
			t.Errorf("%s: %+v, %v", name, k, err)
		}
	}
	for _, bad := range []string{"", "hello\n", "# nothing pinned\n"} {
		if _, err := ReadKept("kept", []byte(bad), keys); err == nil || !strings.Contains(err.Error(), "no checkpoint, no proof and no codicil.sum") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	check := checkerOf(t, pins)
	rewritten := append([]Pin{}, pins...)
	rewritten[1].SHA256 = strings.Repeat("e", 64)
	k, _ := ReadKept("kept", proof.Text(), keys)
	if found, err := check.Holds([]Kept{k}, keys); len(found) > 0 || err != nil {
		t.Errorf("a proof that holds: %v, %v", rules(found), err)
	}
	if found, err := checkerOf(t, rewritten).Holds([]Kept{k}, keys); strings.Join(rules(found), " ") != "log-entry-changed" || !strings.Contains(found[0].Message, "rules@1") || err != nil {
		t.Errorf("a proof of what was rewritten: %v, %v", rules(found), err)
	}
	_, others := signed(t, pins, 2)
	if found, err := check.Holds([]Kept{k}, others); err != nil || k.Checkpoint.Signed && len(found) > 0 {
		t.Errorf("%v, %v", rules(found), err)
	}
}

func TestEveryCheckpointThatWasCommittedHolds(t *testing.T) {
	t.Parallel()
	pins := somePins(3)
	note, _ := signed(t, pins, 3)
	for name, c := range map[string]struct {
		now  []Pin
		head string
		want string
	}{
		"as it was":  {pins, "a", ""},
		"shorter":    {pins[:2], "a", "log-rewritten"},
		"no history": {pins[:2], "", ""},
	} {
		check := checkerOf(t, c.now)
		check.Head, check.Repository = c.head, shelf{checkpoints: []string{string(note), "broken\n"}}
		found, err := check.Committed()
		if got := strings.Join(rules(found), " "); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestWhatIsNotPinnedYetAndWhatIsNotShown(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	all := PinsOf([]*policy.Policy{p})
	if got := Missing(all[:1], []*policy.Policy{p}); len(got) != 1 || got[0].Ref != "rental@2.0" {
		t.Errorf("missing %v", got)
	}
	check := checker(p, s)
	p.Versions = p.Versions[:1]
	if got := strings.Join(check.Lacked(), " "); got != "rental@1.0" {
		t.Errorf("lacked %s", got)
	}
	check.Pins = somePins(12)
	if got := check.Lacked(); len(got) != 10 {
		t.Errorf("%d are named", len(got))
	}
}

// A line that changed is told, and one that is put on record is a warning; a line that
// is gone stays a fault.
func TestALineIsAsItWasWritten(t *testing.T) {
	t.Parallel()
	p, s := two(t)
	check := checker(p, s)
	line := check.Pins[0]
	record := func(string) string { return "a slip (Ann)" }
	changed, older := line, line
	changed.SHA256 = digest("other")
	older.Announced = ""
	for name, c := range map[string]struct {
		was, is  Pin
		gone     bool
		onRecord func(string) string
		want     string
	}{
		"the same":              {line, line, false, nil, ""},
		"of before the log":     {older, line, false, nil, ""},
		"the day taken out":     {line, older, false, nil, "pin-changed:error"},
		"another text":          {line, changed, false, nil, "pin-changed:error"},
		"another, on record":    {line, changed, false, record, "pin-changed:warning"},
		"another, not recorded": {line, changed, false, func(string) string { return "" }, "pin-changed:error"},
		"taken out":             {line, line, true, record, "pin-removed:error"},
	} {
		check.OnRecord = c.onRecord
		now := map[string]Pin{c.is.Ref: c.is}
		if c.gone {
			now = nil
		}
		got := ""
		if d := check.kept(c.was, now); d != nil {
			got = d.Rule + ":" + string(d.Level)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A line of a file that lay elsewhere counts where it is of one of these policies,
// under the name of now or one that it had.
func TestALineThatLayElsewhereStays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(p *policy.Policy, line *Pin)
		want   string
	}{
		"of this policy":           {func(*policy.Policy, *Pin) {}, "pin-removed"},
		"under a name it had":      {func(p *policy.Policy, _ *Pin) { p.ID, p.Aliases = "hire", []string{"rental"} }, "pin-removed"},
		"of another of that name":  {func(p *policy.Policy, _ *Pin) { p.ID = "hire" }, ""},
		"of a text that is no one": {func(_ *policy.Policy, line *Pin) { line.SHA256 = digest("strange") }, ""},
	} {
		p, s := two(t)
		line := PinsOf([]*policy.Policy{p})[0]
		c.change(p, &line)
		s.elsewhere = map[string]string{"old/" + SumName: string(AppendSum(nil, []Pin{line}))}
		check := &Checker{Repository: s, Policies: []*policy.Policy{p}, Head: "a", File: SumName}
		found, err := check.Removed()
		if got := strings.Join(rules(found), " "); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestWhyATextDiffersIsSaid(t *testing.T) {
	t.Parallel()
	p, _ := two(t)
	v, other := p.Versions[0], strings.Repeat("c", 40)
	for want, c := range map[string]pinned{
		"so this line was":               {Pin: Pin{Commit: v.Commit}, version: v, policy: p},
		"commit cccccccccccc is gone":    {Pin: Pin{Commit: other}, version: v, policy: p, gone: true},
		"its tag moved from":             {Pin: Pin{Commit: other}, version: v, policy: &policy.Policy{Starts: policy.StartTag}},
		"this change would alter it":     {Pin: Pin{Commit: other}, version: &policy.Version{Commit: policy.NoCommit}, policy: p},
		"commit bbbbbbbbbbbb changed it": {Pin: Pin{Commit: other}, version: v, policy: p},
	} {
		if got := c.changedText().Message; !strings.HasSuffix(got, want) && !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for want, c := range map[string]pinned{
		"no longer in the history":                          {Pin: Pin{Ref: "rental@3.0"}},
		"it was rewritten, and commit cccccccccccc is gone": {Pin: Pin{Commit: other}, gone: true},
		"its text is called rental@2.0 now":                 {Pin: Pin{SHA256: v.SHA256}, policy: p},
	} {
		if got := c.missing().Message; !strings.HasSuffix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestEntriesAreNamedByTheLast(t *testing.T) {
	t.Parallel()
	l, _ := LogOf(somePins(7))
	for size, want := range map[int64]string{0: "none", 1: "rules@0", 5: "rules@0, rules@1, rules@2, rules@3, rules@4", 7: "2 others, rules@2, rules@3, rules@4, rules@5, rules@6"} {
		if got := named(l, size); got != want {
			t.Errorf("%d: %s", size, got)
		}
	}
	if got := columnsChanged("a b c", "a x"); got != "its text (sha256) was b and is x; its effective date was c and is nothing" {
		t.Error(got)
	}
}
