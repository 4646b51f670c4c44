package repair

import (
	"index/suffixarray"
	"strings"
)

// finder looks for many words in one text.
type finder struct {
	text  string
	asked int
	index *suffixarray.Index // once so much was asked that it pays to make it
}

// fewAsked is for how many words the text is read from its beginning: an index of
// its suffixes takes as long as that, and more room.
const fewAsked = 200

// count returns how often words are in the text, at most so often.
func (f *finder) count(words string, most int) int {
	if f.asked++; f.asked > fewAsked && f.index == nil {
		f.index = suffixarray.New([]byte(f.text))
	}
	if f.index != nil {
		return len(f.index.Lookup([]byte(words), most))
	}
	n := 0
	for from := 0; n < most; n++ {
		at := strings.Index(f.text[from:], words)
		if at < 0 {
			break
		}
		from += at + len(words)
	}
	return n
}

// has reports whether words are in the text.
func (f *finder) has(words string) bool { return words == "" || f.count(words, 1) > 0 }

// once reports whether they are at one place of it only.
func (f *finder) once(words string) bool { return words != "" && f.count(words, 2) == 1 }

// nearBytes is how much of a text before a place is looked at.
const nearBytes = 200

// tail returns the end of a text, as far as so many bytes go.
func tail(text string, most int) string { return text[max(0, len(text)-most):] }
