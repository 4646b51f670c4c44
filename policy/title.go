package policy

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Title returns what a text calls itself: the title of its front matter, else its
// one heading of the first level, else the heading that is above all of it.
// It is empty where the text does not say. The first of several headings of one
// level is the title only where it begins the text and all others are numbered:
// else it is but the first of the sections.
func (d *Document) Title() string {
	if title := PlainTitle(d.Front.Title); title != "" {
		return title
	}
	var tops []*Block
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind == Heading && len(b.Path) == 0 {
			tops = append(tops, b)
		}
	}
	if len(tops) == 0 {
		return ""
	}
	title, alone := highest(tops)
	leads := title == &d.Blocks[0]
	if title.Level == 1 && alone || leads && (alone || numbered(tops, title)) {
		return PlainTitle(title.Text())
	}
	return ""
}

// highest returns the first heading of the highest rank, and whether it is the
// only one of its rank.
func highest(headings []*Block) (first *Block, alone bool) {
	for _, b := range headings {
		switch {
		case first == nil || b.Level < first.Level:
			first, alone = b, true
		case b.Level == first.Level:
			alone = false
		}
	}
	return first, alone
}

// numbered reports whether all headings of the title's rank have a number, but
// not the title.
func numbered(headings []*Block, title *Block) bool {
	for _, b := range headings {
		if b.Level != title.Level {
			continue
		}
		if number, _ := splitHeading(b.Text()); (number != "") == (b == title) {
			return false
		}
	}
	return true
}

// titleMarkup is what can be in a title and is not for readers: tags of HTML
// and of templates, lists of attributes, comments; and links, of which the
// words stay.
var (
	titleMarkup = regexp.MustCompile(`(?s)<!--.*?-->|</?[A-Za-z][^<>]*>|\{\{.*?\}\}|\{%.*?%\}|\{[:#][^{}]*\}`)
	titleLink   = regexp.MustCompile(`!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?`)
	titleMarks  = regexp.MustCompile("(\\*\\*|__|\\*|~~|`)(\\S|\\S.*?\\S)(\\*\\*|__|\\*|~~|`)")
)

// PlainTitle writes a title as a reader sees it: without marks, tags and
// characters that show nothing, its white space folded.
func PlainTitle(title string) string {
	title = html.UnescapeString(titleMarkup.ReplaceAllString(title, " "))
	title = titleLink.ReplaceAllString(title, "$1")
	title = titleMarks.ReplaceAllString(title, "$2")
	title = strings.Map(func(r rune) rune {
		// The joiners shape letters of Persian and of the scripts of India.
		if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, title)
	return strings.Trim(strings.Join(strings.Fields(title), " "), "#| ")
}

// FileTitle names a text by its file, as people would write the words of it:
// "DMCA Counter Notice" for legal/DMCA-Counter-Notice.md. A file that is named
// as the front page of its folder, or by a language, goes by the folder. It is
// empty where the name has no words.
func FileTitle(file string) string {
	parts := strings.Split(file, "/")
	last := len(parts) - 1
	name := parts[last]
	if at := strings.LastIndexByte(name, '.'); at > 0 {
		name = name[:at]
	}
	if folderName.MatchString(name) && last > 0 {
		return FileTitle(strings.Join(parts[:last], "/"))
	}
	name = strings.TrimSpace(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("-_ .", r) }), " "))
	if first := []rune(name); len(first) > 0 {
		first[0] = unicode.ToUpper(first[0])
		return string(first)
	}
	return ""
}

// folderName is a name that says nothing of what is in the file.
var folderName = regexp.MustCompile(`^(?i:index|readme|default|[a-z]{2}|[a-z]{2}[-_][a-z]{2}|[a-z]{2}[-_]hans|[a-z]{2}[-_]hant)$`)

// LabelDay returns the day that names a version without a label of its own, and
// which of that day's versions it is: "2026-04-10.2" is the second of 10 April
// 2026. It reports false for other labels.
func LabelDay(label string) (day Date, nth int, ok bool) {
	if len(label) < len(time.DateOnly) {
		return Date{}, 0, false
	}
	t, err := time.Parse(time.DateOnly, label[:len(time.DateOnly)])
	if err != nil {
		return Date{}, 0, false
	}
	rest, nth := label[len(time.DateOnly):], 1
	if rest != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(rest, "."))
		if err != nil || n < 2 || rest[0] != '.' {
			return Date{}, 0, false
		}
		nth = n
	}
	return DateOf(t), nth, true
}
