package mailing

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// recipients reads the list, row by row. It can be read again.
func (m *Mailing) recipients() iter.Seq2[notify.Recipient, error] { return m.rows(false) }

// rows reads the list, repeated people again or not, and fails in the end when it
// is not the list that was read first.
func (m *Mailing) rows(repeated bool) iter.Seq2[notify.Recipient, error] {
	if m.followers != nil {
		return m.ofFollowers()
	}
	return func(yield func(notify.Recipient, error) bool) {
		if m.list == "" {
			return
		}
		file, err := openList(m.list)
		if err != nil {
			yield(notify.Recipient{}, fmt.Errorf("read the recipients: %w", err))
			return
		}
		defer file.Close()
		sum := sha256.New()
		for r, err := range m.way.reach.Recipients(m.list, io.TeeReader(file, sum), repeated) {
			if r.Email != "" && !m.toCorrect(r) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
		if digest := hex.EncodeToString(sum.Sum(nil)); m.digest == "" {
			m.digest = digest
		} else if m.digest != digest {
			yield(notify.Recipient{}, errors.New("the list of recipients changed while it was read"))
		}
	}
}

// openList opens a list of recipients; what is no file, such as a device or a
// pipe that nobody writes to, is refused.
func openList(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, policy.Hinted(fmt.Errorf("%s is not a regular file", name), "give a list that is made on the way by standard input: --recipients -")
	}
	return os.Open(name)
}

// ofFollowers gives the followers whom the notice concerns.
func (m *Mailing) ofFollowers() iter.Seq2[notify.Recipient, error] {
	return func(yield func(notify.Recipient, error) bool) {
		for r, err := range m.followers {
			if err == nil && !m.toCorrect(r) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// addressees gives those of the list who are told, repeated ones again.
func (m *Mailing) addressees() iter.Seq2[notify.Recipient, error] {
	return notify.Addressees(m.rows(true), m.Notice.Class)
}

// sameList reports whether the list is the one with which the notice was begun,
// to the byte, or there is none now.
func (m *Mailing) sameList() (bool, error) {
	switch {
	case m.followers != nil:
		return false, nil
	case m.list == "":
		return true, nil
	}
	file, err := openList(m.list)
	if err != nil {
		return false, fmt.Errorf("read the recipients: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false, fmt.Errorf("read the recipients: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)) == m.record.List, nil
}

// withhold notes who must not be mailed, by their name in the ledger.
func (m *Mailing) withhold(recipient, why string) {
	if m.withheld == nil {
		m.withheld = make(map[string]string)
	}
	m.withheld[recipient] = why
}

// suppressed reports whether somebody must not be mailed, and why.
func (m *Mailing) suppressed(r notify.Recipient) (string, bool) {
	if len(m.withheld) == 0 {
		return "", false
	}
	why, yes := m.withheld[string(m.key.Recipient(r.Email))]
	return why, yes
}

// forLedger is what the ledger is told of the notice.
func (m *Mailing) forLedger() ledger.Notice {
	return ledger.Notice{
		ID: m.Notice.ID(), Policy: m.Notice.PolicyID, Label: m.Notice.Label, Class: string(m.Notice.Class),
		Revision: m.Version.Commit, Path: m.Version.Path, Digest: m.Version.SHA256,
		List: m.digest, Late: m.Notice.Late, Corrects: m.corrects(), Channel: m.Channel,
	}
}

// corrects returns the id of the notice that this one corrects, if any.
func (m *Mailing) corrects() string {
	if m.Notice.Correction == nil {
		return ""
	}
	return m.Notice.Correction.Of
}

// SaveList copies a list from standard input to a file, so that it can be read
// twice: for the plan and for the ledger.
func SaveList(in io.Reader) (string, error) {
	f, err := os.CreateTemp("", "codicil-recipients-*")
	if err != nil {
		return "", fmt.Errorf("keep the recipients: %w", err)
	}
	_, err = io.Copy(f, in)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("keep the recipients: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

// listed returns how many people of the configured list have an address.
func (r *Room) listed() int {
	list, err := r.Config.RecipientsFile()
	if err != nil {
		return 0
	}
	n := 0
	for r := range (&Mailing{room: r, list: list}).recipients() {
		if r.Email != "" {
			n++
		}
	}
	return n
}

// Lasts returns how long the configured list takes at the configured rate; 0
// when one of them is not known.
func (r *Room) Lasts() time.Duration {
	rate, err := notify.ParseRate("email.rate", r.Config.Email.Rate)
	if err != nil {
		return 0
	}
	return time.Duration(r.listed()) * rate.Interval()
}

// Audience says how many people the configured list holds, as far as it is
// there: lists are not kept in git.
func (r *Room) Audience() string {
	if r.Config.Recipients == "" {
		return "to the list of recipients that is named when it is sent"
	}
	switch n := r.listed(); n {
	case 0:
		return "to the configured list of recipients, which is not here"
	case 1:
		return "to 1 recipient"
	default:
		return fmt.Sprintf("to %d recipients", n)
	}
}
