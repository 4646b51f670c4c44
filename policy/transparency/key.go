package transparency

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The kinds of public keys, as the first byte of a key says.
const (
	kindLog     = 1 // Ed25519 over the body
	kindWitness = 4 // Ed25519 over time and body: cosignature/v1
)

// Key is a public key as signed-note writes it: NAME+HASH+KEY.
type Key struct {
	note.Verifier
	text string
}

// String returns the key as it was read.
func (k *Key) String() string { return k.text }

// is reports whether a signature says that it is of this key.
func (k *Key) is(name string, hash uint32) bool {
	return k != nil && k.Name() == name && k.KeyHash() == hash
}

// ParseKey reads the public key of a log.
func ParseKey(text string) (*Key, error) { return parseKey(text, kindLog) }

// ParseWitness reads the public key of a witness.
func ParseWitness(text string) (*Key, error) { return parseKey(text, kindWitness) }

func parseKey(text string, want byte) (*Key, error) {
	text = strings.TrimSpace(text)
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) != 1+ed25519.PublicKeySize {
		return nil, fmt.Errorf("%w: %.80q is no public key (NAME+HASH+KEY)", ErrForm, text)
	}
	if raw[0] != want {
		return nil, fmt.Errorf("%w: the key of %s is of kind %d: that of a log has kind %d, that of a witness kind %d", ErrForm, name, raw[0], kindLog, kindWitness)
	}
	if want == kindLog {
		v, err := note.NewVerifier(text)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrForm, err)
		}
		return &Key{v, text}, nil
	}
	w := &witness{name: name, key: raw[1:], hash: keyHash(name, raw)}
	if rest != fmt.Sprintf("%08x+%s", w.hash, encoded) || name == "" || strings.ContainsAny(name, " \t\n") {
		return nil, fmt.Errorf("%w: the hash of the key of %.80q is not that of the key", ErrForm, name)
	}
	return &Key{w, text}, nil
}

// keyHash tells keys of one name apart.
func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

// witness checks cosignatures.
type witness struct {
	name string
	key  ed25519.PublicKey
	hash uint32
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

// Verify checks a time of eight bytes and the signature behind it.
func (w *witness) Verify(body, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	return ed25519.Verify(w.key, cosigned(binary.BigEndian.Uint64(signature), body), signature[8:])
}

// cosigned is what a witness signs.
func cosigned(at uint64, body []byte) []byte {
	return append([]byte("cosignature/v1\ntime "+strconv.FormatUint(at, 10)+"\n"), body...)
}

// cosignedAt reads the time of a cosignature that was checked.
func cosignedAt(encoded string) (time.Time, bool) {
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) != 4+8+ed25519.SignatureSize {
		return time.Time{}, false
	}
	at := binary.BigEndian.Uint64(raw[4:])
	const endOfYears = 253402300800 // of four digits
	return time.Unix(int64(min(at, endOfYears)), 0).UTC(), true
}

func (k Keys) verifiers() note.Verifiers {
	var list []note.Verifier
	if k.Log != nil {
		list = append(list, k.Log)
	}
	for _, w := range k.Witnesses {
		list = append(list, w)
	}
	return note.VerifierList(list...)
}

// NewKey makes the keys of a log: the secret one, to be kept out of git, and the
// public one.
func NewKey(random io.Reader, name string) (secret, public string, err error) {
	if name == "" || strings.ContainsAny(name, "+ \t\r\n") {
		return "", "", fmt.Errorf("%q cannot name a log: write an address without its scheme", name)
	}
	return note.GenerateKey(random, name)
}

// PublicOf returns the public key of a secret one.
func PublicOf(secret string) (*Key, error) {
	fault := errors.New("the signing key cannot be read: it is the line that --new-key wrote") // and is not quoted
	parts := strings.SplitN(strings.TrimSpace(secret), "+", 5)                                 // PRIVATE+KEY+NAME+HASH+SEED
	if _, err := note.NewSigner(strings.TrimSpace(secret)); err != nil || len(parts) != 5 {
		return nil, fault
	}
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return nil, fault
	}
	public, err := note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return nil, fault
	}
	return ParseKey(public)
}
