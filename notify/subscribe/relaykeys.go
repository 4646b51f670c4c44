package subscribe

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// RelayKeys are by what the reports of relays are known to be theirs, where they
// sign them. A relay without a key here proves itself by the intake key.
type RelayKeys struct {
	Mailgun  string // the webhook signing key
	SendGrid string // the verification key: a public key in base64
	SNS      string // ARN of the topic: everybody can have Amazon sign another

	// Fetch gets the certificate of Amazon SNS; nil for the network.
	Fetch func(ctx context.Context, address string) ([]byte, error)
}

// signs reports whether a relay has its own way to sign, and a key for it.
func (k *RelayKeys) signs(relay string) bool {
	switch relay {
	case "mailgun":
		return k.Mailgun != ""
	case "sendgrid":
		return k.SendGrid != ""
	case "ses":
		return k.SNS != ""
	}
	return false
}

// verify checks that a report comes from the relay, and that it is fresh.
func (k *RelayKeys) verify(ctx context.Context, relay string, h http.Header, body []byte, now time.Time) error {
	switch relay {
	case "mailgun":
		return k.mailgun(body, now)
	case "sendgrid":
		return k.sendgrid(h, body, now)
	case "ses":
		return k.sns(ctx, body)
	}
	return errNotSigned
}

var errNotSigned = errors.New("the report is not signed by the relay")

// fresh refuses a time that is not of now: a report that somebody kept may not
// be sent again.
func fresh(seconds string, now time.Time) error {
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return errNotSigned
	}
	if age := now.Sub(time.Unix(at, 0)); age > ReplayWindow || age < -ReplayWindow {
		return errors.New("the report is too old, or a clock is wrong")
	}
	return nil
}

// mailgun checks the HMAC-SHA256 of timestamp and token.
func (k *RelayKeys) mailgun(body []byte, now time.Time) error {
	var report struct {
		Signature struct{ Timestamp, Token, Signature string }
	}
	if json.Unmarshal(body, &report) != nil {
		return errNotSigned
	}
	s := report.Signature
	mac := hmac.New(sha256.New, []byte(k.Mailgun))
	mac.Write([]byte(s.Timestamp + s.Token))
	given, err := hex.DecodeString(s.Signature)
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		return errNotSigned
	}
	return fresh(s.Timestamp, now)
}

// sendgrid checks the ECDSA signature of timestamp and body.
func (k *RelayKeys) sendgrid(h http.Header, body []byte, now time.Time) error {
	stamp := h.Get("X-Twilio-Email-Event-Webhook-Timestamp")
	der, err := base64.StdEncoding.DecodeString(k.SendGrid)
	if err != nil {
		return errors.New("the key of SendGrid is not base64")
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	key, ok := parsed.(*ecdsa.PublicKey)
	if err != nil || !ok {
		return errors.New("the key of SendGrid is no public key")
	}
	given, err := base64.StdEncoding.DecodeString(h.Get("X-Twilio-Email-Event-Webhook-Signature"))
	sum := sha256.Sum256(append([]byte(stamp), body...))
	if err != nil || !ecdsa.VerifyASN1(key, sum[:], given) {
		return errNotSigned
	}
	return fresh(stamp, now)
}

// snsMessage is an envelope of Amazon SNS.
type snsMessage struct {
	Type, MessageID, Token, TopicArn, Subject, Message, SubscribeURL, Timestamp string
	SignatureVersion, Signature, SigningCertURL                                 string
}

// text is what is signed: names and values of some fields, a line each.
func (m *snsMessage) text() string {
	pairs := [][2]string{{"Message", m.Message}, {"MessageId", m.MessageID}}
	if m.Type == "Notification" {
		if m.Subject != "" {
			pairs = append(pairs, [2]string{"Subject", m.Subject})
		}
	} else {
		pairs = append(pairs, [2]string{"SubscribeURL", m.SubscribeURL})
	}
	pairs = append(pairs, [2]string{"Timestamp", m.Timestamp})
	if m.Type != "Notification" {
		pairs = append(pairs, [2]string{"Token", m.Token})
	}
	pairs = append(pairs, [2]string{"TopicArn", m.TopicArn}, [2]string{"Type", m.Type})
	text := ""
	for _, p := range pairs {
		text += p[0] + "\n" + p[1] + "\n"
	}
	return text
}

// amazon is where certificates of SNS lie.
var amazon = regexp.MustCompile(`^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$`)

// sns checks the RSA signature of a message of one topic. Whether it is fresh,
// the ledger knows: a report that was taken once changes nothing.
func (k *RelayKeys) sns(ctx context.Context, body []byte) error {
	var m snsMessage
	if json.Unmarshal(body, &m) != nil || m.TopicArn != k.SNS {
		return errNotSigned
	}
	where, err := url.Parse(m.SigningCertURL)
	if err != nil || where.Scheme != "https" || !amazon.MatchString(where.Host) {
		return errors.New("the certificate does not lie at Amazon")
	}
	fetch := k.Fetch
	if fetch == nil {
		fetch = download
	}
	text, err := fetch(ctx, where.String())
	if err != nil {
		return errors.New("the certificate of Amazon cannot be read")
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return errNotSigned
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return errNotSigned
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	given, err := base64.StdEncoding.DecodeString(m.Signature)
	if err != nil || !ok {
		return errNotSigned
	}
	if m.SignatureVersion == "2" {
		sum := sha256.Sum256([]byte(m.text()))
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], given)
	}
	sum := sha1.Sum([]byte(m.text())) // what version 1 of Amazon's signatures is made with
	return rsa.VerifyPKCS1v15(key, crypto.SHA1, sum[:], given)
}

// download reads a certificate from the network.
func download(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(io.LimitReader(response.Body, 64<<10))
}
