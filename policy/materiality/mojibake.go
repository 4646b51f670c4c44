package materiality

import (
	"strings"
	"unicode/utf8"
)

// recoded mends letters that were read in the wrong encoding, as pages do: UTF-8 that
// was taken for windows-1252 ("â€œ" for "“").
func recoded(text string) string {
	const first = 0xC3 // begins each of these letters: to look for one byte is quick
	if strings.IndexByte(text, first) < 0 || !strings.ContainsAny(text, "ÃÂâ") {
		return text
	}
	text = strings.ReplaceAll(text, "â€\uFFFD", "”") // the one quote that windows-1252 has no place for
	var out strings.Builder
	for len(text) > 0 {
		n := strings.IndexFunc(text, func(r rune) bool { return r < utf8.RuneSelf })
		if n < 0 {
			n = len(text)
		}
		out.WriteString(decoded(text[:n]))
		text = text[n:]
		n = strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
		if n < 0 {
			n = len(text)
		}
		out.WriteString(text[:n])
		text = text[n:]
	}
	return out.String()
}

// decoded takes letters for bytes of windows-1252, and these for UTF-8; where that is
// not what they are, they stay.
func decoded(run string) string {
	var bytes []byte
	for _, r := range run {
		at := strings.IndexRune(windows1252, r)
		switch {
		case at >= 0:
			bytes = append(bytes, 0x80+byte(utf8.RuneCountInString(windows1252[:at])))
		case r <= 0xFF:
			bytes = append(bytes, byte(r))
		default:
			return run
		}
	}
	if !utf8.Valid(bytes) {
		return run
	}
	return string(bytes)
}

// windows1252 is what the encoding has from 0x80 to 0x9F (www.unicode.org/Public/
// MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT); what has no place is itself.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
