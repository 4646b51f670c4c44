package history

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// sameText is the share of one text that must be found in another for a
// removed and an added file to be one file that moved: git's own 50 %.
const sameText = 0.5

// maxMoveText bounds the texts that are compared word by word, in bytes; a
// longer one that moved is found only if it did not change.
const maxMoveText = 4 << 20

// maxMovePairs bounds how many pairs of one commit are compared; above it only
// files that keep their name are.
const maxMovePairs = 250_000

// moves are the old paths of files that moved in commits, by their new ones; the
// commits by what they removed and added, of which alone it depends.
type moves map[string]map[string]string

// movesKey stands for what a commit removed and added.
func movesKey(removed, added []difference) string {
	sum := sha256.New()
	for _, list := range [][]difference{removed, added} {
		for _, d := range list { // no path has a zero byte, and none is empty
			sum.Write(append([]byte(d.path), 0))
			sum.Write(d.old[:])
			sum.Write(d.new[:])
		}
		sum.Write([]byte{0})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// find pairs removed with added files of one commit, unless that was done before.
func (k moves) find(s *store, removed, added []difference) (map[string]string, error) {
	if k == nil || len(removed) == 0 || len(added) == 0 {
		return findMoves(s, removed, added)
	}
	key := movesKey(removed, added)
	if found, known := k[key]; known {
		return found, nil
	}
	found, err := findMoves(s, removed, added)
	if err == nil {
		k[key] = found
	}
	return found, err
}

// findMoves pairs removed with added files of one commit. It returns the old
// path for each new one. Texts that did not change are paired first, then
// those that kept their name, then the most alike.
func findMoves(s *store, removed, added []difference) (map[string]string, error) {
	m := mover{store: s, moves: make(map[string]string), taken: make(map[string]bool), texts: make(map[plumbing.Hash]sketch)}
	m.take(exactPairs(removed, added))
	for _, likely := range []func(old, new string) float64{sameName, threshold} {
		pairs, err := m.similar(m.waiting(removed), m.waiting(added), likely)
		if err != nil {
			return nil, err
		}
		m.take(pairs)
	}
	return m.moves, nil
}

// mover pairs the files of one commit.
type mover struct {
	store *store
	moves map[string]string // old path by new path
	taken map[string]bool   // paths that are in a pair; a path is removed or added, never both
	texts map[plumbing.Hash]sketch
}

// waiting returns the files that are in no pair yet.
func (m *mover) waiting(files []difference) []difference {
	var left []difference
	for _, d := range files {
		if !m.taken[d.path] {
			left = append(left, d)
		}
	}
	return left
}

// impossible is a threshold that no pair reaches.
const impossible = 2

// sameName looks only at files that moved under their name and changed little,
// which spares comparing every file with every other in a large move.
func sameName(old, new string) float64 {
	if path.Base(old) == path.Base(new) {
		return 0.75
	}
	return impossible
}

// alikeByName is enough for files that keep their name and only move up or
// down in their folders: privacy.md rewritten as privacy/index.md is still the
// privacy policy.
const alikeByName = 0.05

// threshold tells how alike two texts must be to be one file that moved.
func threshold(old, new string) float64 {
	if idName(old) == idName(new) && (inside(old, new) || inside(new, old)) {
		return alikeByName
	}
	return sameText
}

// inside tells whether the folder of a is that of b or one above it.
func inside(a, b string) bool {
	return folder(a) == "." || strings.HasPrefix(b, folder(a)+"/")
}

// idName is the part of an id that a path gives before any folder is added.
func idName(file string) string {
	names := idParts(file)
	return names[len(names)-1]
}

// pair is a removed and an added file that may be one.
type pair struct {
	old, new string
	alike    float64
}

// take takes the best pairs such that no file is in two of them.
func (m *mover) take(pairs []pair) {
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(
			cmp.Compare(b.alike, a.alike),
			cmp.Compare(nameKept(b), nameKept(a)),
			cmp.Compare(a.new, b.new),
			cmp.Compare(a.old, b.old),
		)
	})
	for _, p := range pairs {
		if !m.taken[p.new] && !m.taken[p.old] {
			m.moves[p.new] = p.old
			m.taken[p.old], m.taken[p.new] = true, true
		}
	}
}

// nameKept tells how much of the path a move keeps: the name, or the folder.
func nameKept(p pair) int {
	switch {
	case path.Base(p.old) == path.Base(p.new):
		return 2
	case path.Dir(p.old) == path.Dir(p.new):
		return 1
	}
	return 0
}

func exactPairs(removed, added []difference) []pair {
	var pairs []pair
	byBlob := make(map[plumbing.Hash][]string)
	byName := make(map[string][]string) // of a text and a name
	for _, d := range removed {
		byBlob[d.old] = append(byBlob[d.old], d.path)
		key := d.old.String() + path.Base(d.path)
		byName[key] = append(byName[key], d.path)
	}
	for _, d := range added {
		olds := byBlob[d.new]
		if len(olds) > maxTwins {
			olds = byName[d.new.String()+path.Base(d.path)]
		}
		for _, old := range olds[:min(len(olds), maxTwins)] {
			pairs = append(pairs, pair{old: old, new: d.path, alike: 1})
		}
	}
	return pairs
}

// maxTwins bounds how many removed files of one text are looked at for each
// added one; of more, those are that kept their name.
const maxTwins = 100

// similar compares the files that are likely to be one, and returns the pairs
// that are as alike as they must be.
func (m *mover) similar(removed, added []difference, likely func(old, new string) float64) ([]pair, error) {
	everyPair := len(removed)*len(added) <= maxMovePairs
	var pairs []pair
	byName := make(map[string][]difference)
	for _, new := range added {
		byName[path.Base(new.path)] = append(byName[path.Base(new.path)], new)
	}
	for _, old := range removed {
		news := added
		if !everyPair {
			news = byName[path.Base(old.path)]
			news = news[:min(len(news), maxTwins)]
		}
		for _, new := range news {
			least := likely(old.path, new.path)
			if least == impossible {
				continue
			}
			a, err := m.sketch(old.old)
			if err != nil {
				return nil, err
			}
			b, err := m.sketch(new.new)
			if err != nil {
				return nil, err
			}
			if alike := a.alike(b, least); alike >= least {
				pairs = append(pairs, pair{old: old.path, new: new.path, alike: alike})
			}
		}
	}
	return pairs, nil
}

func (m *mover) sketch(id plumbing.Hash) (sketch, error) {
	if k, found := m.texts[id]; found {
		return k, nil
	}
	text, err := m.store.readShort(id, maxMoveText)
	if err != nil {
		return nil, err
	}
	m.texts[id] = newSketch(text)
	return m.texts[id], nil
}

// sketch holds the hashes of all runs of three words in a text, in order.
// Unlike lines, runs survive an edit elsewhere in a long paragraph; unlike
// single words, they are seldom shared by two texts that merely speak of the
// same things.
type sketch []uint64

// The 64-bit FNV-1a hash, with the word before the last forgotten by shifting
// it out: a run is three words of 21 bits each.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
	wordBits  = 21
)

func newSketch(text []byte) sketch {
	k := make(sketch, 0, len(text)/6)
	var run uint64
	for word := range bytes.FieldsSeq(text) {
		h := uint64(fnvOffset)
		for _, c := range word {
			h = (h ^ uint64(c)) * fnvPrime
		}
		run = run<<wordBits ^ h>>(64-wordBits)
		k = append(k, run&(1<<(3*wordBits)-1))
	}
	slices.Sort(k)
	return k
}

// alike returns the share of the longer text's runs that both texts have. It
// does not count them when their numbers alone rule out the least share asked for.
func (k sketch) alike(other sketch, least float64) float64 {
	longer := max(len(k), len(other))
	if longer == 0 || float64(min(len(k), len(other))) < least*float64(longer) {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(k) && j < len(other); {
		switch {
		case k[i] < other[j]:
			i++
		case k[i] > other[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	return float64(common) / float64(longer)
}
