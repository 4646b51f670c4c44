package mailing

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"strings"
	"time"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/review"
)

// Examine looks whether notices can be mailed: the server, what DNS must say, and
// the ledger. It reaches the server, sends nothing and changes nothing.
func (r *Room) Examine(ctx context.Context) []review.Finding {
	return append(r.mail(ctx), r.ledgerState(ctx))
}

// mail looks whether notices can be mailed, and what DNS must say.
func (r *Room) mail(ctx context.Context) []review.Finding {
	cfg := r.Config.Email
	if cfg.SMTP == "" || cfg.From == "" {
		return []review.Finding{review.NewFinding("email", review.Note, "no notice can be mailed yet", "set email.from and email.smtp in codicil.yaml")}
	}
	found := []review.Finding{review.NewFinding("email", review.Fine, "the mail server answers and takes our session", "")}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	err := r.Ping(ctx)
	if err != nil {
		found[0] = review.NewFinding("email", review.Amiss, err.Error(), "look at email.smtp, and at CODICIL_SMTP_USER and CODICIL_SMTP_PASSWORD")
	}
	return append(found, r.dns()...)
}

// dns says what receivers look for. Nothing is looked up: what is published is
// for the administrator of the domain to compare.
func (r *Room) dns() []review.Finding {
	from, err := mail.ParseAddress(r.Config.Email.From)
	if err != nil {
		return []review.Finding{review.NewFinding("email.from", review.Amiss, fmt.Sprintf("%q is not an address", r.Config.Email.From), "")}
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	found := []review.Finding{
		review.NewFinding("SPF", review.Note, "DNS must name the relay as a sender of "+domain, domain+". TXT \"v=spf1 include:RELAY -all\" (RELAY: ask who runs it; RFC 7208)"),
		review.NewFinding("DMARC", review.Note, "DNS must say what receivers do with forgeries", "_dmarc."+domain+". TXT \"v=DMARC1; p=quarantine; rua=mailto:postmaster@"+domain+"\" (RFC 7489)"),
	}
	signer, err := r.Signer()
	if err != nil {
		return append(found, review.NewFinding("DKIM", review.Amiss, err.Error(), ""))
	}
	if signer == nil {
		return append(found, review.NewFinding("DKIM", review.Note, "messages are not signed here", "the relay must sign them for "+domain+", or set email.dkim"))
	}
	name, text, err := signer.Record()
	if err != nil {
		return append(found, review.NewFinding("DKIM", review.Amiss, err.Error(), ""))
	}
	return append(found, review.NewFinding("DKIM", review.Note, "DNS must hold the public key", name+". TXT \""+text+"\""))
}

// ledgerState looks at the ledger, which holds addresses.
func (r *Room) ledgerState(ctx context.Context) review.Finding {
	name := r.LedgerName("")
	info, err := os.Stat(name)
	switch {
	case ledger.IsURL(name):
	case errors.Is(err, fs.ErrNotExist):
		return review.NewFinding("ledger", review.Note, "there is none yet: no notice was sent", "")
	case err != nil:
		return review.NewFinding("ledger", review.Amiss, err.Error(), "")
	case info.Mode().Perm()&0o077 != 0:
		return review.NewFinding("ledger", review.Amiss, "others can read it, and it holds addresses", "chmod 600 "+name)
	}
	l, err := r.OpenLedger(ctx, name, ToUse)
	if err != nil {
		return review.NewFinding("ledger", review.Amiss, err.Error(), "")
	}
	defer l.Close()
	if r.Getenv("CODICIL_LEDGER_KEY") == "" {
		return review.NewFinding("ledger", review.Note, "it opens; its key lies in it", "with CODICIL_LEDGER_KEY set before the first notice, the ledger alone tells nobody who is in it")
	}
	return review.NewFinding("ledger", review.Fine, "it opens, and the key fits", "")
}
