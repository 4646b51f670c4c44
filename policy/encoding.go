package policy

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// UTF8 returns a text in UTF-8. One in another encoding is read as what it
// most likely is, and comes with a fault that says so: UTF-16 by its mark or by
// the zeros between its letters, all else as Windows-1252, which holds Latin-1.
// A file that is no text at all stays nil.
func UTF8(name string, src []byte) ([]byte, *Diagnostic) {
	valid := utf8.Valid(src)
	if valid && bytes.IndexByte(src, 0) < 0 {
		return src, nil
	}
	label := encodingOf(src)
	if valid && label != "utf-16le" && label != "utf-16be" {
		return src, nil
	}
	fault := notUTF8(name, src)
	e, _ := charset.Lookup(label)
	if e == nil {
		return nil, fault
	}
	text, err := e.NewDecoder().Bytes(src)
	if err != nil {
		return nil, fault
	}
	fault.Message += ": the text is read as " + map[string]string{"utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252"}[label]
	return bytes.TrimPrefix(text, []byte("\uFEFF")), fault
}

// declared is where a page names its encoding: within its first kilobyte (HTML, 4.2.5.4).
var declared = regexp.MustCompile(`(?i)<(?:meta|\?xml)\b[^>]*(?:charset|encoding)\s*=\s*["']?\s*([\w:-]+)`)

// DeclaredUTF8 returns an HTML page in UTF-8, read in the encoding that it declares
// for itself, and the name of that; an empty name where it needs none or has none.
func DeclaredUTF8(page []byte) ([]byte, string) {
	if utf8.Valid(page) {
		return page, ""
	}
	label := declared.FindSubmatch(page[:min(len(page), 1024)])
	if label == nil {
		return page, ""
	}
	e, name := charset.Lookup(string(label[1]))
	if e == nil || name == "utf-8" {
		return page, ""
	}
	text, err := e.NewDecoder().Bytes(page)
	if err != nil {
		return page, ""
	}
	return bytes.TrimPrefix(text, []byte("\uFEFF")), name
}

// encodingOf returns the label that a text's encoding has on the web, and none
// for what is no text.
func encodingOf(src []byte) string {
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(src, []byte("\xfe\xff")):
		return "utf-16be"
	}
	zeros := [2]int{} // at even places, and at odd ones
	controls := 0
	for i, c := range src {
		switch {
		case c == 0:
			zeros[i%2]++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f':
			controls++
		}
	}
	switch half := len(src) / 4; { // of a text in a Latin script every second byte is zero
	case zeros[1] > half && zeros[0] == 0:
		return "utf-16le"
	case zeros[0] > half && zeros[1] == 0:
		return "utf-16be"
	case zeros[0]+zeros[1] == 0 && controls <= len(src)/100:
		return "windows-1252"
	}
	return ""
}

// notUTF8 names the first byte of src that is not UTF-8.
func notUTF8(name string, src []byte) *Diagnostic {
	at := 0
	for at < len(src) && src[at] != 0 {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	at = min(at, len(src)-1)
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	return &Diagnostic{
		File: name, Line: 1 + bytes.Count(src[:at], []byte("\n")),
		Column: 1 + utf8.RuneCount(src[start:at]), Level: Error, Rule: "utf-8",
		Message: fmt.Sprintf("byte 0x%02x is not UTF-8", src[at]),
		Hint:    "save the file as UTF-8",
	}
}
