package materiality

import "strings"

// nameIndex finds the numbers of names that are put together of parts. Most names that
// are asked for are in no catalogue, and their hash says so: a map of strings would have
// them written out, and is several times as large.
type nameIndex []indexedName // its length is a power of two

// indexedName is a number with the hash of its name; a free place has the number 0, all
// others one more than their own.
type indexedName struct{ hash, next uint32 }

func indexNames(list []listed) nameIndex {
	size := 1
	for size < 2*len(list) {
		size *= 2
	}
	x := make(nameIndex, size)
	for i := range list {
		hash := hashName(nameHash, list[i].name)
		at := hash
		for x[x.slot(at)].next > 0 {
			at++
		}
		x[x.slot(at)] = indexedName{hash, uint32(i) + 1}
	}
	return x
}

func (x nameIndex) slot(at uint32) uint32 { return at & uint32(len(x)-1) }

// find returns the number of the name that consists of a mark and of parts.
func (c *catalogue) find(mark string, parts ...string) (int32, bool) {
	hash := hashName(nameHash, mark)
	for _, part := range parts {
		hash = hashName(hash, part)
	}
	for at := hash; ; at++ {
		k := c.of[c.of.slot(at)]
		if k.next == 0 {
			return 0, false
		}
		if k.hash == hash && consists(c.list[k.next-1].name, mark, parts) {
			return int32(k.next - 1), true
		}
	}
}

// consists reports whether a name is a mark and parts behind it.
func consists(name, mark string, parts []string) bool {
	rest, ok := strings.CutPrefix(name, mark)
	for _, part := range parts {
		if !ok {
			return false
		}
		rest, ok = strings.CutPrefix(rest, part)
	}
	return ok && rest == ""
}

// nameHash is the hash of no name (FNV-1a).
const nameHash = 2166136261

func hashName(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
