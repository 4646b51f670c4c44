package lexicon

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// entry is a word or phrase of a file, with what it stands for.
type entry struct {
	atoms []string // lower case; an atom that ends in * stands for every word that begins so
	key   string
	class string
	value float64
}

// parse reads a file of data: sections in brackets, and lines "key: item, item"
// that go on in lines which begin with a blank.
func parse(data string) (*Language, error) {
	l := &Language{phrases: newMatcher(), counting: newMatcher(), units: newMatcher(), months: newMatcher(), topics: newMatcher(), clock: newMatcher()}
	section := ""
	for n, line := range logicalLines(data) {
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		if !ok && section != "equal" {
			return nil, fmt.Errorf("line %d: no colon: %s", n, line)
		}
		if section == "equal" {
			key, rest = "", line
		}
		if err := l.add(section, strings.TrimSpace(key), items(rest)); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if l.Code == "" || l.script == "" || unicode.Scripts[l.script] == nil {
		return nil, errors.New("code or script is missing")
	}
	return l, nil
}

// logicalLines yields the lines that say something, continuations joined, with
// the number of their last line in the file.
func logicalLines(data string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		held, at := "", 0
		for i, line := range strings.Split(data, "\n") {
			if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
				held += " " + strings.TrimSpace(line)
				continue
			}
			if held != "" && !yield(at, held) {
				return
			}
			held, at = "", i+1
			if !strings.HasPrefix(line, "#") {
				held = strings.TrimSpace(line)
			}
		}
		if held != "" {
			yield(at, held)
		}
	}
}

func items(list string) []string {
	var out []string
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// add stores one line of a section.
func (l *Language) add(section, key string, list []string) error {
	switch section {
	case "language":
		return l.set(key, list)
	case "numbers":
		v, err := strconv.ParseFloat(key, 64)
		if err != nil {
			return err
		}
		l.enter(l.counting, list, entry{value: v})
	case "units":
		unit, times, found := cutLast(key)
		v, err := strconv.ParseFloat(times, 64)
		if !found || err != nil {
			return fmt.Errorf("a unit and how many of it, as in \"month 12\": %s", key)
		}
		l.enter(l.units, list, entry{key: unit, value: v})
	case "months":
		l.enter(l.months, list, entry{key: key})
	case "classes":
		l.enter(l.phrases, list, entry{class: key, key: key + " " + list[0]})
	case "equal":
		l.enter(l.phrases, list, entry{key: list[0]})
	case "strong":
		l.enter(l.topics, list, entry{key: key, value: 1})
	case "weak":
		l.enter(l.topics, list, entry{key: key, value: 0.5})
	default:
		return fmt.Errorf("unknown section %q", section)
	}
	return nil
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// set stores a line about the language itself.
func (l *Language) set(key string, list []string) error {
	if len(list) == 0 {
		return fmt.Errorf("nothing after %s", key)
	}
	switch key {
	case "code":
		l.Code = list[0]
	case "name":
		l.Name = list[0]
	case "depth":
		l.Full = list[0] == "full"
	case "script":
		l.script = list[0]
	case "small":
		l.small = list
	case "idle":
		l.enter(l.phrases, list, entry{class: idle})
	case "glue":
		l.glue = list[0]
	case "links":
		l.links = list
	case "clock":
		l.enter(l.clock, list, entry{})
	case "bare":
		l.bare = true
	case "letters":
		l.letters = list[0]
	case "endings":
		l.endings = list
		slices.SortStableFunc(l.endings, func(a, b string) int { return len(b) - len(a) })
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// enter adds words and phrases that stand for the same.
func (l *Language) enter(m *matcher, list []string, e entry) {
	for _, item := range list {
		e.atoms = nil
		for _, a := range l.atoms(item) {
			e.atoms = append(e.atoms, a.text)
		}
		m.add(e)
	}
}
