package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
)

// proofFlags are the flags of proof.
type proofFlags struct {
	ledger    string
	class     string
	channel   string
	recipient string
	subject   string
	account   string
	name      string
	message   string
	bundle    string
	declined  string
	list      string
	head      string
	verify    bool
}

func (a *app) proofCommand() *cobra.Command {
	var f proofFlags
	cmd := &cobra.Command{
		Use:   "proof ID[@VERSION]",
		Short: "Show who was told of a version, what and when",
		Long: "Proof reads the ledger: how many were told and when, how many were not reached and why, and the\n" +
			"digests of what was sent. It never prints an address: a person is the keyed hash of theirs.\n" +
			"--bundle writes all of it to one file that git, sha256sum and jq can check without this program.",
		Example: "  codicil proof privacy@2.0 --verify\n" +
			"  codicil proof privacy@2.0 --recipient ada@example.com --name Ada --message ada.eml\n" +
			"  codicil proof privacy --subject customer-17 --on 2027-02-01\n" +
			"  codicil proof privacy --account 2026-03-01\n" +
			"  codicil proof privacy@2.0 --bundle proof.zip",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.proof(cmd.Context(), args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.ledger, "ledger", "", "read the proof from this `FILE`, or from postgres://user@host/database")
	flags.StringVar(&f.class, "class", string(notice.ServiceClass), "whose notice: service (account holders) or follower")
	flags.StringVar(&f.channel, "channel", "", "show who was told by this `NAME` of channels.custom, such as sms, instead of by mail")
	flags.StringVar(&f.recipient, "recipient", "", "show the record of one `ADDRESS`; - reads it from standard input")
	flags.StringVar(&f.message, "message", "", "with --recipient: write the message to `FILE.eml`, byte for byte as it was sent")
	flags.StringVar(&f.name, "name", "", "with --message: the `NAME` of the recipient, as the list had it")
	flags.StringVar(&f.head, "head", "", "check that the ledger still holds this last `HASH`, noted down earlier")
	flags.StringVar(&f.subject, "subject", "", "show what a person acknowledged, by your own `NAME` for them, and which version bound them on --on")
	flags.StringVar(&f.account, "account", "", "show by which versions the owner of an account made on this `DATE` is bound, and until when")
	flags.StringVar(&f.bundle, "bundle", "", "write all that proves the notice to `FILE.zip`")
	flags.StringVar(&f.declined, "declined", "", "write who of the list of recipients declined the change, with their addresses, to `FILE.csv`")
	flags.StringVar(&f.list, "recipients", "", "with --declined: the `FILE` of recipients, instead of the configured one")
	a.reviewsFlag(cmd)
	flags.BoolVar(&f.verify, "verify", false, "check that no record was changed, removed or added")
	return cmd
}

func (a *app) proof(ctx context.Context, reference string, f proofFlags) error {
	w, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	if f.account != "" {
		return a.proofOfAccount(w, reference, f.account)
	}
	if f.subject != "" {
		return a.proofOfSubject(ctx, w, reference, f)
	}
	version, correction, corrects := strings.Cut(reference, "+correction")
	m, err := a.mailing(w, version, mailing.Options{Class: f.class, Channel: f.channel, Recipients: f.list})
	if err != nil {
		return err
	}
	id := m.Notice.ID()
	if corrects {
		id += "+correction" + correction
	}
	l, err := a.room(w).UseLedger(ctx, f.ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	if f.recipient != "" {
		return a.proofOf(ctx, l, id, f)
	}
	if f.declined != "" {
		return m.WriteDeclined(ctx, l, id, f.declined)
	}
	return a.proofOfAll(ctx, w, l, id, f)
}

// proofOfAll shows what the ledger proves about all whom a notice told.
func (a *app) proofOfAll(ctx context.Context, w *workspace.Workspace, l *ledger.Ledger, id string, f proofFlags) error {
	if f.head != "" {
		if err := a.holds(ctx, l, f.head); err != nil {
			return err
		}
	}
	p, err := l.Proof(ctx, id, f.bundle == "" && (f.verify || f.head != ""))
	if err != nil {
		return err
	}
	if p == nil {
		return proof.NotStarted(ctx, l, id)
	}
	if f.bundle != "" {
		if err := a.bundle(ctx, w, l, p, f.bundle); err != nil {
			return err
		}
	}
	approvals, err := w.Approvals(a.reviews)
	if err != nil {
		return err
	}
	var given []policy.Approval
	if approvals != nil {
		given = approvals(p.Notice.Path, p.Notice.Digest)
	}
	extent, err := proof.NewExtent(ctx, l, id)
	if err != nil {
		return err
	}
	return a.printProof(p, extent, given)
}

// bundle writes all that proves a notice to one file.
func (a *app) bundle(ctx context.Context, w *workspace.Workspace, l *ledger.Ledger, p *ledger.Proof, name string) error {
	source, err := w.Repo.ReadAt(p.Notice.Revision, p.Notice.Path)
	if err != nil {
		return fmt.Errorf("the text that was announced: %w", err)
	}
	inclusion, timestamp, err := w.ProvedInLog(p.Notice.Digest)
	if err != nil {
		return err
	}
	var logged []proof.File
	if inclusion != nil {
		logged = append(logged, proof.File{Name: proof.LogProof, Content: inclusion})
	}
	if timestamp != nil {
		logged = append(logged, proof.File{Name: proof.LogTimestamp, Content: timestamp})
	}
	err = worktree.Stream(name, 0o600, func(w io.Writer) error { return proof.WriteBundle(ctx, w, l, p, source, logged...) })
	if err == nil {
		a.say("wrote %s", name)
	}
	return err
}

func (a *app) printProof(p *ledger.Proof, e proof.Extent, approvals []policy.Approval) error {
	if a.json {
		return printJSON(a.stdout, struct {
			proof.Summary
			Approvals []policy.Approval `json:"approvals"`
		}{proof.NewSummary(p, e), append([]policy.Approval{}, approvals...)})
	}
	proof.Describe(a.stdout, p, e, approvals)
	return nil
}
