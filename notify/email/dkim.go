package email

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/emersion/go-msgauth/dkim"
)

// Signer signs messages with DKIM (RFC 6376; Ed25519 by RFC 8463). It is safe
// for concurrent use.
type Signer struct{ options dkim.SignOptions }

// signed are the fields that a signature covers: all that a reader sees or a
// program acts on, both fields of RFC 8058 among them.
var signed = [...]string{
	"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
	"Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "X-Codicil-Notice",
}

// minRSA is the least length of a key that receivers are to accept for good
// (RFC 8301, section 3.2), in bits.
const minRSA = 2048

// NewSigner takes a private key in PEM, of PKCS #8 or #1. The domain publishes
// the public key under SELECTOR._domainkey.DOMAIN. Its errors do not repeat
// the key.
func NewSigner(domain, selector string, key []byte) (*Signer, error) {
	if domain == "" || selector == "" {
		return nil, errors.New("email.dkim: domain and selector are both needed")
	}
	private, err := privateKey(key)
	if err != nil {
		return nil, fmt.Errorf("email.dkim.key: %w", err)
	}
	return &Signer{dkim.SignOptions{
		Domain: domain, Selector: selector, Signer: private, HeaderKeys: signed[:],
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}}, nil
}

func privateKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the file holds no key in PEM")
	}
	var parsed any
	var err error
	if block.Type == "RSA PRIVATE KEY" {
		parsed, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	} else {
		parsed, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, errors.New("the file holds no private key of PKCS #8 or #1")
	}
	switch key := parsed.(type) {
	case ed25519.PrivateKey:
		return key, nil
	case *rsa.PrivateKey:
		if key.N.BitLen() < minRSA {
			return nil, fmt.Errorf("the RSA key has %d bits, and receivers want %d", key.N.BitLen(), minRSA)
		}
		return key, nil
	}
	return nil, errors.New("the key is neither RSA nor Ed25519")
}

// sign returns the message with its signature before it.
func (s *Signer) sign(eml []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(eml) + 1024)
	options := s.options
	if err := dkim.Sign(&b, bytes.NewReader(eml), &options); err != nil {
		return nil, fmt.Errorf("sign with DKIM: %w", err)
	}
	return b.Bytes(), nil
}
