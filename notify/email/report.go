package email

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/notify"
)

// Report is what a mail system says later about a message that it took.
type Report struct {
	Failed    bool   // it will never be delivered (RFC 3464: action "failed")
	Complaint bool   // the reader calls it unwanted (RFC 5965: type "abuse")
	Status    string // of RFC 3463: "5.1.1"; empty in a complaint
	Reason    string // the words of the system
	Tokens    []string
}

// NoMailbox reports whether the address itself is no good.
func (r *Report) NoMailbox() bool { return r.Failed && notify.BadAddress(r.Status) }

// ErrNoReport is the error of ReadReport for any other message.
var ErrNoReport = errors.New("the message is no report")

// The bounds of what is read: reports are small, and what makes them large is
// the message they return.
const (
	maxReport = 1 << 20
	maxParts  = 10
)

// token is that of a return path, as returnPath makes it.
var token = regexp.MustCompile(`(?i)\+([a-z2-7]{42})@`)

// ReadReport reads a report by its structure: a delivery status notification
// (RFC 3464) or a complaint (RFC 5965). What it says about whom is taken from
// the return paths in it alone, whose tokens nobody can forge; the addresses
// in it name strangers as easily as our recipients.
func ReadReport(in io.Reader) (*Report, error) {
	m, err := mail.ReadMessage(bufio.NewReader(io.LimitReader(in, maxReport)))
	if err != nil {
		return nil, ErrNoReport
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || params["boundary"] == "" {
		return nil, ErrNoReport
	}
	r := &Report{}
	for _, field := range []string{"To", "Delivered-To", "X-Original-To"} {
		for _, value := range m.Header[textproto.CanonicalMIMEHeaderKey(field)] {
			r.find(value)
		}
	}
	read := false
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range maxParts {
		p, err := parts.NextPart()
		if err != nil {
			break
		}
		read = r.part(p) || read
	}
	if !read {
		return nil, ErrNoReport
	}
	return r, nil
}

// part reads one part; it reports whether it was the one that programs read.
func (r *Report) part(p *multipart.Part) bool {
	kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
	var body io.Reader = p
	if strings.EqualFold(p.Header.Get("Content-Transfer-Encoding"), "base64") {
		body = base64.NewDecoder(base64.StdEncoding, p)
	}
	fields := textproto.NewReader(bufio.NewReader(io.LimitReader(body, maxReport)))
	switch kind {
	case "message/delivery-status", "message/global-delivery-status":
		return r.status(fields)
	case "message/feedback-report":
		h, _ := fields.ReadMIMEHeader()
		r.Complaint = strings.EqualFold(h.Get("Feedback-Type"), "abuse")
		r.Reason = "the reader calls the message unwanted"
		r.find(h.Get("Original-Mail-From"))
		return h.Get("Feedback-Type") != ""
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
		h, _ := fields.ReadMIMEHeader()
		r.find(h.Get("Return-Path"))
	}
	return false
}

// status reads the blocks of fields of RFC 3464: about the message, then about
// each recipient. A message of ours has one.
func (r *Report) status(in *textproto.Reader) bool {
	if _, err := in.ReadMIMEHeader(); err != nil {
		return false
	}
	for range maxParts {
		h, err := in.ReadMIMEHeader()
		if action := h.Get("Action"); action != "" {
			r.Failed = strings.EqualFold(action, "failed")
			r.Status = enhancedCode.FindString(h.Get("Status"))
			_, r.Reason, _ = strings.Cut(h.Get("Diagnostic-Code"), ";")
			r.Reason = strings.TrimSpace(r.Reason)
			return true
		}
		if err != nil {
			break
		}
	}
	return false
}

func (r *Report) find(value string) {
	for _, found := range token.FindAllStringSubmatch(value, 4) {
		if word := strings.ToLower(found[1]); !slices.Contains(r.Tokens, word) {
			r.Tokens = append(r.Tokens, word)
		}
	}
}

// SplitMailbox calls f with each message of a mailbox in one file (mbox: each
// message begins with a line "From "), or with the one message that it is. Of
// a message beyond the bounds of a report, f gets the beginning.
func SplitMailbox(in io.Reader, f func(io.Reader) error) error {
	lines := bufio.NewReader(in)
	var message bytes.Buffer
	blank, whole := true, true
	start, _ := lines.Peek(5)
	box := string(start) == "From "
	for {
		line, err := lines.ReadSlice('\n')
		full := errors.Is(err, bufio.ErrBufferFull)
		if box && whole && blank && bytes.HasPrefix(line, []byte("From ")) {
			if message.Len() > 0 {
				if err := f(&message); err != nil {
					return err
				}
			}
			message.Reset()
		} else if message.Len() < maxReport {
			message.Write(line)
		}
		blank, whole = len(bytes.TrimSpace(line)) == 0, !full
		switch {
		case err == io.EOF && message.Len() == 0:
			return nil
		case err == io.EOF:
			return f(&message)
		case err != nil && !full:
			return err
		}
	}
}
