package mailing

import (
	"context"
	"errors"
	"fmt"

	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/worktree"
)

// server says how the configured server is reached. Secrets come from the
// environment.
func (r *Room) server() email.Options {
	cfg := r.Config.Email
	return email.Options{
		Server: cfg.SMTP, From: cfg.From, ReturnPath: cfg.ReturnPath,
		Username: r.Getenv("CODICIL_SMTP_USER"), Password: r.Getenv("CODICIL_SMTP_PASSWORD"),
	}
}

// sender opens the way to the server for these messages.
func (r *Room) sender(messages ...*email.Message) (*email.Sender, error) {
	if r.Config.Email.SMTP == "" || r.Config.Email.From == "" {
		return nil, policy.Hinted(errors.New("there is no server to send through"), "set email.from and email.smtp in codicil.yaml")
	}
	signer, err := r.Signer()
	if err != nil {
		return nil, err
	}
	o := r.server()
	o.Messages, o.Now, o.Sign = messages, r.Now, signer
	return email.NewSender(o)
}

// Mailer sends the letters that confirm, with the key of the ledger.
func (r *Room) Mailer(key []byte) (*email.Mailer, error) {
	cfg := r.Config.Email
	if cfg.SMTP == "" || cfg.From == "" {
		return nil, policy.Hinted(errors.New("there is no server to send confirmations through"), "set email.from and email.smtp in codicil.yaml")
	}
	signer, err := r.Signer()
	if err != nil {
		return nil, err
	}
	o := r.server()
	o.ReturnPath, o.Sign = "", signer
	return email.NewMailer(o, email.Envelope{From: cfg.From, Key: key}, r.Now)
}

// Ping looks whether the mail server answers and takes our session.
func (r *Room) Ping(ctx context.Context) error {
	return email.Ping(ctx, r.server())
}

// Signer returns what signs the messages; nil when nothing does.
func (r *Room) Signer() (*email.Signer, error) {
	c := r.Config
	d := c.Email.DKIM
	if d == (config.DKIM{}) {
		return nil, nil
	}
	key, err := worktree.ReadNamed(worktree.Root(c.Dir), c.Path(d.Key), worktree.MaxConfig) // a secret, kept outside of git
	if err != nil {
		return nil, fmt.Errorf("email.dkim.key: %w", err)
	}
	return email.NewSigner(d.Domain, d.Selector, key)
}
