package docx

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy/repair/numeral"
)

// levels is how many levels a list of Word has.
const levels = 9

// maxDigits is how many digits Word gives a number at most.
const maxDigits = 5

// level is how one level of a list counts (ECMA-376 part 1, 17.9.6).
type level struct {
	start   int
	format  string
	text    string // with %1 to %9 for the numbers of the levels
	restart int    // after which level it begins anew, from 1; 0 never, -1 after any above
	legal   bool   // all numbers in it are written as 1, 2, 3
	digits  int    // that a number has at least, with zeros before it
	space   bool   // whether anything is between the number and the words
	style   string // of paragraphs that are on this level
}

// abstract is a definition of a list: several lists may share one, and then
// count on from each other.
type abstract struct {
	levels [levels]level
	counts [levels]int // of paragraphs so far; start-1 where none was yet
	begun  [levels]bool
	link   string // name of the style whose list it is
}

// list is a w:num.
type list struct {
	abstract *abstract
	own      [levels]*level // levels that this list defines otherwise
	starts   [levels]int    // where it begins anew; -1 where it does not
	used     [levels]bool
}

// readLists reads the part of numbering.
func readLists(root *node) map[string]*list {
	lists := make(map[string]*list)
	if root == nil {
		return lists
	}
	abstracts := make(map[string]*abstract)
	styled := make(map[string]*abstract) // by the style that they define
	for _, k := range root.kids {
		if k.name == "abstractNum" {
			a := readAbstract(k)
			abstracts[k.attr("abstractNumId")] = a
			if name := k.val("styleLink"); name != "" {
				styled[name] = a
			}
		}
	}
	for _, k := range root.kids {
		if k.name != "num" {
			continue
		}
		a := abstracts[k.val("abstractNumId")]
		if a != nil && a.link != "" && styled[a.link] != nil {
			a = styled[a.link]
		}
		if a != nil {
			lists[k.attr("numId")] = readList(k, a)
		}
	}
	return lists
}

func readAbstract(n *node) *abstract {
	a := &abstract{link: n.val("numStyleLink")}
	for i := range a.levels {
		a.levels[i] = level{start: 1, format: "decimal", restart: -1}
	}
	for _, k := range n.kids {
		if i := number(k.attr("ilvl"), levels); k.name == "lvl" && i < levels {
			a.levels[i] = readLevel(k)
		}
	}
	for i := range a.counts {
		a.counts[i] = a.levels[i].start - 1
	}
	return a
}

func readLevel(n *node) level {
	l := level{start: number(n.val("start"), 0), format: n.val("numFmt"), text: n.val("lvlText"), restart: -1, style: n.val("pStyle")}
	if n.kid("start") == nil {
		l.start = 0
	}
	if l.format == "" {
		l.format = "decimal"
	}
	if own := n.kid("AlternateContent").kid("Choice").kid("numFmt"); own.attr("val") == "custom" {
		first, _, _ := strings.Cut(own.attr("format"), ",") // 001, 002, 003, ...
		if n := len(first); strings.Trim(first, "0") == "1" && n <= maxDigits {
			l.format, l.digits = "decimal", n
		}
	}
	if v := n.val("lvlRestart"); v != "" {
		l.restart = number(v, -1)
	}
	l.legal, _ = n.on("isLgl")
	l.space = n.val("suff") != "nothing"
	return l
}

func readList(n *node, a *abstract) *list {
	l := &list{abstract: a}
	for i := range l.starts {
		l.starts[i] = -1
	}
	for _, k := range n.kids {
		i := number(k.attr("ilvl"), levels)
		if k.name != "lvlOverride" || i >= levels {
			continue
		}
		if v := k.val("startOverride"); v != "" {
			l.starts[i] = number(v, -1)
		}
		if own := k.kid("lvl"); own != nil {
			read := readLevel(own)
			l.own[i] = &read
		}
	}
	return l
}

func (l *list) level(i int) *level {
	if l.own[i] != nil {
		return l.own[i]
	}
	return &l.abstract.levels[i]
}

// levelOf returns the level of a list on which paragraphs of a style are.
func (l *list) levelOf(style string) int {
	for i := range levels {
		if style != "" && l.level(i).style == style {
			return i
		}
	}
	return 0
}

// count takes one more paragraph on a level and returns the number that Word
// shows before it, and whether it is a bullet. What it cannot write is told.
func (l *list) count(at int) (text string, bullet, known bool) {
	a := l.abstract
	if l.starts[at] >= 0 && !l.used[at] {
		a.counts[at] = l.starts[at] - 1
	}
	l.used[at], a.begun[at] = true, true
	a.counts[at]++
	for i := at + 1; i < levels; i++ {
		if r := l.level(i).restart; r != 0 && (r < 0 || at < r) {
			a.counts[i], a.begun[i] = l.level(i).start-1, false
		}
	}
	own := l.level(at)
	switch own.format {
	case "bullet":
		return own.text, true, true
	case "none":
		return strings.TrimSpace(own.text), false, !strings.Contains(own.text, "%")
	}
	return l.write(own, at)
}

// write puts numbers in the places of a level's text.
func (l *list) write(own *level, at int) (text string, bullet, known bool) {
	var b strings.Builder
	known = true
	for i := 0; i < len(own.text); i++ {
		c := own.text[i]
		if c != '%' || i+1 == len(own.text) || own.text[i+1] < '1' || own.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		other := int(own.text[i] - '1')
		if other > at {
			continue
		}
		n := l.abstract.counts[other]
		if !l.abstract.begun[other] {
			n = max(n, l.level(other).start) // as Word shows a level that was skipped
		}
		format := l.level(other).format
		if own.legal {
			format = "decimal"
		}
		written, ok := formatNumber(format, n)
		b.WriteString(strings.Repeat("0", max(0, l.level(other).digits-len(written))) + written)
		known = known && ok
	}
	return strings.TrimSpace(b.String()), false, known
}

// formatNumber writes a number in one of Word's formats; of one that is not
// known here it writes 1, 2, 3 and says so.
func formatNumber(format string, n int) (string, bool) {
	switch format {
	case "decimal", "decimalHalfWidth", "decimalFullWidth", "numberInDash":
		return strconv.Itoa(n), true
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n), true
		}
		return strconv.Itoa(n), true
	case "lowerLetter":
		return letters(n, 'a'), true
	case "upperLetter":
		return letters(n, 'A'), true
	case "lowerRoman":
		return strings.ToLower(cmp.Or(numeral.Roman(n), strconv.Itoa(n))), true
	case "upperRoman":
		return cmp.Or(numeral.Roman(n), strconv.Itoa(n)), true
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnd(n), true
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand", "taiwaneseCounting":
		if s := numeral.Han(n); s != "" {
			return s, true
		}
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return enclosed(n, '①')
	case "decimalEnclosedParen":
		return enclosed(n, '⑴')
	case "decimalEnclosedFullstop":
		return enclosed(n, '⒈')
	case "none", "":
		return "", true
	}
	return strconv.Itoa(n), false
}

// enclosed writes a number as one of the twenty characters that hold one.
func enclosed(n int, first rune) (string, bool) {
	if n < 1 || n > 20 {
		return strconv.Itoa(n), false
	}
	return string(first + rune(n-1)), true
}

// letters counts a to z, then aa, bb as Word does.
func letters(n int, first rune) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), min((n-1)/26+1, 30))
}

func ordinalEnd(n int) string {
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}
