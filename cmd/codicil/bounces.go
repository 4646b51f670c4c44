package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
)

func (a *app) bouncesCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "bounces [MAILDIR|MBOX|FILE]...",
		Short: "Read reports of what could not be delivered",
		Long: "Bounces reads delivery reports (RFC 3464) and complaints (RFC 5965) from a maildir, an mbox, single\n" +
			"messages or standard input. Whom a notice did not reach, the proof then shows as not reached; they\n" +
			"and whoever complained are not mailed again. Only reports to a signed return path count: set\n" +
			"email.return_path in codicil.yaml before sending.",
		Example: "  codicil bounces ~/Maildir\n  codicil bounces < report.eml",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.bounces(cmd.Context(), args, name) },
	}
	cmd.Flags().StringVar(&name, "ledger", "", "keep the proof in this `FILE`, or at postgres://user@host/database")
	return cmd
}

// bounceCounts says what the reports were.
type bounceCounts struct {
	Messages   int `json:"messages"`
	Failed     int `json:"failed"`     // recorded as not reached
	Complaints int `json:"complaints"` // recorded as not to be mailed
	Passing    int `json:"passing"`    // delays, after which it may still arrive
	Known      int `json:"known"`      // recorded before
	Others     int `json:"others"`     // no reports, or not about our messages
}

func (a *app) bounces(ctx context.Context, names []string, flag string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	l, err := a.room(w).UseLedger(ctx, flag)
	if err != nil {
		return err
	}
	defer l.Close()
	b := &bounceReader{ledger: l, now: a.now()}
	if b.notices, err = l.Notices(ctx); err != nil {
		return err
	}
	if err := b.readAll(ctx, names, a.stdin); err != nil {
		return err
	}
	c := b.counts
	if a.json {
		return printJSON(a.stdout, c)
	}
	fmt.Fprintf(a.stdout, "%s: %d not delivered, %d complaints, %d that pass, %d known before, %d others\n",
		plural(c.Messages, "message", "messages"), c.Failed, c.Complaints, c.Passing, c.Known, c.Others)
	return nil
}

// bounceReader takes reports into a ledger.
type bounceReader struct {
	ledger  *ledger.Ledger
	notices []string
	now     time.Time
	counts  bounceCounts
}

func (b *bounceReader) readAll(ctx context.Context, names []string, stdin io.Reader) error {
	if len(names) == 0 {
		return b.read(ctx, stdin)
	}
	for _, name := range names {
		files, err := mailFiles(name)
		if err != nil {
			return fmt.Errorf("read the reports: %w", err)
		}
		for _, file := range files {
			f, err := os.Open(file)
			if err != nil {
				return fmt.Errorf("read the reports: %w", err)
			}
			err = b.read(ctx, f)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}

// mailFiles lists the files of messages that a name stands for: the file
// itself, or those of a folder, which may be a maildir.
func mailFiles(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}, err
	}
	var files []string
	for _, folder := range []string{name, filepath.Join(name, "cur"), filepath.Join(name, "new")} {
		entries, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if e.Type().IsRegular() {
				files = append(files, filepath.Join(folder, e.Name()))
			}
		}
	}
	slices.Sort(files)
	return files, nil
}

func (b *bounceReader) read(ctx context.Context, in io.Reader) error {
	return email.SplitMailbox(in, func(m io.Reader) error {
		b.counts.Messages++
		report, err := email.ReadReport(m)
		if err != nil {
			b.counts.Others++
			return nil
		}
		id, recipient := b.whose(report)
		switch {
		case recipient == nil:
			b.counts.Others++
		case report.Complaint:
			b.counts.Complaints++
			_, err := b.ledger.RecordBounce(ctx, notify.Bounce{Notice: id, Recipient: recipient, Complaint: true, Time: b.now})
			return err
		case report.Failed:
			return b.failed(ctx, id, recipient, report)
		default:
			b.counts.Passing++
		}
		return nil
	})
}

func (b *bounceReader) failed(ctx context.Context, id string, recipient []byte, r *email.Report) error {
	recorded, err := b.ledger.RecordBounce(ctx, notify.Bounce{
		Notice: id, Recipient: recipient, Time: b.now, Status: r.Status, Reason: orElse(r.Reason, r.Status),
	})
	if recorded {
		b.counts.Failed++
	} else {
		b.counts.Known++
	}
	return err
}

// whose returns the notice and the recipient that a report is about; nobody
// when none of its tokens is ours.
func (b *bounceReader) whose(r *email.Report) (string, []byte) {
	key := b.ledger.Key()
	for _, token := range r.Tokens {
		for _, id := range b.notices {
			if recipient, ours := key.ReadToken(notify.ReturnPath, id, token); ours {
				return id, recipient
			}
		}
	}
	return "", nil
}
