package notify

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// Recipient is a person to tell.
type Recipient struct {
	Email string       // in the form that Normalise gives
	Lang  string       // BCP 47 tag; empty when the list names none
	Name  string       // as the person is called; empty when the list names none
	Class notice.Class // of notices that the person gets; empty when the list names none
	Zone  string       // of the IANA database, such as Europe/Berlin; empty when the list names none
	Line  int          // of the list, from 1

	// Address is where a channel of the publisher's own reaches the person: a
	// telephone number, the token of a device. Empty for mail.
	Address string
}

// Recipients reads a list of recipients, one row after the other, so that a
// list of any length fits: comma-separated values (RFC 4180) with the columns
// email, lang, name, class and timezone in any order. A first row that holds an @ is
// data, in that order; further columns are left alone. Each row is one line. A
// list whose first line begins with a brace holds a JSON object in each line,
// with fields of the same names.
//
// An error that is a *policy.Diagnostic concerns its row alone: of rule
// "recipient-name", "recipient-lang" or "recipient-timezone" the recipient is good
// without that field, of any other there is none; "recipient-without" is a row that has no
// address. It gives the line and never repeats an
// address. Any other error ends the list.
func Recipients(name string, r io.Reader) iter.Seq2[Recipient, error] {
	return readRows(name, r, ChannelList{}, func() *seen { return &seen{} })
}

func readRows(name string, r io.Reader, list ChannelList, before func() *seen) iter.Seq2[Recipient, error] {
	return func(yield func(Recipient, error) bool) {
		l := &listReader{name: name, in: bufio.NewReaderSize(r, 64<<10), list: list, langs: map[string]string{}, zones: map[string]string{}, seen: before()}
		for {
			recipient, err := l.next()
			if err == io.EOF || !yield(recipient, err) {
				return
			}
			var fault *policy.Diagnostic
			if err != nil && !errors.As(err, &fault) {
				return
			}
		}
	}
}

// The rules under which a row is reported.
const (
	ruleRow      = "recipient-row"
	ruleAddress  = "recipient-address"
	ruleWithout  = "recipient-without"
	ruleRepeated = "recipient-repeated"
	ruleName     = "recipient-name"
	ruleLang     = "recipient-lang"
	ruleClass    = "recipient-class"
	ruleZone     = "recipient-timezone"
)

// listReader reads a list line by line.
type listReader struct {
	name    string
	in      *bufio.Reader
	line    int
	comma   byte
	objects bool              // each row is a JSON object
	columns [6]int            // where the columns are; -1 when they do not
	list    ChannelList       // whom the list is read for; the zero value for mail
	fields  []string          // of the present row, kept to save allocations
	langs   map[string]string // one copy of each tag
	zones   map[string]string // and of each time zone; empty for none that exists
	seen    *seen             // nil where repeated addresses do not matter
	pending string            // a first row that is data
}

// next returns the next row that is not empty.
func (l *listReader) next() (Recipient, error) {
	if l.line == 0 {
		if err := l.header(); err != nil {
			return Recipient{}, err
		}
	}
	for {
		row, err := l.read()
		if err != nil {
			return Recipient{}, err
		}
		if strings.TrimSpace(row) != "" {
			return l.recipient(row)
		}
	}
}

// maxRow bounds a row, in octets: no name and address are as long.
const maxRow = 16 << 10

// read returns the next line without its end. A line beyond bounds is
// reported, and the reading goes on after it.
func (l *listReader) read() (string, error) {
	if row := l.pending; row != "" {
		l.pending = ""
		return row, nil
	}
	var long bool
	row, err := l.in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		long = true
		row, err = l.in.ReadSlice('\n')
	}
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("read recipients from %s: %w", l.name, err)
	}
	if len(row) == 0 && err == io.EOF {
		return "", io.EOF
	}
	l.line++
	if long || len(row) > maxRow {
		return "", l.fault(ruleRow, "the row is longer than 16 kB", "is a quotation mark or a line end missing?")
	}
	return strings.TrimRight(string(row), "\r\n"), nil
}

// header finds out where the columns are.
func (l *listReader) header() error {
	row, err := l.read()
	if err != nil {
		return err
	}
	if strings.HasPrefix(row, "\xff\xfe") || strings.HasPrefix(row, "\xfe\xff") {
		return fmt.Errorf("read recipients from %s: the file is UTF-16; save it as UTF-8", l.name)
	}
	row = strings.TrimPrefix(row, "\ufeff")
	l.comma = separator(row)
	l.columns = [6]int{0, 1, 2, 3, 4, -1}
	l.objects = strings.HasPrefix(strings.TrimSpace(row), "{")
	if l.objects || strings.Contains(row, "@") {
		l.pending = row
		return nil
	}
	fields, ok := l.split(row)
	if !ok {
		return fmt.Errorf("read recipients from %s: the header has an open quotation mark", l.name)
	}
	l.columns = [6]int{-1, -1, -1, -1, -1, -1}
	for i, field := range fields {
		for c, title := range []string{"email", "lang", "name", "class", "timezone", l.list.Column} {
			if title != "" && strings.EqualFold(strings.TrimSpace(field), title) && l.columns[c] < 0 {
				l.columns[c] = i
			}
		}
	}
	if l.list.Channel != "" && l.columns[5] < 0 {
		return fmt.Errorf("read recipients from %s: no column is called %s, which says where %s reaches people", l.name, l.list.Column, l.list.Channel)
	}
	if l.columns[0] < 0 && l.list.Channel == "" {
		return fmt.Errorf("read recipients from %s: no column is called email; begin the file with the line email,lang,name", l.name)
	}
	return nil
}

// separator tells what parts the columns: spreadsheets write semicolons in
// the countries that have a decimal comma.
func separator(row string) byte {
	for _, c := range []byte{',', ';', '\t'} {
		if strings.IndexByte(row, c) >= 0 {
			return c
		}
	}
	return ','
}

// split parts a row into fields. It reports false when a quotation mark
// stays open.
func (l *listReader) split(row string) ([]string, bool) {
	l.fields = l.fields[:0]
	for {
		if strings.HasPrefix(strings.TrimLeft(row, " "), `"`) {
			field, rest, ok := quoted(strings.TrimLeft(row, " ")[1:])
			rest = strings.TrimLeft(rest, " ")
			if !ok || rest != "" && rest[0] != l.comma {
				return nil, false
			}
			l.fields = append(l.fields, field)
			if rest == "" {
				return l.fields, true
			}
			row = rest[1:]
			continue
		}
		end := strings.IndexByte(row, l.comma)
		if end < 0 {
			return append(l.fields, row), true
		}
		l.fields = append(l.fields, row[:end])
		row = row[end+1:]
	}
}

// quoted reads up to the closing quotation mark; a doubled one stands for itself.
func quoted(s string) (field, rest string, ok bool) {
	var b strings.Builder
	for {
		end := strings.IndexByte(s, '"')
		if end < 0 {
			return "", "", false
		}
		b.WriteString(s[:end])
		s = s[end+1:]
		if !strings.HasPrefix(s, `"`) {
			return b.String(), s, true
		}
		b.WriteByte('"')
		s = s[1:]
	}
}

// cells returns email, lang, name, class and time zone of a row, and where a
// channel reaches the person.
func (l *listReader) cells(row string) (cells [6]string, err error) {
	if l.objects {
		var object struct{ Email, Lang, Name, Class, Timezone string }
		address, err := l.list.in(row)
		if errors.Is(err, errTwice) {
			return cells, l.fault(ruleRow, fmt.Sprintf("the row has the column %s twice, in other capitals", l.list.Column), "leave one of the two")
		}
		if err := errors.Join(err, json.Unmarshal([]byte(row), &object)); err != nil {
			return cells, l.fault(ruleRow, "the row is not a JSON object of strings", `write one object a line: {"email":"ada@example.com","lang":"en"}`)
		}
		cells = [6]string{object.Email, object.Lang, object.Name, object.Class, object.Timezone, address}
	} else {
		fields, ok := l.split(row)
		if !ok {
			return cells, l.fault(ruleRow, "a quotation mark is open, or text follows a closed one", `write a quotation mark inside a field twice: ""`)
		}
		for c, i := range l.columns {
			if i >= 0 && i < len(fields) {
				cells[c] = fields[i]
			}
		}
	}
	for c := range cells {
		cells[c] = strings.TrimSpace(cells[c])
	}
	return cells, nil
}

// recipient reads one row.
func (l *listReader) recipient(row string) (Recipient, error) {
	cells, err := l.cells(row)
	if err != nil {
		return Recipient{}, err
	}
	email, err := l.address(cells)
	if err != nil {
		return Recipient{}, err
	}
	class := notice.Class(strings.ToLower(cells[3]))
	if class != "" && class != notice.ServiceClass && class != notice.Follower {
		return Recipient{}, l.fault(ruleClass, "the class is neither service nor follower", "write service for an account holder, follower for one who asked to be told")
	}
	// People do not tell capital letters apart in an address, and no known
	// server does either.
	if l.seen != nil {
		if before := l.seen.add(email, l.line); before != 0 {
			return Recipient{}, l.warn(ruleRepeated, fmt.Sprintf("the address is in line %d already; it is told once", before))
		}
	}
	r := Recipient{Email: email, Class: class, Line: l.line, Address: strings.Clone(cells[5])}
	if goodName(cells[2]) {
		r.Name = strings.Clone(cells[2])
	}
	if r.Lang, err = l.lang(cells[1]); err != nil {
		return r, err
	}
	if r.Zone = l.zone(cells[4]); r.Zone == "" && cells[4] != "" {
		return r, l.warn(ruleZone, "the time zone is not a name such as Europe/Berlin; the notice is sent by the zone of the publisher")
	}
	if r.Name != cells[2] {
		return r, l.warn(ruleName, "the name is too long, holds control characters or looks like a web address; the notice is sent without it")
	}
	return r, nil
}

// address returns the word by which the person of a row is known: their email
// address, or where a channel reaches them who have none.
func (l *listReader) address(cells [6]string) (string, error) {
	if l.list.Channel != "" {
		if cells[5] == "" {
			return "", l.warn(ruleWithout, fmt.Sprintf("the row has no %s; the person is told by the other channels alone", l.list.Column))
		}
		if !reachable(cells[5]) {
			return "", l.fault(ruleAddress, fmt.Sprintf("the %s is too long, or holds spaces or control characters", l.list.Column), "correct it, or remove the row")
		}
		if cells[0] == "" {
			return l.list.Identity(cells[5]), nil
		}
	}
	if cells[0] == "" {
		return "", l.warn(ruleWithout, "the row has no address; the person is told by the other channels alone")
	}
	email, err := Normalise(cells[0])
	if err != nil {
		return "", l.fault(ruleAddress, err.Error(), "correct the address, or remove the row")
	}
	return email, nil
}

var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// lang checks a language tag by its form (RFC 5646, section 2.1).
func (l *listReader) lang(s string) (string, error) {
	s = strings.ReplaceAll(s, "_", "-")
	if tag, ok := l.langs[s]; ok || s == "" {
		return tag, nil
	}
	if !langTag.MatchString(s) {
		return "", l.warn(ruleLang, "the language is not a tag such as en or pt-BR; the notice is sent in its first language")
	}
	tag := policy.LanguageTag(s)
	l.langs[strings.Clone(s)] = tag
	return tag, nil
}

// zone returns a time zone that exists, and nothing for one that does not.
func (l *listReader) zone(s string) string {
	name, known := l.zones[s]
	if known || s == "" {
		return name
	}
	s = strings.Clone(s)
	if _, err := time.LoadLocation(s); err == nil && s != "Local" {
		name = s
	}
	if len(l.zones) < maxZones {
		l.zones[s] = name
	}
	return name
}

// maxZones bounds how many time zones are remembered: there are some 600.
const maxZones = 2000

// maxName bounds a name, in octets.
const maxName = 256

// webAddress is what mail programs make a link of, whoever wrote it.
var webAddress = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`://|(?i)\bwww\.|[\pL\pN]\.\pL{2,}(?:[/?#:]|$|[^.\pL\pN])`)
})

// goodName reports whether a name may be in a message: whole UTF-8, and
// nothing that could end a line, turn the direction of what follows or lead away.
func goodName(s string) bool {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
	}
	return len(s) <= maxName && utf8.ValidString(s) && !strings.ContainsFunc(s, bad) && !webAddress().MatchString(s)
}

func (l *listReader) fault(rule, message, hint string) *policy.Diagnostic {
	return &policy.Diagnostic{File: l.name, Line: l.line, Level: policy.Error, Rule: rule, Message: message, Hint: hint}
}

func (l *listReader) warn(rule, message string) *policy.Diagnostic {
	return &policy.Diagnostic{File: l.name, Line: l.line, Level: policy.Warning, Rule: rule, Message: message}
}
