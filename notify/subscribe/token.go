package subscribe

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/codicil/codicil/notify"
)

// The purposes of a sealed token: one does not open what another one does.
const (
	toConfirm = "confirm" // what somebody asked for, before they confirmed it
	toChoose  = "choose"  // the record of one follower
)

// How long a token is good for.
const (
	confirmFor = 48 * time.Hour
	chooseFor  = 24 * time.Hour
	// A token from the future was made before this machine's clock was set back.
	skew = time.Hour
)

// grant is what a token says. Nobody can read or change it without the key.
type grant struct {
	Email    string   `json:"e,omitempty"`
	Lang     string   `json:"l,omitempty"`
	Policies []string `json:"p,omitempty"`
	Asked    int64    `json:"t"` // milliseconds since 1970
}

func (g grant) asked() time.Time { return time.UnixMilli(g.Asked) }

// errForged and errExpired are the two ways in which a token is not good.
var (
	errForged  = errors.New("the token is not ours, or not whole")
	errExpired = errors.New("the token is too old")
)

// seal keeps grants in tokens: AES-256 in Galois/Counter Mode (NIST SP
// 800-38D) with a random nonce, under a key that is derived for it alone.
type seal struct {
	aead cipher.AEAD
	now  func() time.Time
}

func newSeal(key notify.Key, now func() time.Time) (*seal, error) {
	block, err := aes.NewCipher(key.Derive("sealed tokens"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &seal{aead, now}, err
}

// token seals a grant for one purpose.
func (s *seal) token(purpose string, g grant) (string, error) {
	g.Asked = s.now().UnixMilli()
	data, err := json.Marshal(g)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, data, []byte(purpose))), nil
}

// open returns what a token grants. Whether it is ours is found out in a time
// that does not depend on how much of it is.
func (s *seal) open(purpose, token string) (grant, error) {
	var g grant
	data, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return g, errForged
	}
	data, err = s.aead.Open(nil, nil, data, []byte(purpose))
	if err != nil || json.Unmarshal(data, &g) != nil {
		return grant{}, errForged
	}
	age, good := s.now().Sub(g.asked()), confirmFor
	if purpose == toChoose {
		good = chooseFor
	}
	if age > good || age < -skew {
		return grant{}, errExpired
	}
	return g, nil
}
