package notify

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ChannelList says for which channel of the publisher's own a list is read. The zero
// value stands for mail.
type ChannelList struct {
	Channel string // its name, such as sms
	Column  string // of the list, that says where it reaches a person
}

// Recipients reads a list as the function of that name does, for the channel: who
// has nothing in its column is left out, and who has no email address is known by
// what is there. With repeated, repeated people come again, for readers that
// keep each once themselves, as a ledger does: none is remembered then, which takes
// 25 MB for a million.
func (c ChannelList) Recipients(name string, r io.Reader, repeated bool) iter.Seq2[Recipient, error] {
	return readRows(name, r, c, func() *seen {
		if repeated {
			return nil
		}
		return &seen{}
	})
}

// Identity returns the word by which ledgers know somebody who has no email
// address: sms:+4930123456. No email address looks like it.
func (c ChannelList) Identity(address string) string { return c.Channel + ":" + address }

// in returns what is in the column of a row that is a JSON object.
func (c ChannelList) in(row string) (address string, err error) {
	if c.Channel == "" {
		return "", nil
	}
	var fields map[string]any
	if err := json.Unmarshal([]byte(row), &fields); err != nil {
		return "", err
	}
	var found []any
	for key, value := range fields {
		if strings.EqualFold(key, c.Column) && value != nil {
			found = append(found, value)
		}
	}
	switch {
	case len(found) == 0:
		return "", nil
	case len(found) > 1:
		return "", errTwice
	}
	address, isText := found[0].(string)
	if !isText {
		return "", errors.New("it is no string")
	}
	return address, nil
}

// errTwice is of a row that names the column once in small letters and once in
// capitals: which of the two counts, only its author knows.
var errTwice = errors.New("the column is there twice")

// maxReach bounds where a channel reaches somebody, in octets: tokens of devices
// are long.
const maxReach = 4096

// reachable reports whether a word may name where a channel reaches somebody.
func reachable(address string) bool {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r)
	}
	return len(address) <= maxReach && utf8.ValidString(address) && !strings.ContainsFunc(address, bad)
}

// identity is the form of ChannelList.Identity.
var identity = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}:[^\s@]+$`)

// Person returns the word by which ledgers know a person whom an operator names:
// by an email address in the form that Normalise gives, or as ChannelList.Identity does.
func Person(text string) (string, error) {
	if identity.MatchString(text) && reachable(text) {
		return text, nil
	}
	return Normalise(text)
}
