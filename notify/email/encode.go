package email

import (
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"unicode"

	rendered "github.com/codicil/codicil/render/email"
)

// encode writes a body in quoted-printable (RFC 2045, section 6.7), with a
// slot wherever a field of the recipient goes: of the given name for the
// person's own. A soft line break is before and after each slot, so that
// the line stays in bounds whatever goes in.
func encode(body, nameSlot string) string {
	var b strings.Builder
	for body != "" {
		text, mark := cutMark(body)
		w := quotedprintable.NewWriter(&b)
		// Writing to a strings.Builder cannot fail.
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		switch mark {
		case rendered.NameMark:
			b.WriteString("=\r\n" + slot(nameSlot)) // appendName writes the second break
		case rendered.TokenMark:
			b.WriteString("=\r\n" + slot(slotToken) + "=\r\n")
		case rendered.DeclineMark:
			b.WriteString("=\r\n" + slot(slotDeny) + "=\r\n")
		}
		body = body[len(text)+len(mark):]
	}
	return b.String()
}

// cutMark returns the text before the next mark, and that mark; none at the end.
func cutMark(body string) (text, mark string) {
	text = body
	for _, m := range []string{rendered.NameMark, rendered.TokenMark, rendered.DeclineMark} {
		if before, _, found := strings.Cut(text, m); found {
			text, mark = before, m
		}
	}
	return text, mark
}

// maxQuoted is the length of an encoded line (RFC 2045), its "=" included.
const maxQuoted = 76

// appendName writes a name, after a space and in quoted-printable, and ends it
// with a soft line break. Without a name nothing is written.
func appendName(dst []byte, name string) []byte {
	if name == "" {
		return dst
	}
	const hex = "0123456789ABCDEF"
	width := 0
	for _, c := range []byte(" " + name) {
		if width > maxQuoted-4 {
			dst = append(dst, "=\r\n"...)
			width = 0
		}
		if c == '=' || c == '.' || c < ' ' || c > '~' {
			dst = append(dst, '=', hex[c>>4], hex[c&15])
			width += 3
			continue
		}
		dst = append(dst, c)
		width++
	}
	return append(dst, "=\r\n"...)
}

// unsafe reports whether r may not be in a header field: it could end the
// line, or make the reader see another order than the bytes have.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// address writes a name and an address as a header field has them.
func address(name, email string) string {
	return (&mail.Address{Name: name, Address: email}).String()
}

// words writes words as a header field has them (RFC 2047). Plain words that
// look like encoded ones are parted, so that no reader decodes them.
func words(s string) string {
	return mime.QEncoding.Encode("utf-8", strings.ReplaceAll(s, "=?", "= ?"))
}

// fold writes a header field in lines of at most 76 octets where its spaces
// allow it (RFC 5322, section 2.2.3).
func fold(name, body string) string {
	var b strings.Builder
	b.WriteString(name)
	width := len(name)
	for i, word := range strings.Split(body, " ") {
		switch {
		case i == 0:
		case width+1+len(word) > 76 && word != "":
			b.WriteString("\r\n ")
			width = 1
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += len(word)
	}
	b.WriteString("\r\n")
	return b.String()
}

// listID names the list of people who hear about a policy (RFC 2919).
func listID(policy, domain string) string {
	label := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, policy)
	return "<" + label + ".notices." + domain + ">"
}
