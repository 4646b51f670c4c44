package mailing

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
)

// BounceCounts says what the reports were.
type BounceCounts struct {
	Messages   int `json:"messages"`
	Failed     int `json:"failed"`     // recorded as not reached
	Complaints int `json:"complaints"` // recorded as not to be mailed
	Passing    int `json:"passing"`    // delays, after which it may still arrive
	Known      int `json:"known"`      // recorded before
	Others     int `json:"others"`     // no reports, or not about our messages
}

// ReadBounces takes delivery reports and complaints into a ledger: from files,
// mailboxes and folders of mail, or from in when none is named.
func ReadBounces(ctx context.Context, l *ledger.Ledger, names []string, in io.Reader, now time.Time) (BounceCounts, error) {
	b := &bounceReader{ledger: l, now: now}
	var err error
	if b.notices, err = l.Notices(ctx); err != nil {
		return b.counts, err
	}
	err = b.readAll(ctx, names, in)
	return b.counts, err
}

// bounceReader takes reports into a ledger.
type bounceReader struct {
	ledger  *ledger.Ledger
	notices []string
	now     time.Time
	counts  BounceCounts
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
		Notice: id, Recipient: recipient, Time: b.now, Status: r.Status, Reason: cmp.Or(r.Reason, r.Status),
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
