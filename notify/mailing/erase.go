package mailing

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// Eraser takes people out of the ledger and the register.
type Eraser struct {
	Policies []string         // ids of all of them
	At       time.Time        // when, for the record
	Ledgers  []*ledger.Ledger // that may know somebody

	Erased    int // people who were on record
	Strangers int // people who were not
}

// Erase removes people from all ledgers, down to the bytes of their files.
func (e *Eraser) Erase(ctx context.Context, addresses []string) error {
	for _, address := range addresses {
		if err := e.one(ctx, address); err != nil {
			return err
		}
	}
	return e.wipe(addresses)
}

func (e *Eraser) one(ctx context.Context, address string) error {
	known := false
	for _, l := range e.Ledgers {
		found, err := l.Erase(ctx, l.Recipient(address), e.Policies, e.At)
		if err != nil {
			return err
		}
		known = known || found.Notices > 0 || found.Followed
	}
	if known {
		e.Erased++
	} else {
		e.Strangers++
	}
	return nil
}

// wipe removes the addresses from what the files still hold of them.
func (e *Eraser) wipe(addresses []string) error {
	for _, l := range e.Ledgers {
		if err := l.Wipe(addresses...); err != nil {
			return err
		}
	}
	return nil
}

// ReadAddresses reads addresses, one a line. All must be good before anybody
// is erased.
func ReadAddresses(in io.Reader) ([]string, error) {
	var list []string
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		address, err := notify.Person(text)
		if err != nil {
			return nil, fmt.Errorf("line %d of the addresses: %w", n, err)
		}
		list = append(list, address)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the addresses: %w", err)
	}
	if len(list) == 0 {
		return nil, ErrNoAddress
	}
	return list, nil
}

// ErrNoAddress says that nobody is to be erased.
var ErrNoAddress = errors.New("there is no address to erase")
