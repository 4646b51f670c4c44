package subscribe

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The header fields of a signed message, as the Standard Webhooks
// specification names them.
const (
	headerID        = "Webhook-Id"
	headerTimestamp = "Webhook-Timestamp"
	headerSignature = "Webhook-Signature"
)

// ReplayWindow is how old, or how far ahead, a signed message may be. Within
// it, a receiver tells a repeated message by its Webhook-Id.
const ReplayWindow = 5 * time.Minute

// Sign signs a message, as Standard Webhooks does: HMAC-SHA256 over its id, its
// time and its body.
func Sign(key string, h http.Header, id string, at time.Time, body []byte) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	h.Set(headerID, id)
	h.Set(headerTimestamp, stamp)
	h.Set(headerSignature, "v1,"+signature(key, id, stamp, body))
}

func signature(key, id, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret(key))
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// secret returns the octets of a key. One that begins with whsec_ is written in
// base64, as Standard Webhooks does; any other is taken as it is.
func secret(key string) []byte {
	if text, ok := strings.CutPrefix(key, "whsec_"); ok {
		if octets, err := base64.StdEncoding.DecodeString(text); err == nil {
			return octets
		}
	}
	return []byte(key)
}

// Verify checks a signed message. It is what a receiver does; a field may hold
// several signatures while a key is being changed.
func Verify(key string, h http.Header, body []byte, now time.Time) error {
	id, stamp := h.Get(headerID), h.Get(headerTimestamp)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || id == "" {
		return errors.New("the message has no id or no time")
	}
	good := 0
	want := []byte("v1," + signature(key, id, stamp, body))
	for one := range strings.FieldsSeq(h.Get(headerSignature)) {
		good |= subtle.ConstantTimeCompare([]byte(one), want)
	}
	if good != 1 {
		return errors.New("the signature is not good")
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > ReplayWindow || age < -ReplayWindow {
		return errors.New("the message is too old, or a clock is wrong")
	}
	return nil
}

// authentic reports whether a request comes from one who has the key: it is
// signed, or the key is its bearer token or the password of its user, for
// relays that cannot sign. Without a key nobody is.
func (s *Server) authentic(key string, r *http.Request, body []byte) bool {
	if key == "" {
		return false
	}
	if r.Header.Get(headerSignature) != "" {
		return Verify(key, r.Header, body, s.Now()) == nil
	}
	given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		_, given, _ = r.BasicAuth()
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(key))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}
