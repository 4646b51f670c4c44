package ledger

import (
	"regexp"
	"strings"
)

// anyAddress is what looks like an address in a server's reply.
var anyAddress = regexp.MustCompile(`[^\s<>()\[\]:;,"']+@[^\s<>()\[\]:;,"']+`)

// withoutAddresses takes the recipient's address, and all others, out of a
// server's reply: the record of an attempt is kept for good, and addresses
// are not. What is not UTF-8 goes as well, since a record is text.
func withoutAddresses(reply, address string) string {
	reply = strings.ReplaceAll(strings.ToValidUTF8(reply, "\ufffd"), "\x00", "")
	if strings.Contains(reply, "@") {
		reply = anyAddress.ReplaceAllString(reply, "[address]")
	}
	local, _, _ := strings.Cut(address, "@")
	if len(local) < 4 {
		return reply // too short to tell from a word
	}
	return replaceFold(reply, local, "[address]")
}

// withoutWord takes where a channel reaches a person out of what its program says.
func withoutWord(reply, word string) string {
	if len(word) < 4 {
		return reply // too short to tell from a word
	}
	return strings.ReplaceAll(reply, strings.TrimPrefix(word, "+"), "[address]")
}

// replaceFold replaces a word wherever it is by itself, in capitals or not.
func replaceFold(s, word, by string) string {
	if !strings.Contains(strings.ToLower(s), strings.ToLower(word)) {
		return s
	}
	return regexp.MustCompile(`(?i)(^|[^\pL\pN])`+regexp.QuoteMeta(word)+`($|[^\pL\pN])`).ReplaceAllString(s, "${1}"+by+"${2}")
}
