package integrity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/transparency"
)

// mostDiffering is how many entries are named that differ.
const mostDiffering = 20

// differ names the entries in which the log differs from those that were kept of
// its beginning. Where one was put in, those behind it all moved, and are not
// named for that.
func (c *Checker) differ(name string, kept []string, l *transparency.Log) []*policy.Diagnostic {
	now := l.Entries()
	if len(now) >= len(kept) && slices.Equal(now[:len(kept)], kept) {
		return nil
	}
	rest, found := c.without(name, kept, now)
	for i, entry := range kept {
		if len(found) == mostDiffering {
			break
		}
		if d := c.differAtIn(name, int64(i), entry, rest); d != nil {
			found = append(found, d)
		}
	}
	return found
}

// without returns the entries without those that were put in before others that
// were kept, and names the former.
func (c *Checker) without(name string, kept, now []string) (rest []string, added []*policy.Diagnostic) {
	refs := make(map[string]bool, len(kept))
	for _, entry := range kept {
		refs[refOf(entry)] = true
	}
	last := len(now) - 1
	for last >= 0 && !refs[refOf(now[last])] {
		last--
	}
	for i, entry := range now[:last+1] {
		if refs[refOf(entry)] {
			rest = append(rest, entry)
		} else if len(added) < mostDiffering {
			d := c.entryFault(name, "log-entry-added", int64(i))
			d.Message = fmt.Sprintf("entry %d, %s, was put into the log before others that were there: %s", i, refOf(entry), entry)
			added = append(added, d)
		}
	}
	return rest, added
}

// differAt is differ for one entry of which the place is known.
func (c *Checker) differAt(name string, index int64, entry string, l *transparency.Log) *policy.Diagnostic {
	return c.differAtIn(name, index, entry, l.Entries())
}

func (c *Checker) differAtIn(name string, index int64, entry string, now []string) *policy.Diagnostic {
	ref := refOf(entry)
	d := c.entryFault(name, "log-entry-changed", index)
	if index < int64(len(now)) && now[index] == entry {
		return nil
	}
	at := slices.IndexFunc(now, func(e string) bool { return refOf(e) == ref })
	switch {
	case at < 0:
		d.Rule = "log-entry-missing"
		d.Message = fmt.Sprintf("entry %d, %s, is gone from the log: %s", index, ref, entry)
	case now[at] != entry:
		d.Message = fmt.Sprintf("entry %d, %s, was rewritten: %s", index, ref, columnsChanged(entry, now[at]))
	default:
		d.Rule = "log-order"
		d.Message = fmt.Sprintf("entry %d, %s, is in place %d now: the order was changed", index, ref, at)
	}
	return d
}

// columnsChanged says what of an entry reads otherwise.
func columnsChanged(before, after string) string {
	was, is := strings.Fields(before), strings.Fields(after)
	names := []string{"name", "text (sha256)", "effective date", "commit", "day of publication"}
	var list []string
	for i, name := range names {
		old, now := "nothing", "nothing"
		if i < len(was) {
			old = was[i]
		}
		if i < len(is) {
			now = is[i]
		}
		if old != now {
			list = append(list, fmt.Sprintf("its %s was %s and is %s", name, old, now))
		}
	}
	return strings.Join(list, "; ")
}

func (c *Checker) entryFault(name, rule string, index int64) *policy.Diagnostic {
	d := logFault(c.File, rule, "", "restore "+SumName+" and the history as they were under "+name)
	if index >= 0 && index < int64(len(c.Pins)) {
		d.Line = c.Pins[index].Line
	}
	return d
}
