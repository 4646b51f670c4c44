package proof_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
)

const noticeID = "rental@2.0"

var (
	begun  = time.Date(2027, 1, 5, 9, 0, 0, 0, time.UTC)
	sentAt = begun.Add(time.Minute)
	robin  = notify.Recipient{Email: "robin@example.org", Lang: "en", Name: "Robin", Line: 2}
	sasha  = notify.Recipient{Email: "sasha@example.org", Lang: "en", Name: "Sasha", Line: 3}
	text   = []byte("# Rental\n\nBikes come back by noon.\n")
)

// told is a ledger of a notice that reached Robin and not Sasha.
func told(t *testing.T) *ledger.Ledger {
	t.Helper()
	ctx := context.Background()
	l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Key: []byte("a key of the test")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	raw := []byte("From: a@example.com\r\nTo: \x00to\x00\r\nMessage-ID: <\x00id\x00@example.com>\r\nDate: \x00date\x00\r\n\r\nHello\x00text\x00.\r\n")
	n := ledger.Notice{
		ID: noticeID, Policy: "rental", Label: "2.0", Class: "service", Created: begun, Texts: []ledger.Text{{Lang: "en", Message: raw}},
		Revision: strings.Repeat("a", 40), Path: "rental.md", Digest: fmt.Sprintf("%x", sha256.Sum256(text)),
		Frozen: map[string][]byte{proof.FrozenText: text, proof.FrozenPlan: []byte("{}")},
	}
	people := func(yield func(notify.Recipient, error) bool) {
		_ = yield(robin, nil) && yield(sasha, nil)
	}
	if _, err := l.Start(ctx, n, iter.Seq2[notify.Recipient, error](people)); err != nil {
		t.Fatal(err)
	}
	due, _, err := l.Due(ctx, noticeID, sentAt, 10)
	if err != nil || len(due) != 2 {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	messages, err := proof.Messages(ctx, l, noticeID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range due {
		_, receipt, err := email.ForLanguage(messages, "en").For(d.Recipient, sentAt)
		if err != nil {
			t.Fatal(err)
		}
		a := notify.Attempt{Receipt: receipt, Time: sentAt, State: notify.Accepted, Code: 250}
		a.Reply = "250 2.0.0 queued"
		if d.Recipient.Email == sasha.Email {
			a.State, a.Code, a.Reply = notify.Refused, 550, "550 5.1.1 no such user"
		}
		if err := l.Mark(ctx, noticeID, d, a, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func proven(t *testing.T, l *ledger.Ledger) *ledger.Proof {
	t.Helper()
	p, err := l.Proof(context.Background(), noticeID, true)
	if err != nil || p == nil {
		t.Fatalf("no proof: %v", err)
	}
	return p
}

func TestASummaryCountsAndNamesNobody(t *testing.T) {
	t.Parallel()
	p := proven(t, told(t))
	s := proof.NewSummary(p, proof.Extent{})
	if s.Counts.Accepted != 1 || s.Counts.Refused != 1 || s.Attempts != 2 || s.Started != "2027-01-05T09:00:00Z" || s.First != "2027-01-05T09:01:00Z" {
		t.Errorf("%+v", s)
	}
	if len(s.Reasons) != 1 || s.Reasons[0].Count != 1 || s.Chain == nil || s.Chain.Head != p.Chain.Head {
		t.Errorf("reasons %+v, chain %+v", s.Reasons, s.Chain)
	}
	whole, err := json.Marshal(s)
	if err != nil || bytes.Contains(whole, []byte("@example.org")) {
		t.Errorf("the summary holds an address, or nothing: %v\n%s", err, whole)
	}
}

func TestOnePersonsRecordHoldsTheirAttempts(t *testing.T) {
	t.Parallel()
	l := told(t)
	p := &policy.Policy{ID: "rental", Versions: []*policy.Version{{Label: "3.0"}, {Label: "2.0"}}}
	records, err := proof.RecordsOf(context.Background(), l, p, sasha.Email)
	if err != nil || len(records) != 1 {
		t.Fatalf("%+v, %v", records, err)
	}
	r := records[0]
	if r.Notice != noticeID || r.State != notify.Refused || len(r.Attempts) != 1 || r.Attempts[0].At != "2027-01-05T09:01:00Z" || !strings.Contains(r.Attempts[0].Reply, "5.1.1") {
		t.Errorf("%+v", r)
	}
	if others, err := proof.RecordsOf(context.Background(), l, p, "nobody@example.org"); err != nil || len(others) != 0 {
		t.Errorf("of a stranger: %+v, %v", others, err)
	}
}

func TestAMessageIsMadeAgainAsItWasSentOrNotAtAll(t *testing.T) {
	t.Parallel()
	l := told(t)
	ctx := context.Background()
	r, err := l.Record(ctx, noticeID, robin.Email)
	if err != nil {
		t.Fatal(err)
	}
	eml, digest, err := proof.AsSent(ctx, l, noticeID, robin, r)
	if err != nil || fmt.Sprintf("%x", sha256.Sum256(eml)) != digest || digest != r.Attempts[0].SHA256 || !bytes.Contains(eml, []byte("Robin")) {
		t.Errorf("made again: %v, digest %s\n%s", err, digest, eml)
	}
	stranger := robin
	stranger.Name = "Another"
	if _, _, err := proof.AsSent(ctx, l, noticeID, stranger, r); !errors.Is(err, proof.ErrNotAsSent) {
		t.Errorf("with another name: %v", err)
	}
}

// unpacked reads the files of a bundle.
func unpacked(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func TestABundleIsCompleteAndCanBeChecked(t *testing.T) {
	t.Parallel()
	l := told(t)
	p := proven(t, l)
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		if err := proof.WriteBundle(context.Background(), b, l, p, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same ledger gives two bundles")
	}
	files := unpacked(t, one.Bytes())
	if files[proof.FrozenText] != string(text) {
		t.Errorf("the text is %q", files[proof.FrozenText])
	}
	listed := 0
	for line := range strings.Lines(files["SHA256SUMS"]) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if fmt.Sprintf("%x", sha256.Sum256([]byte(files[name]))) != digest {
			t.Errorf("%s does not have the digest that SHA256SUMS names", name)
		}
		listed++
	}
	if listed != len(files)-1 {
		t.Errorf("%d of %d files are listed", listed, len(files)-1)
	}
	for name, content := range files {
		if strings.Contains(content, "@example.org") {
			t.Errorf("%s holds an address", name)
		}
	}
}

func TestABundleOfAnotherTextIsNotMade(t *testing.T) {
	t.Parallel()
	l := told(t)
	p := proven(t, l)
	p.Notice.Digest = strings.Repeat("0", 64)
	if err := proof.WriteBundle(context.Background(), io.Discard, l, p, nil); !errors.Is(err, proof.ErrDisagree) {
		t.Errorf("the parts disagree, and: %v", err)
	}
}

func TestOnlyWhatAPersonSawIsProvenToBind(t *testing.T) {
	t.Parallel()
	day := func(s string) policy.Date {
		d, err := policy.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	p := &policy.Policy{ID: "rental", Versions: []*policy.Version{
		{Label: "3.0", SHA256: "c", Effective: day("2027-03-01"), Published: begun},
		{Label: "2.0", SHA256: "b", Effective: day("2027-02-01"), Published: begun},
		{Label: "1.0", SHA256: "a", Effective: day("2027-01-01"), Published: begun},
		{Label: "0.9", SHA256: "z", Effective: day("2026-01-01"), Published: begun, Front: policy.FrontMatter{Draft: true}},
	}}
	saw := func(label, digest, at string) notify.Acknowledgement {
		return notify.Acknowledgement{Label: label, Digest: digest, Time: day(at).Time().Add(time.Hour)}
	}
	for name, c := range map[string]struct {
		on   string
		list []notify.Acknowledgement
		want string
	}{
		"nothing was shown":                {"2027-02-10", nil, proof.NoneProven},
		"the text in force was shown":      {"2027-02-10", []notify.Acknowledgement{saw("2.0", "b", "2027-01-20")}, "2.0"},
		"only an older one was":            {"2027-02-10", []notify.Acknowledgement{saw("1.0", "a", "2027-01-02")}, "1.0"},
		"one that is to come was":          {"2027-02-10", []notify.Acknowledgement{saw("3.0", "c", "2027-02-01")}, proof.NoneProven},
		"it was shown later than the day":  {"2027-02-10", []notify.Acknowledgement{saw("2.0", "b", "2027-02-11")}, proof.NoneProven},
		"it was shown on the day":          {"2027-02-10", []notify.Acknowledgement{saw("2.0", "b", "2027-02-10")}, "2.0"},
		"it takes effect on the day":       {"2027-03-01", []notify.Acknowledgement{saw("3.0", "c", "2027-02-11")}, "3.0"},
		"another text was shown":           {"2027-02-10", []notify.Acknowledgement{saw("2.0", "x", "2027-01-20")}, proof.NoneProven},
		"a draft was shown":                {"2027-02-10", []notify.Acknowledgement{saw("0.9", "z", "2026-02-01")}, proof.NoneProven},
		"the newest of two that were seen": {"2027-03-10", []notify.Acknowledgement{saw("1.0", "a", "2027-01-02"), saw("3.0", "c", "2027-03-02")}, "3.0"},
	} {
		if got := proof.NewSubject(p, c.list, day(c.on)).Bound; got != c.want {
			t.Errorf("%s: bound by %s, want %s", name, got, c.want)
		}
	}
	s := proof.NewSubject(p, []notify.Acknowledgement{saw("1.0", "a", "2027-01-02")}, day("2027-02-10"))
	want := []proof.Acknowledged{{Version: "1.0", SHA256: "a", At: "2027-01-02T01:00:00Z"}}
	if diff := cmp.Diff(want, s.Acknowledged); diff != "" || s.InForce != "2.0" {
		t.Errorf("in force %s (-want +got):\n%s", s.InForce, diff)
	}
}

func TestAMomentIsWrittenToTheSecondInUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 1, 5, 10, 0, 0, 999, time.FixedZone("", 3600))
	if got := proof.Moment(at); got != "2027-01-05T09:00:00Z" {
		t.Errorf("written %s", got)
	}
	if got := proof.Moment(time.Time{}); got != "" {
		t.Errorf("no moment is written %q", got)
	}
}

// TestALineOfTheBundleIsTheJSONOfTheAttempt holds what is written by hand against
// the package json, whatever servers say.
func TestALineOfTheBundleIsTheJSONOfTheAttempt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("a \"\\<>&é\u2028\u0001\t漢"), unicode.L, unicode.P))
		a := ledger.Attempt{
			Seq: rapid.Int64().Draw(rt, "seq"), Notice: text.Draw(rt, "notice"), Recipient: rapid.SliceOf(rapid.Byte()).Draw(rt, "recipient"), Hash: []byte{1, 2},
			Attempt: notify.Attempt{
				Time: sentAt, State: notify.Refused, Stage: notify.Stage(text.Draw(rt, "stage")), Code: rapid.Int().Draw(rt, "code"), Enhanced: "5.1.1",
				Receipt: notify.Receipt{Reply: text.Draw(rt, "reply"), MessageID: text.Draw(rt, "id"), SHA256: "ab"},
			},
		}
		got, want := proof.Line([]byte{9}, &a)
		if string(got) != string(want) {
			rt.Errorf("%s\nis not\n%s", got, want)
		}
	})
}
