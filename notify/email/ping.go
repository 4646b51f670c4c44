package email

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"fmt"
)

// Ping opens a session with the server, with TLS and AUTH as the options ask,
// and closes it again. It sends nothing, so the options need no message.
func Ping(ctx context.Context, o Options) error {
	o.Messages = []*Message{{}}
	s, err := NewSender(o)
	if err != nil {
		return err
	}
	session, err := s.Connect(ctx)
	if err != nil {
		return err
	}
	return session.Close()
}

// Record returns the name and the text of the DNS record under which receivers
// find the public key (RFC 6376, section 3.6.1; RFC 8463, section 4).
func (s *Signer) Record() (name, text string, err error) {
	kind, public := "rsa", []byte(nil)
	if key, ok := s.options.Signer.Public().(ed25519.PublicKey); ok {
		kind, public = "ed25519", key
	} else if public, err = x509.MarshalPKIXPublicKey(s.options.Signer.Public()); err != nil {
		return "", "", fmt.Errorf("write the public key: %w", err)
	}
	name = s.options.Selector + "._domainkey." + s.options.Domain
	return name, "v=DKIM1; k=" + kind + "; p=" + base64.StdEncoding.EncodeToString(public), nil
}
