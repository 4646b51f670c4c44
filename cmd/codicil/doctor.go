package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look whether everything is there to publish and to give notice",
		Long: "Doctor looks at the clone, the configuration, the texts, the mail server, the ledger and the clock,\n" +
			"and says what to mend. It reaches the configured mail server, sends nothing and changes nothing.\n" +
			"What the administrator of your domain must publish in DNS, it prints as text. Exit code 3 says\n" +
			"that something is amiss.",
		Example: "  codicil doctor\n  codicil doctor --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) },
	}
}

// finding is one thing that doctor looked at.
type finding struct {
	Subject string `json:"subject"`
	State   string `json:"state"` // ok, note or fault
	Says    string `json:"says"`
	Hint    string `json:"hint,omitempty"`
}

// The states of a finding.
const (
	fine  = "ok"
	note  = "note"  // something will be needed, or is left to people
	amiss = "fault" // something does not work
)

func (a *app) doctor(ctx context.Context) error {
	found, err := a.examine(ctx)
	if err != nil {
		return err
	}
	if a.json {
		if err := printJSON(a.stdout, map[string]any{"findings": found}); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			fmt.Fprintf(a.stdout, "%-5s  %s: %s\n", f.State, f.Subject, f.Says)
			if f.Hint != "" {
				fmt.Fprintf(a.stdout, "       %s\n", f.Hint)
			}
		}
	}
	for _, f := range found {
		if f.State == amiss {
			return &exitError{code: exitFindings}
		}
	}
	return nil
}

// examine looks at everything. What cannot even be opened is the only finding.
func (a *app) examine(ctx context.Context) ([]finding, error) {
	w, err := a.open(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return []finding{{"repository", amiss, message(err), policy.Hint(err)}, programs()}, nil
	}
	r, checker, err := w.AsRepository()
	if err != nil {
		return nil, err
	}
	found := append([]finding{cloneFinding(w), configFinding(w)}, textFindings(w, r)...)
	found = append(found, pinned(r, checker), a.clock(w), addressFinding(w))
	found = append(found, a.mail(ctx, w)...)
	return append(found, a.ledgerState(ctx, w), programs()), nil
}

func cloneFinding(w *workspace.Workspace) finding {
	switch {
	case w.History.Shallow:
		return finding{"clone", amiss, "it is shallow: versions are missing, and nothing can be published", "run `git fetch --unshallow`; in CI, check out with full depth"}
	case w.History.Head == "":
		return finding{"clone", note, "there is no commit yet", "commit a text to publish it"}
	}
	return finding{"clone", fine, fmt.Sprintf("the whole history, at %.12s", w.History.Head), ""}
}

func configFinding(w *workspace.Workspace) finding {
	if w.Config.File == "" {
		return finding{"configuration", note, "there is none; every key has a default", "`codicil init` writes one"}
	}
	return finding{"configuration", fine, w.Config.File, ""}
}

func textFindings(w *workspace.Workspace, r review.Repository) []finding {
	var found []finding
	for _, d := range slices.Concat(r.Texts(), r.Addresses()) {
		if d.Level == policy.Error {
			found = append(found, finding{"texts", amiss, d.Error(), d.Hint})
		}
	}
	if len(found) > 0 {
		return found
	}
	if drafts, err := w.Staged(); err == nil && len(w.History.Policies) == 0 && len(drafts) > 0 {
		return []finding{{"texts", note, "nothing is published yet: " + terminal.Plural(len(drafts), "draft", "drafts"),
			"`codicil check` says what is left to fill in; take `draft: true` out to publish"}}
	}
	if len(w.History.Policies) == 0 {
		return []finding{{"texts", note, "no policy was found", "commit a Markdown file; `codicil new terms` begins one"}}
	}
	versions := 0
	for _, p := range w.History.Policies {
		versions += len(p.Versions)
	}
	return []finding{{"texts", fine, terminal.Plural(len(w.History.Policies), "policy", "policies") + ", " + terminal.Plural(versions, "version", "versions"), ""}}
}

func pinned(r review.Repository, c *integrity.Checker) finding {
	switch {
	case len(r.Integrity) > 0:
		return finding{integrity.SumName, amiss, r.Integrity[0].Error(), r.Integrity[0].Hint}
	case c == nil || c.Pins == nil:
		return finding{integrity.SumName, note, "no version is pinned", "`codicil verify --update` pins what is published"}
	}
	return finding{integrity.SumName, fine, terminal.Plural(len(c.Pins), "version is", "versions are") + " pinned and unchanged", ""}
}

// clock finds a machine whose day is wrong: what is in force hangs on it.
func (a *app) clock(w *workspace.Workspace) finding {
	now, newest := a.now(), time.Time{}
	for _, p := range w.History.Policies {
		if len(p.Versions) > 0 && p.Versions[0].Published.After(newest) {
			newest = p.Versions[0].Published
		}
	}
	if newest.After(now.Add(time.Hour)) {
		return finding{"clock", amiss, fmt.Sprintf("it says %s, and a text was published on %s", now.UTC().Format(time.DateOnly), newest.UTC().Format(time.DateOnly)), "set the clock of this machine"}
	}
	return finding{"clock", fine, now.UTC().Format(time.RFC3339), ""}
}

func addressFinding(w *workspace.Workspace) finding {
	if w.Config.BaseURL == "" {
		return finding{"base_url", note, "it is not set: feeds and emails cannot link to the site", "set base_url in codicil.yaml"}
	}
	return finding{"base_url", fine, w.Config.BaseURL, ""}
}

// mail looks whether notices can be mailed, and what DNS must say.
func (a *app) mail(ctx context.Context, w *workspace.Workspace) []finding {
	cfg := w.Config.Email
	if cfg.SMTP == "" || cfg.From == "" {
		return []finding{{"email", note, "no notice can be mailed yet", "set email.from and email.smtp in codicil.yaml"}}
	}
	found := []finding{{"email", fine, "the mail server answers and takes our session", ""}}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	err := a.room(w).Ping(ctx)
	if err != nil {
		found[0] = finding{"email", amiss, err.Error(), "look at email.smtp, and at CODICIL_SMTP_USER and CODICIL_SMTP_PASSWORD"}
	}
	return append(found, a.dnsFindings(w)...)
}

// dns says what receivers look for. Nothing is looked up: what is published is
// for the administrator of the domain to compare.
func (a *app) dnsFindings(w *workspace.Workspace) []finding {
	from, err := mail.ParseAddress(w.Config.Email.From)
	if err != nil {
		return []finding{{"email.from", amiss, fmt.Sprintf("%q is not an address", w.Config.Email.From), ""}}
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	found := []finding{
		{"SPF", note, "DNS must name the relay as a sender of " + domain, domain + ". TXT \"v=spf1 include:RELAY -all\" (RELAY: ask who runs it; RFC 7208)"},
		{"DMARC", note, "DNS must say what receivers do with forgeries", "_dmarc." + domain + ". TXT \"v=DMARC1; p=quarantine; rua=mailto:postmaster@" + domain + "\" (RFC 7489)"},
	}
	signer, err := a.room(w).Signer()
	if err != nil {
		return append(found, finding{"DKIM", amiss, err.Error(), ""})
	}
	if signer == nil {
		return append(found, finding{"DKIM", note, "messages are not signed here", "the relay must sign them for " + domain + ", or set email.dkim"})
	}
	name, text, err := signer.Record()
	if err != nil {
		return append(found, finding{"DKIM", amiss, err.Error(), ""})
	}
	return append(found, finding{"DKIM", note, "DNS must hold the public key", name + ". TXT \"" + text + "\""})
}

// ledgerState looks at the ledger, which holds addresses.
func (a *app) ledgerState(ctx context.Context, w *workspace.Workspace) finding {
	name := a.room(w).LedgerName("")
	info, err := os.Stat(name)
	switch {
	case ledger.IsURL(name):
	case errors.Is(err, fs.ErrNotExist):
		return finding{"ledger", note, "there is none yet: no notice was sent", ""}
	case err != nil:
		return finding{"ledger", amiss, err.Error(), ""}
	case info.Mode().Perm()&0o077 != 0:
		return finding{"ledger", amiss, "others can read it, and it holds addresses", "chmod 600 " + name}
	}
	l, err := a.room(w).OpenLedger(ctx, name, mailing.ToUse)
	if err != nil {
		return finding{"ledger", amiss, err.Error(), ""}
	}
	defer l.Close()
	if a.getenv("CODICIL_LEDGER_KEY") == "" {
		return finding{"ledger", note, "it opens; its key lies in it", "with CODICIL_LEDGER_KEY set before the first notice, the ledger alone tells nobody who is in it"}
	}
	return finding{"ledger", fine, "it opens, and the key fits", ""}
}

func programs() finding {
	if _, err := exec.LookPath("pandoc"); err != nil {
		return finding{"pandoc", note, "it is not installed: OpenDocument and RTF files cannot be imported", "install pandoc (pandoc.org) if you need it"}
	}
	return finding{"pandoc", fine, "installed: OpenDocument and RTF files can be imported", ""}
}
