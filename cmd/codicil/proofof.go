package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy/worktree"
)

// proofOf prints what is on record about one person.
func (a *app) proofOf(ctx context.Context, l *ledger.Ledger, id string, f proofFlags) error {
	address, err := a.address(f.recipient)
	if err != nil {
		return usagef("--recipient: %w", err)
	}
	r, err := l.Record(ctx, id, address)
	if err != nil {
		return err
	}
	if r == nil {
		return hinted(fmt.Errorf("that address was not on the list of notice %s", id), "the ledger knows addresses by a hash with its own key: is it the right ledger?")
	}
	if f.message != "" {
		if err := a.asSent(ctx, l, id, notify.Recipient{Email: address, Lang: r.Lang, Name: cmp.Or(f.name, r.Name)}, r, f.message); err != nil {
			return err
		}
	}
	timely, err := proof.NewTimely(ctx, l, id)
	if err != nil {
		return err
	}
	j := proof.NewRecord(id, r)
	j.InTime = timely.Told(r)
	if j.Declined, err = proof.DeclinedAt(ctx, l, id, r); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, j)
	}
	proof.DescribeRecord(a.stdout, j, r, timely)
	return nil
}

// address reads an address from a flag, or from standard input, which leaves no
// trace in the list of processes or the history of a shell.
func (a *app) address(flag string) (string, error) {
	if flag == "-" {
		line, err := bufio.NewReader(a.stdin).ReadString('\n')
		if err != nil && line == "" {
			return "", errors.New("standard input holds no address")
		}
		flag = strings.TrimSpace(line)
	}
	return notify.Person(flag)
}

// asSent writes the message to one person once more.
func (a *app) asSent(ctx context.Context, l *ledger.Ledger, id string, to notify.Recipient, r *ledger.Record, file string) error {
	eml, digest, err := proof.AsSent(ctx, l, id, to, r)
	if errors.Is(err, proof.ErrNotAsSent) {
		return hinted(err, "the name is forgotten by now: pass it with --name as the list had it; a message that was signed with DKIM here cannot be made again")
	}
	if err != nil {
		return err
	}
	if err := worktree.Write(file, eml); err != nil {
		return err
	}
	a.say("wrote %s: sha256 %s, as on record", file, digest)
	return nil
}

// holds checks that a hash that was noted down earlier is still in the chain.
func (a *app) holds(ctx context.Context, l *ledger.Ledger, head string) error {
	seq, err := l.Find(ctx, head)
	if err != nil {
		return usagef("--head: %w", err)
	}
	if seq == 0 {
		return hinted(fmt.Errorf("no record of the ledger has the hash %s", head), "records were rewritten or removed since it was noted down, or it is another ledger")
	}
	a.say("the hash is that of record %d", seq)
	return nil
}
