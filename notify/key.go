package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// Key makes the names that stand for people where their addresses must not:
// nobody can make or test one without it. They are HMAC-SHA256 (RFC 2104), and
// capital letters in an address make no difference.
type Key []byte

// The purposes of a token.
const (
	ReturnPath  = "return path" // of one notice to one recipient
	Unsubscribe = "unsubscribe" // from the notices of one policy
	Preferences = "preferences" // of one follower
	Decline     = "decline"     // one version, by one who is bound by it
)

// Recipient returns the name by which ledgers know an address: 128 bits.
func (k Key) Recipient(address string) []byte {
	return k.sum("recipient", strings.ToLower(address))[:16]
}

// Subject returns the name by which ledgers know a person whom only the
// operator's own server can name: 128 bits.
func (k Key) Subject(name string) []byte { return k.sum("subject", name)[:16] }

// Derive returns a key for another purpose: who learns it cannot find this one.
func (k Key) Derive(purpose string) []byte { return k.sum("derive", purpose) }

// MessageID returns the left side of the Message-ID of a notice to an address.
// It is the same at every attempt, so that a second copy can be recognised.
func (k Key) MessageID(notice, address string) string {
	return hex.EncodeToString(k.sum("message", notice, strings.ToLower(address))[:20])
}

// Check returns a value by which a ledger knows its key again.
func (k Key) Check() []byte { return k.sum("key check") }

// tokens are written in letters and digits that survive a change of case, as
// mail servers make to the left side of an address.
var tokens = base32.StdEncoding.WithPadding(base32.NoPadding)

// Token returns a word that names a recipient for one purpose, concerning one
// notice or policy: the name of the recipient and 80 bits that prove that it
// is ours. It has 42 letters and digits.
func (k Key) Token(purpose, of string, recipient []byte) string {
	proof := k.sum(purpose, of, string(recipient))[:10]
	return strings.ToLower(tokens.EncodeToString(append(append([]byte{}, recipient...), proof...)))
}

// ReadToken returns the recipient that a token names. It reports false for a
// word that Token did not make for the same purpose and object.
func (k Key) ReadToken(purpose, of, token string) (recipient []byte, ours bool) {
	data, err := tokens.DecodeString(strings.ToUpper(token))
	if err != nil || len(data) != 26 {
		return nil, false
	}
	recipient = data[:16]
	return recipient, hmac.Equal(data[16:], k.sum(purpose, of, string(recipient))[:10])
}

func (k Key) sum(fields ...string) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(strings.Join(fields, "\x00")))
	return mac.Sum(nil)
}

// Seal returns a value that only who has the key can make for data.
func (k Key) Seal(data []byte) []byte { return k.sum("seal", string(data)) }
