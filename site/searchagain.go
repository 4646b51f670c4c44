package site

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// The index of words is made again from the last one where the same policies are in
// force: what a policy says that did not change need not be gone through.

// recount says how often a policy has a word now; not at all where count is empty.
type recount struct {
	place int
	count string
}

// againParts makes the parts of the index from those of the last build. It reports
// false where that cannot be done.
func (b *builder) againParts(histories []*policyBuild, policies []searchPolicy) (parts [][]byte, starts []string, made bool) {
	if b.old == nil || !b.old.search.known() {
		return nil, nil, false
	}
	var was searchIndex
	if json.Unmarshal([]byte(b.lastText(searchDir+"index.json")), &was) != nil || !samePlaces(was.Policies, policies) {
		return nil, nil, false
	}
	changes := make(map[string][]recount)
	for i, h := range histories {
		switch {
		case h.Current().Status != policy.InForce:
		case h.foundBefore == nil:
			return nil, nil, false
		case *h.foundBefore != h.found:
			addRecounts(changes, i, *h.foundBefore, h.found)
		}
	}
	last := make([]string, len(was.Starts))
	for i := range last {
		text, begins := strings.CutPrefix(b.lastText(indexPart+strconv.Itoa(i)+".json"), `{"key":"`+was.Key+`","words":{`)
		text, ends := strings.CutSuffix(text, "}}\n")
		if !begins || !ends {
			return nil, nil, false
		}
		last[i] = text
	}
	return changedParts(last, changes)
}

// changedParts returns parts of an index with changes.
func changedParts(parts []string, changes map[string][]recount) (now [][]byte, starts []string, made bool) {
	var to packer
	fresh := slices.Sorted(maps.Keys(changes))
	before := func(word string) bool { return len(fresh) > 0 && (word == "" || fresh[0] <= word) }
	add := func(word, list string) {
		if list != "" {
			to.add(word, list)
		}
	}
	for _, part := range parts {
		for part != "" {
			quoted, rest, _ := strings.Cut(part, ":[")
			list, after, found := strings.Cut(rest, "]")
			var word string
			if !found || json.Unmarshal([]byte(quoted), &word) != nil || word == "" {
				return nil, nil, false
			}
			for before(word) && fresh[0] != word {
				add(fresh[0], recounted("", changes[fresh[0]]))
				fresh = fresh[1:]
			}
			if before(word) {
				list, fresh = recounted(list, changes[word]), fresh[1:]
			}
			add(word, list)
			part = strings.TrimPrefix(after, ",")
		}
	}
	for before("") {
		add(fresh[0], recounted("", changes[fresh[0]]))
		fresh = fresh[1:]
	}
	now, starts = to.whole()
	return now, starts, true
}

// samePlaces reports whether the numbers of the last index mean the same policies, and
// those of them that are in force have their words in it.
func samePlaces(was, now []searchPolicy) bool {
	return slices.EqualFunc(was, now, func(x, y searchPolicy) bool { return x.ID == y.ID && x.InForce == y.InForce })
}

// addRecounts notes the words that a policy has more or less often than before. Both
// lists are in order.
func addRecounts(changes map[string][]recount, place int, before, now string) {
	had := make(map[string]string)
	for word, count := range counts(before) {
		had[word] = count
	}
	for word, count := range counts(now) {
		if had[word] != count {
			changes[word] = append(changes[word], recount{place, count})
		}
		delete(had, word)
	}
	for word := range had {
		changes[word] = append(changes[word], recount{place, ""})
	}
}

// recounted returns the postings of a word with the changes of some policies, which are
// in order of place. A posting that cannot be read is left out: none is written.
func recounted(list string, changes []recount) string {
	var out []byte
	last := 0
	add := func(place int, count string) {
		if count != "" {
			out = appendPosting(out, place-last, count)
			last = place
		}
	}
	for place := 0; list != ""; {
		behind, rest, _ := strings.Cut(list, ",")
		count, after, _ := strings.Cut(rest, ",")
		n, _ := strconv.Atoi(behind)
		place += n
		for len(changes) > 0 && changes[0].place < place {
			add(changes[0].place, changes[0].count)
			changes = changes[1:]
		}
		if len(changes) > 0 && changes[0].place == place {
			count = changes[0].count
			changes = changes[1:]
		}
		add(place, count)
		list = after
	}
	for _, c := range changes {
		add(c.place, c.count)
	}
	return string(out)
}
