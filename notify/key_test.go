package notify

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTokensNameTheirRecipientAndNothingElse(t *testing.T) {
	key := Key("a key for tests only")
	rapid.Check(t, func(t *rapid.T) {
		recipient := key.Recipient(rapid.String().Draw(t, "address"))
		token := key.Token(ReturnPath, "privacy@2.0", recipient)
		if len(token) != 42 || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			t.Fatalf("the token is %q", token)
		}
		if got, ours := key.ReadToken(ReturnPath, "privacy@2.0", strings.ToUpper(token)); !ours || !bytes.Equal(got, recipient) {
			t.Fatalf("it reads as %x, %v", got, ours)
		}
		at := rapid.IntRange(0, len(token)-2).Draw(t, "at") // the last letter has spare bits
		forged := []byte(token)
		forged[at] = 'a' + (forged[at]+1)%26
		for name, read := range map[string]func() ([]byte, bool){
			"another purpose": func() ([]byte, bool) { return key.ReadToken(Unsubscribe, "privacy@2.0", token) },
			"another notice":  func() ([]byte, bool) { return key.ReadToken(ReturnPath, "privacy@3.0", token) },
			"another key":     func() ([]byte, bool) { return Key("other").ReadToken(ReturnPath, "privacy@2.0", token) },
			"a changed token": func() ([]byte, bool) { return key.ReadToken(ReturnPath, "privacy@2.0", string(forged)) },
			"a cut token":     func() ([]byte, bool) { return key.ReadToken(ReturnPath, "privacy@2.0", token[:20]) },
		} {
			if _, ours := read(); ours && string(forged) != token {
				t.Fatalf("%s is taken for ours", name)
			}
		}
	})
}

func TestNamesDoNotDependOnCapitals(t *testing.T) {
	key := Key("a key for tests only")
	if !bytes.Equal(key.Recipient("Anna@example.org"), key.Recipient("anna@EXAMPLE.org")) || len(key.Recipient("")) != 16 {
		t.Error("capitals make another recipient")
	}
	if key.MessageID("privacy@2.0", "Anna@example.org") != key.MessageID("privacy@2.0", "anna@example.org") {
		t.Error("capitals make another Message-ID")
	}
	if bytes.Equal(key.Check(), Key("other").Check()) {
		t.Error("two keys look the same")
	}
}

func TestSeenAddressesAreFound(t *testing.T) {
	var s seen
	rapid.Check(t, func(t *rapid.T) {
		s = seen{}
		lines := map[string]int{}
		for i, address := range rapid.SliceOf(rapid.StringMatching(`[a-c]{1,3}@[ab]`)).Draw(t, "addresses") {
			if before := s.add(address, i+1); before != lines[address] {
				t.Fatalf("%q stood in line %d, found %d", address, lines[address], before)
			}
			if lines[address] == 0 {
				lines[address] = i + 1
			}
		}
	})
}

// No name of a key serves for another purpose, and each is the same every time.
func TestEachPurposeHasItsOwnNames(t *testing.T) {
	key := Key("a key for tests only")
	names := func() [][]byte {
		return [][]byte{key.Recipient("x"), key.Subject("x"), key.Derive("x")[:16], key.Seal([]byte("x"))[:16], key.Check()[:16], Key("other").Subject("x")}
	}
	for i, name := range names() {
		for j, other := range names() {
			if bytes.Equal(name, other) != (i == j) || len(name) != 16 {
				t.Errorf("names %d and %d are %x and %x", i, j, name, other)
			}
		}
	}
}
