package transparency

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
)

// MaxTimestamp is how many bytes of a timestamp are read.
const MaxTimestamp = 1 << 18

// Timestamp is the word of an authority that the body of a checkpoint existed at
// a moment (RFC 3161).
type Timestamp struct {
	At        time.Time
	Authority string // subject of the certificate that signed
	Trusted   bool   // the certificate leads to one of the roots that were given
}

// TimestampRequest returns what to ask of an authority about a checkpoint. It is
// over the body, so that signatures can be added later.
func (c *Checkpoint) TimestampRequest() ([]byte, error) {
	digest := sha256.Sum256([]byte(c.Body))
	return (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: digest[:], Certificates: true}).Marshal()
}

// ReadTimestamp reads the answer of an authority, and checks that it is about the
// checkpoint and signed by the certificate that it holds. Whether to trust that
// certificate is a question of the roots, in PEM; empty for none.
func (c *Checkpoint) ReadTimestamp(response, roots []byte) (*Timestamp, error) {
	if len(response) > MaxTimestamp {
		return nil, fmt.Errorf("a timestamp of more than %d bytes", MaxTimestamp)
	}
	t, err := timestamp.ParseResponse(response)
	if err != nil {
		return nil, fmt.Errorf("the timestamp cannot be read: %w", err)
	}
	digest := sha256.Sum256([]byte(c.Body))
	if t.HashAlgorithm != crypto.SHA256 || string(t.HashedMessage) != string(digest[:]) {
		return nil, errors.New("the timestamp is about something else than this checkpoint")
	}
	token, err := pkcs7.Parse(t.RawToken)
	if err != nil {
		return nil, fmt.Errorf("the timestamp cannot be read: %w", err)
	}
	signer := token.GetOnlySigner()
	if signer == nil { // nothing was checked by the package then
		return nil, errors.New("the timestamp does not hold the one certificate that signed it")
	}
	stamp := &Timestamp{At: t.Time.UTC(), Authority: signer.Subject.String()}
	if len(roots) == 0 {
		return stamp, nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(roots) {
		return nil, errors.New("the roots of the authority hold no certificate in PEM")
	}
	intermediates := x509.NewCertPool()
	for _, cert := range token.Certificates {
		intermediates.AddCert(cert)
	}
	if err := token.VerifyWithOpts(x509.VerifyOptions{
		Roots: pool, Intermediates: intermediates, CurrentTime: t.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	}); err != nil {
		return nil, fmt.Errorf("the timestamp is not of the configured authority: %w", err)
	}
	stamp.Trusted = true
	return stamp, nil
}
