package notify

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// The limits of RFC 5321, section 4.5.3.1, in octets. A path of 256 octets
// leaves 254 for the address between its angle brackets.
const (
	maxLocal   = 64
	maxAddress = 254
	maxLabel   = 63 // of a domain (RFC 1035, section 2.3.4)
)

// Normalise returns an address in the one form in which the ledger knows it:
// without surrounding spaces, its domain in lower case and ASCII (RFC 5891).
// The error says what is wrong with it and does not repeat it.
func Normalise(address string) (string, error) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return "", errors.New("there is no @ in the address")
	}
	local, err := localPart(address[:at])
	if err != nil {
		return "", err
	}
	domain, err := domainPart(address[at+1:])
	if err != nil {
		return "", err
	}
	if len(local)+1+len(domain) > maxAddress {
		return "", errors.New("the address is longer than 254 octets")
	}
	return local + "@" + domain, nil
}

// localPart checks what is before the @: the dot-atom of RFC 5322, or of
// RFC 6532 with other scripts. Quotation marks that are not needed fall away.
func localPart(s string) (string, error) {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	switch {
	case s == "":
		return "", errors.New("nothing comes before the @")
	case len(s) > maxLocal:
		return "", errors.New("the part before the @ is longer than 64 octets")
	case s[0] == '-':
		return "", errors.New("the address begins with a hyphen, which mail programs read as an option")
	case !utf8.ValidString(s):
		return "", errors.New("the address is not UTF-8")
	case s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, ".."):
		return "", errors.New("a dot is at the edge of the part before the @, or two in a row")
	case strings.ContainsFunc(s, notAtext):
		return "", errors.New("a character before the @ is not allowed in an address")
	}
	return s, nil
}

// notAtext reports whether r may not be in a dot-atom (RFC 5322, section
// 3.2.3; RFC 6532, section 3.2).
func notAtext(r rune) bool {
	switch {
	case r >= utf8.RuneSelf:
		return !unicode.IsGraphic(r) || unicode.IsSpace(r)
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return false
	}
	return !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
}

// domainPart checks what is after the @ and writes it in ASCII.
func domainPart(s string) (string, error) {
	if strings.HasPrefix(s, "[") {
		return "", errors.New("the address names a machine by its number, not a domain")
	}
	domain, err := idna.Lookup.ToASCII(s)
	if err != nil {
		return "", errors.New("what comes after the @ is not a domain name")
	}
	domain = strings.ToLower(domain)
	dot := strings.LastIndexByte(domain, '.')
	switch {
	case dot < 0:
		return "", errors.New("the domain has no dot")
	case dot == len(domain)-1 || domain[0] == '.' || strings.Contains(domain, ".."):
		return "", errors.New("the domain has an empty part")
	case slices.ContainsFunc(strings.Split(domain, "."), func(label string) bool { return len(label) > maxLabel }):
		return "", errors.New("a part of the domain is longer than 63 octets")
	case strings.Trim(domain[dot+1:], "0123456789") == "":
		return "", errors.New("the domain ends in a number")
	}
	return domain, nil
}
