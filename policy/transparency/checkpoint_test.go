package transparency

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"
)

// someone makes keys for a name, always the same.
func someone(t testing.TB, name string) (secret string, public *Key) {
	t.Helper()
	seed := sha256.Sum256([]byte(name))
	secret, text, err := NewKey(bytes.NewReader(seed[:]), strings.TrimSuffix(name, "'"))
	if err != nil {
		t.Fatal(err)
	}
	if public, err = ParseKey(text); err != nil {
		t.Fatal(err)
	}
	return secret, public
}

// aWitness returns a public key and what cosigns a body at a time.
func aWitness(t testing.TB, name string) (*Key, func(body string, at time.Time) string) {
	t.Helper()
	seed := sha256.Sum256([]byte(name))
	private := ed25519.NewKeyFromSeed(seed[:])
	raw := append([]byte{4}, private.Public().(ed25519.PublicKey)...)
	id := sha256.Sum256(append([]byte(name+"\n"), raw...))
	key, err := ParseWitness(fmt.Sprintf("%s+%x+%s", name, id[:4], base64.StdEncoding.EncodeToString(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return key, func(body string, at time.Time) string {
		line := binary.BigEndian.AppendUint64(id[:4:4], uint64(at.Unix()))
		line = append(line, ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at.Unix(), body))...)
		return fmt.Sprintf("— %s %s\n", name, base64.StdEncoding.EncodeToString(line))
	}
}

func someCheckpoint(t testing.TB, origin string, entries int) *Checkpoint {
	t.Helper()
	l := someLog(t, someEntries(entries))
	c, err := NewCheckpoint(origin, l, l.Size())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACheckpointIsSignedByItsOwnKeyAlone(t *testing.T) {
	secret, public := someone(t, "legal.example/log")
	_, sameName := someone(t, "legal.example/log'")
	c := someCheckpoint(t, "legal.example/log", 5)
	signed, err := c.Sign(secret)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := c.Sign(secret)
	if !bytes.Equal(signed, again) {
		t.Error("the same key signs the same checkpoint with other bytes")
	}
	for name, test := range map[string]struct {
		note  []byte
		key   *Key
		want  bool
		fault string
	}{
		"by the key":                 {signed, public, true, ""},
		"nobody asks for a key":      {signed, nil, false, ""},
		"by another key of the name": {signed, sameName, false, ""},
		"not at all":                 {c.Note, public, false, ""},
		"without the blank line":     {[]byte(c.Body), public, false, ""},
		"another size":               {bytes.Replace(signed, []byte("\n5\n"), []byte("\n6\n"), 1), public, false, "is not over this checkpoint"},
		"a size with a zero":         {bytes.Replace(signed, []byte("\n5\n"), []byte("\n05\n"), 1), nil, false, "no size"},
		"a root cut off":             {bytes.Replace(signed, []byte(c.Root.String()), []byte("AAAA"), 1), nil, false, "no root"},
		"nothing":                    {nil, public, false, "begins with the name"},
		"too much":                   {bytes.Repeat([]byte("a"), MaxCheckpoint+1), public, false, "longer than"},
	} {
		got, err := ParseCheckpoint(test.note, Keys{Log: test.key})
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%s: error %v, want %q", name, err, test.fault)
			}
			continue
		}
		if err != nil || got.Signed != test.want || got.Size != 5 || got.Root != c.Root {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestAKeySignsForItsOwnLogAlone(t *testing.T) {
	secret, public := someone(t, "other.example/log")
	signed, err := someCheckpoint(t, "legal.example/log", 2).Sign(secret)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCheckpoint(signed, Keys{Log: public})
	if err != nil || c.Signed || len(c.Others) != 1 || !strings.HasPrefix(c.Others[0], "other.example/log+") {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestWitnessesAreHeardByTheirTimeAndBody(t *testing.T) {
	secret, public := someone(t, "legal.example/log")
	key, cosign := aWitness(t, "witness.example/w1")
	_, stranger := aWitness(t, "stranger.example")
	c := someCheckpoint(t, "legal.example/log", 3)
	signed, _ := c.Sign(secret)
	at := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	keys := Keys{Log: public, Witnesses: []*Key{key}}

	got, err := ParseCheckpoint(append(bytes.Clone(signed), cosign(c.Body, at)+stranger(c.Body, at)...), keys)
	if err != nil || !got.Signed || len(got.Cosigned) != 1 || got.Cosigned[0] != (Cosignature{"witness.example/w1", at}) {
		t.Fatalf("%+v, %v", got, err)
	}
	if len(got.Others) != 1 || !strings.HasPrefix(got.Others[0], "stranger.example+") {
		t.Errorf("a stranger counts as %v", got.Others)
	}
	other := someCheckpoint(t, "legal.example/log", 4)
	if _, err := ParseCheckpoint(append(bytes.Clone(signed), cosign(other.Body, at)...), keys); err == nil {
		t.Error("the cosignature of another checkpoint is taken")
	}
}

func TestKeysSayWhatTheyAre(t *testing.T) {
	secret, public := someone(t, "legal.example/log")
	w, _ := aWitness(t, "witness.example")
	if got, err := PublicOf(" " + secret + "\n"); err != nil || got.String() != public.String() {
		t.Errorf("the public key of a secret one is %v, %v", got, err)
	}
	for name, err := range map[string]error{
		"a witness for a log":  second(ParseKey(w.String())),
		"a log for a witness":  second(ParseWitness(public.String())),
		"another name":         second(ParseWitness("x" + w.String())),
		"no key":               second(ParseKey("legal.example")),
		"a public key to sign": second(PublicOf(public.String())),
		"an empty one to sign": second(PublicOf("")),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := PublicOf(secret[:len(secret)-4]); err == nil || strings.Contains(err.Error(), secret[20:30]) {
		t.Errorf("a secret key is quoted, or taken: %v", err)
	}
	for _, name := range []string{"", "two words", "a+b"} {
		if _, _, err := NewKey(bytes.NewReader(make([]byte, 64)), name); err == nil {
			t.Errorf("%q names a log", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestAProofStandsByItself(t *testing.T) {
	secret, public := someone(t, "legal.example/log")
	l := someLog(t, someEntries(300))
	c, _ := NewCheckpoint("legal.example/log", l, 290)
	signed, _ := c.Sign(secret)
	c, err := ParseCheckpoint(signed, Keys{Log: public})
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.Prove(17, c)
	if err != nil {
		t.Fatal(err)
	}
	text := p.Text()
	got, err := ParseProof(text, Keys{Log: public})
	if err != nil || !IsProof(text) || got.Entry != l.Entry(17) || got.Index != 17 || !got.Checkpoint.Signed {
		t.Fatalf("%+v, %v", got, err)
	}
	extra := base64.StdEncoding.EncodeToString([]byte(p.Entry))
	if !strings.HasSuffix(extra, "A==") {
		t.Fatalf("%s has one spelling alone", extra)
	}
	for name, forged := range map[string][]byte{
		"another index":  bytes.Replace(text, []byte("index 17\n"), []byte("index 18\n"), 1),
		"another entry":  bytes.Replace(text, []byte("extra "), []byte("extra AAAA"), 1),
		"a hash less":    bytes.Replace(text, []byte(p.Path[0].String()+"\n"), nil, 1),
		"no checkpoint":  bytes.Split(text, []byte("\n\n"))[0],
		"other spelling": bytes.Replace(text, []byte(extra), []byte(strings.Replace(extra, "A==", "B==", 1)), 1),
		"no entry":       bytes.Replace(text, []byte("extra "), []byte("other "), 1),
	} {
		if _, err := ParseProof(forged, Keys{Log: public}); err == nil {
			t.Errorf("a proof with %s is taken", name)
		}
	}
	if _, err := l.Prove(295, c); err == nil {
		t.Error("an entry behind the checkpoint is proved")
	}
}

// FuzzCheckpoint: no bytes make the readers of checkpoints, proofs, keys and
// timestamps fail otherwise than by an error, and what is read can be written.
func FuzzCheckpoint(f *testing.F) {
	secret, public := someone(f, "legal.example/log")
	key, cosign := aWitness(f, "witness.example/w1")
	l := someLog(f, someEntries(9))
	c, _ := NewCheckpoint("legal.example/log", l, 9)
	signed, _ := c.Sign(secret)
	signed = append(signed, cosign(c.Body, time.Unix(1e9, 0))...)
	c, _ = ParseCheckpoint(signed, Keys{Log: public})
	p, _ := l.Prove(3, c)
	for _, seed := range [][]byte{signed, []byte(c.Body), p.Text(), []byte(public.String()), []byte(key.String()), {0x30, 0x80}, {0x30, 0x84, 0xff, 0xff, 0xff, 0xff}} {
		f.Add(seed)
	}
	keys := Keys{Log: public, Witnesses: []*Key{key}}
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := ParseCheckpoint(data, keys); err == nil {
			if again, err := ParseCheckpoint(c.Note, keys); err != nil || again.Size != c.Size || again.Root != c.Root || c.Size < 0 {
				t.Errorf("read %+v, and again %+v: %v", c, again, err)
			}
		}
		if p, err := ParseProof(data, keys); err == nil {
			if _, err := ParseProof(p.Text(), keys); err != nil {
				t.Errorf("a proof that was read and written is none: %v", err)
			}
		}
		_, _ = ParseKey(string(data))
		_, _ = ParseWitness(string(data))
		_, _ = PublicOf(string(data))
		if _, err := c.ReadTimestamp(data, nil); err == nil {
			t.Error("a timestamp that no authority made is taken")
		}
	})
}
