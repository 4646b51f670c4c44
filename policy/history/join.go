package history

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// Some files move in two commits: copied first and removed later, or removed
// first and put back elsewhere. No commit shows such a move, so the threads
// that it tore are joined here.

// copied is the share of one text that must be found in the other for two
// threads to be one policy. It is more than sameText: two commits, maybe months
// apart, say less than one does.
const copied = 0.9

// soon is how many steps may lie between the removal of a file and its return
// to another path.
const soon = 10

// joint is a thread that ended and one that may go on with it.
type joint struct {
	old, next *thread
	alike     float64 // share of words that they have in common, or stated
}

// apart counts the steps between the end of the one and the start of the other.
func (j *joint) apart() int {
	return max(j.next.first().step-j.old.revisions[0].step, j.old.revisions[0].step-j.next.first().step)
}

// joiner finds the threads that are one policy.
type joiner struct {
	store    *store
	facts    map[plumbing.Hash]*fact
	sketches map[plumbing.Hash]sketch
	speeches map[string]string // languages by path
}

func newJoiner(s *store, facts map[plumbing.Hash]*fact) *joiner {
	return &joiner{store: s, facts: facts, sketches: make(map[plumbing.Hash]sketch), speeches: make(map[string]string)}
}

// join puts threads together that a move in two commits tore.
func (j *joiner) join(threads []*thread) ([]*thread, error) {
	joints, err := j.joints(threads)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(joints, func(a, b joint) int {
		return cmp.Or(
			cmp.Compare(b.alike, a.alike),
			cmp.Compare(a.apart(), b.apart()),
			cmp.Compare(a.next.first().path, b.next.first().path),
			cmp.Compare(a.old.path(), b.old.path()),
		)
	})
	ended, begun := make(map[*thread]bool), make(map[*thread]bool)
	var chosen []joint
	for _, joint := range joints {
		if !ended[joint.old] && !begun[joint.next] {
			ended[joint.old], begun[joint.next] = true, true
			chosen = append(chosen, joint)
		}
	}
	// The oldest first: what is joined may have been joined itself.
	slices.SortFunc(chosen, func(a, b joint) int { return cmp.Compare(b.next.first().step, a.next.first().step) })
	for _, joint := range chosen {
		joint.next.goOn(joint.old)
	}
	return slices.DeleteFunc(threads, func(t *thread) bool { return ended[t] }), nil
}

// goOn gives a thread the past of another. What was still written to the old
// path after the copy was made is left out: its words were the same.
func (t *thread) goOn(old *thread) {
	start := t.first().step
	for _, r := range old.revisions {
		if r.step > start {
			t.revisions = append(t.revisions, r)
		}
	}
}

// joints lists the threads that could go on with one that ended.
func (j *joiner) joints(threads []*thread) ([]joint, error) {
	var found []joint
	for _, old := range threads {
		for _, next := range threads {
			if !old.removed() {
				continue
			}
			if j.says(old, next) {
				found = append(found, joint{old, next, stated})
				continue
			}
			if !j.mayGoOn(old, next) {
				continue
			}
			alike, err := j.alike(old.newest().blob, next.first().blob)
			if err != nil {
				return nil, err
			}
			if alike >= copied {
				found = append(found, joint{old, next, alike})
			}
		}
	}
	return found, nil
}

// stated is more than any likeness: the text itself says what it was called before.
const stated = 2

// says reports whether next, which began when old ended or later, names it among the
// ids that it had.
func (j *joiner) says(old, next *thread) bool {
	aliases := j.facts[next.newest().blob].Front.Aliases
	if len(aliases) == 0 || next == old || next.first().step > old.revisions[0].step {
		return false
	}
	parts := idParts(old.path())
	names := []string{policy.IDFrom(j.facts[old.newest().blob].Front.ID)}
	for i := range parts {
		names = append(names, strings.Join(parts[i:], "-"))
	}
	return slices.ContainsFunc(names, func(name string) bool { return name != "" && slices.Contains(aliases, name) })
}

// mayGoOn tells, without a look at the words, whether next began as a copy of
// old that nobody changed any more, or soon after old ended.
func (j *joiner) mayGoOn(old, next *thread) bool {
	end, start := old.revisions[0].step, next.first().step
	if next == old || next.first().gone || start == end || start >= old.first().step || end-start > soon {
		return false
	}
	last, first := j.facts[old.newest().blob], j.facts[next.first().blob]
	if last.Words == "" || first.Words == "" || last.Front.ID != "" && first.Front.ID != "" && last.Front.ID != first.Front.ID {
		return false
	}
	if start > end { // a copy: what both said later makes two policies of them
		if at := old.at(start); at.gone || j.facts[at.blob].Words != last.Words {
			return false
		}
	}
	return start-end == 1 || j.speech(old.path()) == j.speech(next.first().path)
}

// speech returns the languages that a path names, without their regions.
func (j *joiner) speech(file string) string {
	if known, found := j.speeches[file]; found {
		return known
	}
	var tags []string
	for _, at := range localizations(file) {
		primary, _, _ := strings.Cut(at.tag, "-")
		tags = append(tags, primary)
	}
	j.speeches[file] = strings.Join(tags, " ")
	return j.speeches[file]
}

// farOff is how many bits the fingerprints of two texts may differ in that
// could be copies: 9 are to be expected at a share of 0.9, 6 at 0.95, and 32 of
// texts that have nothing in common.
const farOff = 14

// alike returns the share of runs of words that two texts have in common, or 0
// if their fingerprints show that it is small.
func (j *joiner) alike(a, b plumbing.Hash) (float64, error) {
	if a == b || j.facts[a].Words == j.facts[b].Words {
		return 1, nil
	}
	for _, id := range []plumbing.Hash{a, b} {
		if j.facts[id].Print != 0 {
			continue
		}
		k, err := j.sketch(id)
		if err != nil {
			return 0, err
		}
		j.facts[id].Print = k.fingerprint()
	}
	if farFrom(j.facts[a].Print, j.facts[b].Print) > farOff {
		return 0, nil
	}
	first, err := j.sketch(a)
	if err != nil {
		return 0, err
	}
	second, err := j.sketch(b)
	if err != nil {
		return 0, err
	}
	return first.alike(second, copied), nil
}

func (j *joiner) sketch(id plumbing.Hash) (sketch, error) {
	if k, found := j.sketches[id]; found {
		return k, nil
	}
	text, err := j.store.readShort(id, maxMoveText)
	if err != nil {
		return nil, err
	}
	j.sketches[id] = newSketch(text)
	return j.sketches[id], nil
}

// fingerprint makes 64 bits of a sketch of which few differ when the sketches
// do in little. Manku, Jain and Das Sarma, "Detecting Near-Duplicates for Web
// Crawling", 2007.
func (k sketch) fingerprint() uint64 {
	var votes [64]int
	for _, run := range k {
		run *= fnvPrime // spreads the 63 bits of a run over all 64
		for bit := range votes {
			votes[bit] += int(run>>bit&1)*2 - 1
		}
	}
	print := uint64(1) // 0 stands for a fingerprint not taken yet
	for bit, vote := range votes {
		if vote > 0 {
			print |= 1 << bit
		}
	}
	return print
}

// farFrom counts the bits in which two fingerprints differ.
func farFrom(a, b uint64) int { return bits.OnesCount64(a ^ b) }
