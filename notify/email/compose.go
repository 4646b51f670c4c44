package email

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy/notice"
	rendered "github.com/codicil/codicil/render/email"
)

// Envelope says who sends a notice and when.
type Envelope struct {
	From        string     // as in RFC 5322: "Example <privacy@example.com>"
	ReplyTo     string     // where answers go; From when empty
	Key         notify.Key // of the Message-IDs and of the tokens
	Unsubscribe string     // https address that takes a follower off the list by POST (RFC 8058); followers only
	Seed        bool       // it goes to an address of the publisher's own, to see how it arrives
}

// Message is a notice in one language, composed for all its recipients.
type Message struct {
	Lang   string
	notice string
	key    notify.Key
	parts  [][]byte // bytes and names of slots in turn
	size   int      // of the bytes
}

// The slots: where the fields of a recipient go. In the bytes of a message a
// slot is its name between two NUL octets, which no message may hold
// (RFC 5322, section 2.2).
const (
	slotTo    = "to"    // address and name, as a header field's body
	slotID    = "id"    // left side of the Message-ID
	slotToken = "token" // of the address to unsubscribe
	slotDeny  = "deny"  // of the address to decline
	slotText  = "text"  // name in the text part
	slotHTML  = "html"  // name in the HTML part
	slotDate  = "date"  // the moment at which the copy is handed over (RFC 5322, section 3.6.1)
	slotFirst = "first" // left side of the Message-ID of the notice that is corrected
)

func slot(name string) string { return "\x00" + name + "\x00" }

// Compose makes the message of a notice. It fails when a field is missing or
// would not be safe in a message.
func Compose(n *notice.Notice, body *rendered.Body, e Envelope) (*Message, error) {
	head, err := header(n, body, e)
	if err != nil {
		return nil, fmt.Errorf("compose the email of %s: %w", n.ID(), err)
	}
	data := alternative(head, encode(body.Text, slotText), encode(body.HTML, slotHTML))
	return Load(n.ID(), cmp.Or(body.Lang, n.Lang), data, e.Key)
}

// Load makes a message from the bytes that Bytes gave, such as those that a
// ledger keeps.
func Load(noticeID, lang string, data []byte, key notify.Key) (*Message, error) {
	if len(key) == 0 {
		return nil, errors.New("a message needs a key for its Message-IDs")
	}
	m := &Message{Lang: lang, notice: noticeID, key: key, parts: bytes.Split(data, []byte{0}), size: len(data)}
	if len(m.parts)%2 == 0 {
		return nil, errors.New("the message is cut short")
	}
	return m, nil
}

// Bytes returns the message with its slots empty.
func (m *Message) Bytes() []byte { return bytes.Join(m.parts, []byte{0}) }

// Digest returns the SHA-256 of Bytes, in hex.
func (m *Message) Digest() string { return digest(m.Bytes()) }

// For returns the message for one recipient, as RFC 5322 writes it, handed over
// at the given moment, and the receipt under which it goes out. The Message-ID depends on the notice and
// the address alone, so that a second copy can be recognised.
func (m *Message) For(r notify.Recipient, at time.Time) ([]byte, notify.Receipt, error) {
	return m.appendFor(make([]byte, 0, m.size+len(r.Email)+8*len(r.Name)+256), r, at)
}

// appendFor is For, into memory that is there already.
func (m *Message) appendFor(eml []byte, r notify.Recipient, at time.Time) ([]byte, notify.Receipt, error) {
	if strings.ContainsFunc(r.Email+r.Name, unsafe) {
		return nil, notify.Receipt{}, errors.New("the name or address holds a control character")
	}
	id := m.key.MessageID(m.notice, r.Email)
	for i, part := range m.parts {
		if i%2 == 0 {
			eml = append(eml, part...)
			continue
		}
		switch string(part) {
		case slotTo:
			eml = append(eml, fold("To: ", address(r.Name, r.Email))...)
		case slotID:
			eml = append(eml, id...)
		case slotToken:
			policy, _, _ := strings.Cut(m.notice, "@")
			eml = append(eml, m.key.Token(notify.Unsubscribe, policy, m.key.Recipient(r.Email))...)
		case slotDeny:
			version, _, _ := strings.Cut(m.notice, "+correction")
			eml = append(eml, m.key.Token(notify.Decline, version, m.key.Recipient(r.Email))...)
		case slotDate:
			eml = at.UTC().AppendFormat(eml, time.RFC1123Z)
		case slotFirst:
			first, _, _ := strings.Cut(m.notice, "+correction")
			eml = append(eml, m.key.MessageID(first, r.Email)...)
		case slotText:
			eml = appendName(eml, r.Name)
		case slotHTML:
			eml = appendName(eml, html.EscapeString(r.Name))
		default:
			return nil, notify.Receipt{}, fmt.Errorf("the message has an unknown slot %q", part)
		}
	}
	return eml, notify.Receipt{Time: at, MessageID: id + "@" + m.domain(), SHA256: digest(eml)}, nil
}

func digest(eml []byte) string {
	sum := sha256.Sum256(eml)
	return hex.EncodeToString(sum[:])
}

// returnPath returns the address to which a server that cannot deliver reports:
// base, with a token that names notice and recipient (as in "Variable Envelope
// Return Paths", Bernstein 1997), so that no report can name anybody else.
func (m *Message) returnPath(base, recipient string) string {
	local, domain, _ := strings.Cut(base, "@")
	return local + "+" + m.key.Token(notify.ReturnPath, m.notice, m.key.Recipient(recipient)) + "@" + domain
}

// domain returns the right side of the Message-ID: what follows its slot.
func (m *Message) domain() string {
	for i := 1; i < len(m.parts); i += 2 {
		if string(m.parts[i]) == slotID {
			domain, _, _ := strings.Cut(string(m.parts[i+1]), ">")
			return strings.TrimPrefix(domain, "@")
		}
	}
	return ""
}

// header writes the fields before the body, with their slots.
func header(n *notice.Notice, body *rendered.Body, e Envelope) (string, error) {
	head, domain, err := heading(body.Subject, n.ID(), e)
	if err != nil {
		return "", err
	}
	var h strings.Builder
	h.WriteString(head)
	h.WriteString(fold("List-Id: ", listID(n.PolicyID, domain)))
	h.WriteString(fold("X-Codicil-Notice: ", words(n.ID())))
	if e.Seed {
		h.WriteString("X-Codicil-Seed: yes\r\n")
	}
	if n.Correction != nil { // readers' programs show it below the message that it corrects
		first := "<" + slot(slotFirst) + "@" + domain + ">\r\n"
		h.WriteString("In-Reply-To: " + first + "References: " + first)
	}
	if n.Class == notice.Follower {
		field, err := unsubscribe(e.Unsubscribe)
		if err != nil {
			return "", err
		}
		h.WriteString(field)
	}
	return h.String(), nil
}

// heading writes the fields that every message of ours has, and returns the
// domain of its sender.
func heading(subject, id string, e Envelope) (head, domain string, err error) {
	from, err := mail.ParseAddress(e.From)
	if err != nil {
		return "", "", fmt.Errorf("the sender %q is not an address: %w", e.From, err)
	}
	replyTo := from
	if e.ReplyTo != "" {
		if replyTo, err = mail.ParseAddress(e.ReplyTo); err != nil {
			return "", "", fmt.Errorf("the address for replies %q is not an address: %w", e.ReplyTo, err)
		}
	}
	if strings.ContainsFunc(subject+id+from.Name+replyTo.Name, unsafe) {
		return "", "", errors.New("a control character is in the subject, the id or the sender's name")
	}
	_, domain, _ = strings.Cut(from.Address, "@")
	var h strings.Builder
	h.WriteString(fold("From: ", address(from.Name, from.Address)))
	h.WriteString(slot(slotTo))
	h.WriteString(fold("Reply-To: ", address(replyTo.Name, replyTo.Address)))
	h.WriteString(fold("Subject: ", words(subject)))
	h.WriteString("Date: " + slot(slotDate) + "\r\n")
	h.WriteString("Message-ID: <" + slot(slotID) + "@" + domain + ">\r\n")
	h.WriteString("Auto-Submitted: auto-generated\r\n") // RFC 3834
	return h.String(), domain, nil
}

// unsubscribe writes the two fields of RFC 8058.
func unsubscribe(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsFunc(address, unsafe) || strings.ContainsAny(address, " <>,") {
		return "", fmt.Errorf("a notice to followers needs an https address to unsubscribe, and %q is none", address)
	}
	separator := "?"
	if u.RawQuery != "" {
		separator = "&"
	}
	return "List-Unsubscribe: <" + address + separator + "t=" + slot(slotToken) + ">\r\n" +
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", nil
}

// alternative joins header, text and HTML. The boundary follows from the
// content, so that the same notice gives the same bytes.
func alternative(head, text, html string) []byte {
	sum := sha256.Sum256([]byte(text + "\x00" + html))
	boundary := "codicil-" + hex.EncodeToString(sum[:16])
	part := func(kind, content string) string {
		return "--" + boundary + "\r\nContent-Type: " + kind + "; charset=utf-8\r\n" +
			"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + content + "\r\n"
	}
	return []byte(head + "MIME-Version: 1.0\r\n" +
		"Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n" +
		part("text/plain", text) + part("text/html", html) + "--" + boundary + "--\r\n")
}
