package subscribe

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"strconv"
	"testing"
	"time"
)

var reported = time.Date(2027, 2, 1, 12, 0, 0, 0, time.UTC)

func TestReportsOfMailgunAreKnownByTheirSignature(t *testing.T) {
	k := &RelayKeys{Mailgun: "key-1"}
	body := func(at time.Time, key string) []byte {
		stamp := strconv.FormatInt(at.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(stamp + "token"))
		return fmt.Appendf(nil, `{"signature":{"timestamp":%q,"token":"token","signature":%q},"event-data":{}}`, stamp, hex.EncodeToString(mac.Sum(nil)))
	}
	if err := k.verify(t.Context(), "mailgun", nil, body(reported, "key-1"), reported); err != nil {
		t.Error(err)
	}
	for name, bad := range map[string][]byte{"another key": body(reported, "key-2"), "an old one": body(reported.Add(-time.Hour), "key-1"), "none": []byte("{}")} {
		if k.verify(t.Context(), "mailgun", nil, bad, reported) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestReportsOfSendGridAreKnownByTheirSignature(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, _ := x509.MarshalPKIXPublicKey(&key.PublicKey)
	k := &RelayKeys{SendGrid: base64.StdEncoding.EncodeToString(public)}
	body := []byte(`[{"event":"bounce","email":"ada@example.org"}]`)
	stamp := strconv.FormatInt(reported.Unix(), 10)
	sum := sha256.Sum256(append([]byte(stamp), body...))
	signed, _ := ecdsa.SignASN1(rand.Reader, key, sum[:])
	h := http.Header{}
	h.Set("X-Twilio-Email-Event-Webhook-Timestamp", stamp)
	h.Set("X-Twilio-Email-Event-Webhook-Signature", base64.StdEncoding.EncodeToString(signed))
	if err := k.verify(t.Context(), "sendgrid", h, body, reported); err != nil {
		t.Error(err)
	}
	if k.verify(t.Context(), "sendgrid", h, append(body, ' '), reported) == nil || k.verify(t.Context(), "sendgrid", http.Header{}, body, reported) == nil {
		t.Error("a report that is not signed is taken")
	}
}

func TestReportsOfAmazonAreKnownByTopicAndCertificate(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: reported}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	k := &RelayKeys{SNS: "arn:aws:sns:eu-west-1:1:bounces", Fetch: func(context.Context, string) ([]byte, error) { return file, nil }}
	sign := func(set func(*snsMessage)) []byte {
		m := snsMessage{
			Type: "Notification", MessageID: "1", TopicArn: k.SNS, Message: `{"notificationType":"Bounce"}`, Timestamp: "2027-02-01T12:00:00Z",
			SignatureVersion: "2", SigningCertURL: "https://sns.eu-west-1.amazonaws.com/cert.pem",
		}
		set(&m)
		sum := sha256.Sum256([]byte(m.text()))
		signed, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		m.Signature = base64.StdEncoding.EncodeToString(signed)
		body, _ := json.Marshal(m)
		return body
	}
	if err := k.verify(t.Context(), "ses", nil, sign(func(*snsMessage) {}), reported); err != nil {
		t.Error(err)
	}
	for name, set := range map[string]func(*snsMessage){
		"another topic":            func(m *snsMessage) { m.TopicArn = "arn:aws:sns:eu-west-1:2:other" },
		"a certificate elsewhere":  func(m *snsMessage) { m.SigningCertURL = "https://sns.eu-west-1.amazonaws.com.example.org/cert.pem" },
		"a certificate in clear":   func(m *snsMessage) { m.SigningCertURL = "http://sns.eu-west-1.amazonaws.com/cert.pem" },
		"a signature of version 1": func(m *snsMessage) { m.SignatureVersion = "1" },
	} {
		if k.verify(t.Context(), "ses", nil, sign(set), reported) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestKeysOfStandardWebhooksAreRead(t *testing.T) {
	raw := []byte("0123456789abcdef01234567")
	key := "whsec_" + base64.StdEncoding.EncodeToString(raw)
	h := http.Header{}
	Sign(key, h, "msg_1", reported, []byte("{}"))
	mac := hmac.New(sha256.New, raw)
	fmt.Fprintf(mac, "msg_1.%d.{}", reported.Unix())
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); h.Get("Webhook-Signature") != want {
		t.Errorf("signed as %s, and the official libraries want %s", h.Get("Webhook-Signature"), want)
	}
}

func TestOneMailboxUnderManyNamesIsOne(t *testing.T) {
	for _, same := range [][]string{
		{"victim@example.org", "Victim+1@example.org", "victim+news+2@example.org"},
		{"v.ic.tim@gmail.com", "victim+x@gmail.com", "victim@googlemail.com"},
	} {
		for _, address := range same[1:] {
			if mailbox(address) != mailbox(same[0]) {
				t.Errorf("%s and %s are told apart", address, same[0])
			}
		}
	}
	if mailbox("v.ictim@example.org") == mailbox("victim@example.org") || mailbox("a@example.org") == mailbox("b@example.org") {
		t.Error("two mailboxes are taken for one")
	}
}
