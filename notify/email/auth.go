package email

import (
	"errors"
	"slices"

	"github.com/wneessen/go-mail/smtp"
)

// login picks the best way to authenticate that the server offers.
type login struct {
	sender *Sender
	smtp.Auth
}

// Start chooses and begins. In clear, to this machine alone, a password is
// sent only by a way that hides it.
func (l *login) Start(server *smtp.ServerInfo) (string, []byte, error) {
	s := l.sender
	ways := []struct {
		name   string
		hidden bool
		auth   smtp.Auth
	}{
		{"SCRAM-SHA-256", true, smtp.ScramSHA256Auth(s.Username, s.Password)},
		{"PLAIN", false, smtp.PlainAuth("", s.Username, s.Password, s.host, false)},
		{"LOGIN", false, smtp.LoginAuth(s.Username, s.Password, s.host, false)},
		{"CRAM-MD5", true, smtp.CRAMMD5Auth(s.Username, s.Password)},
	}
	for _, way := range ways {
		if slices.Contains(server.Auth, way.name) && (server.TLS || way.hidden || s.loopback) {
			l.Auth = way.auth
			return way.auth.Start(server)
		}
	}
	return "", nil, errNoAuth
}

var errNoAuth = errors.New("the server offers no way to authenticate that we know")
