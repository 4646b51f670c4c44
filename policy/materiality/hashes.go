package materiality

// hashes is a set of hashes. A judgement fills one with every run of words of a
// text, for which a map is several times slower. The zero value is empty.
type hashes struct {
	table []uint64 // 0 where it is free; its length is a power of two
	used  int
}

// add adds a hash; 0 counts as 1.
func (h *hashes) add(hash uint64) {
	if 2*h.used >= len(h.table) {
		h.grow()
	}
	hash = max(hash, 1)
	if at := h.place(hash); h.table[at] == 0 {
		h.table[at] = hash
		h.used++
	}
}

func (h *hashes) has(hash uint64) bool {
	hash = max(hash, 1)
	return h.used > 0 && h.table[h.place(hash)] == hash
}

// place returns where a hash is, or where it would.
func (h *hashes) place(hash uint64) uint64 {
	mask := uint64(len(h.table) - 1)
	at := hash & mask
	for h.table[at] != 0 && h.table[at] != hash {
		at = (at + 1) & mask
	}
	return at
}

func (h *hashes) grow() {
	old := h.table
	h.table = make([]uint64, max(1024, 2*len(old)))
	for _, hash := range old {
		if hash != 0 {
			h.table[h.place(hash)] = hash
		}
	}
}
