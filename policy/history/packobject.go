package history

import (
	"compress/zlib"
	"io"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Objects in packs are read here: go-git takes the SHA-1 of each object that it
// keeps to resolve deltas, and inflates twice what is larger than 16 KiB, which is
// three quarters of the time. What is odd about a pack or an object is left to
// go-git, which says what is wrong with it.

// packed is an object of a pack.
type packed struct {
	kind    plumbing.ObjectType
	content []byte // nobody changes it
}

// rawPack is one pack with its index.
type rawPack struct {
	files *packs
	name  string // of the file below the folder of git
	file  *pack  // nil before the first object was asked for
	index *packIndex
	kept  *kept // of all packs of a store
}

// mostDeltas is how many deltas an object may be made of: git itself makes no more
// than 4,095.
const mostDeltas = 4095

// rawPacks opens the packs below a folder of git.
func (p *packs) rawPacks(k *kept) []*rawPack {
	const folder = "objects/pack"
	infos, err := p.ReadDir(folder)
	if err != nil {
		return nil
	}
	var list []*rawPack
	for _, info := range infos {
		name, is := strings.CutSuffix(info.Name(), ".idx")
		if !is || !info.Mode().IsRegular() {
			continue
		}
		if raw := p.rawPack(p.Join(folder, name)); raw != nil {
			raw.kept = k
			list = append(list, raw)
		}
	}
	return list
}

func (p *packs) rawPack(name string) *rawPack {
	file, err := p.Filesystem.Open(name + ".idx")
	if err != nil {
		return nil
	}
	raw, err := io.ReadAll(file)
	file.Close()
	if err != nil {
		return nil
	}
	index := parsePackIndex(raw)
	if index == nil {
		return nil
	}
	return &rawPack{files: p, name: name + ".pack", index: index}
}

// opens reports whether the pack is open.
func (p *rawPack) opens() bool {
	if p.file == nil {
		if _, err := p.files.Open(p.name); err != nil {
			return false
		}
		p.file = p.files.open[p.name]
	}
	return true
}

// packed returns the content of an object of a kind that is in a pack and has no
// more bytes than most; nil where it is not there, or anything about it is odd. It is
// kept to make others of: nobody may change it.
func (s *store) packed(kind plumbing.ObjectType, id plumbing.Hash, most int64) []byte {
	if s.raw == nil {
		s.raw = []*rawPack{}
		k := new(kept)
		for _, p := range s.packs {
			s.raw = append(s.raw, p.rawPacks(k)...)
		}
	}
	for _, p := range s.raw {
		at, found := p.index.find(id)
		if !found || !p.opens() {
			continue
		}
		if o := p.object(at, most); o != nil && o.kind == kind {
			return o.content
		}
	}
	return nil
}

// object reads the object that begins at a place, with the deltas that make it.
func (p *rawPack) object(at, most int64) *packed {
	var deltas []delta
	for made := p.kept.get(spot{p, at}); ; made = p.kept.get(spot{p, at}) {
		if made != nil {
			return p.makes(made, deltas, most)
		}
		h, ok := p.head(at)
		if !ok || len(deltas) > mostDeltas || h.base == 0 && len(deltas) == 0 && h.size > most {
			return nil
		}
		d := delta{head: h}
		if h.base == 0 || len(deltas) == 0 { // the outermost delta tells how long the object is
			if d.content, ok = p.read(&h); !ok {
				return nil
			}
		}
		if h.base == 0 {
			made = &packed{h.kind, d.content}
			p.kept.put(spot{p, at}, made)
			return p.makes(made, deltas, most)
		}
		if len(deltas) == 0 && deltaTarget(d.content) > most {
			return nil
		}
		deltas = append(deltas, d)
		at = h.base
	}
}

// delta is a delta, and its bytes once they were read.
type delta struct {
	head
	content []byte
}

// makes applies deltas to an object, the last one first.
func (p *rawPack) makes(made *packed, deltas []delta, most int64) *packed {
	for _, d := range slices.Backward(deltas) {
		ok := true
		if d.content == nil {
			d.content, ok = p.read(&d.head)
		}
		if !ok {
			return nil
		}
		content, ok := applyDelta(made.content, d.content)
		if !ok {
			return nil
		}
		made = &packed{made.kind, content}
		p.kept.put(spot{p, d.at}, made)
	}
	if int64(len(made.content)) > most {
		return nil
	}
	return made
}

// head is what a pack says of an object before its bytes.
type head struct {
	at   int64 // where it begins
	kind plumbing.ObjectType
	size int64 // of what is inflated
	base int64 // where the object is that it is a delta to; 0 for none
	body int64 // where its bytes begin
}

// head reads the head of an object.
func (p *rawPack) head(at int64) (h head, ok bool) {
	c := cursor{pack: p.file, end: at}
	b, err := c.ReadByte()
	h = head{at: at, kind: plumbing.ObjectType(b >> 4 & 7), size: int64(b & 15)}
	for shift := 4; b&0x80 != 0 && err == nil; shift += 7 {
		if b, err = c.ReadByte(); shift > 32 {
			return h, false
		}
		h.size |= int64(b&0x7f) << shift
	}
	if err != nil || h.size > mostObject {
		return h, false
	}
	switch h.kind {
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
	case plumbing.OFSDeltaObject:
		back, err := c.back()
		if err != nil || back <= 0 || back >= at {
			return h, false
		}
		h.base = at - back
	case plumbing.REFDeltaObject:
		var id plumbing.Hash
		if _, err := io.ReadFull(&c, id[:]); err != nil {
			return h, false
		}
		if h.base, ok = p.index.find(id); !ok || h.base <= 0 {
			return h, false
		}
	default:
		return h, false
	}
	h.body = c.at()
	return h, true
}

// read inflates the bytes of an object. They are so many as its head says, and end
// with the checksum that they have.
func (p *rawPack) read(h *head) ([]byte, bool) {
	c := &cursor{pack: p.file, end: h.body}
	var err error
	if p.kept.inflate == nil {
		p.kept.inflate, err = zlib.NewReader(c)
	} else {
		err = p.kept.inflate.(zlib.Resetter).Reset(c, nil)
	}
	if err != nil {
		p.kept.inflate = nil
		return nil, false
	}
	content := make([]byte, h.size)
	if _, err := io.ReadFull(p.kept.inflate, content); err != nil {
		return nil, false
	}
	n, err := p.kept.inflate.Read(make([]byte, 1))
	return content, n == 0 && err == io.EOF
}

// cursor reads a pack from a place on.
type cursor struct {
	pack *pack
	page []byte // in hand
	next int    // in the page: what is read next
	end  int64  // where in the pack the page ends; before the first, where to begin
}

// ReadByte reads one byte. It stores no pointer, as inflating calls it for each.
func (c *cursor) ReadByte() (byte, error) {
	if c.next == len(c.page) {
		if err := c.turn(); err != nil {
			return 0, err
		}
	}
	b := c.page[c.next]
	c.next++
	return b, nil
}

// Read reads to the end of the page in hand at most.
func (c *cursor) Read(into []byte) (int, error) {
	if c.next == len(c.page) {
		if err := c.turn(); err != nil {
			return 0, err
		}
	}
	n := copy(into, c.page[c.next:])
	c.next += n
	return n, nil
}

// turn takes the next page in hand.
func (c *cursor) turn() error {
	page, err := c.pack.page(c.end / pageSize)
	if err != nil {
		return err
	}
	from := int(c.end % pageSize)
	if from >= len(page) {
		return io.ErrUnexpectedEOF
	}
	c.page, c.next, c.end = page, from, c.end+int64(len(page)-from)
	return nil
}

// at returns where in the pack the next byte is.
func (c *cursor) at() int64 { return c.end - int64(len(c.page)-c.next) }

// back reads how far before an object the base of its delta begins.
func (c *cursor) back() (int64, error) {
	b, err := c.ReadByte()
	n := int64(b & 0x7f)
	for b&0x80 != 0 && err == nil && n < 1<<48 {
		b, err = c.ReadByte()
		n = (n+1)<<7 | int64(b&0x7f)
	}
	return n, err
}

// kept are the objects read last, to resolve deltas with: the newer half and the
// older one.
type kept struct {
	newer, older map[spot]*packed
	bytes        int           // of the newer
	inflate      io.ReadCloser // used again for each object; nil before the first
}

// spot is where in a pack an object begins.
type spot struct {
	pack *rawPack
	at   int64
}

func (k *kept) get(at spot) *packed {
	if o := k.newer[at]; o != nil {
		return o
	}
	o := k.older[at]
	if o != nil {
		k.put(at, o)
	}
	return o
}

func (k *kept) put(at spot, o *packed) {
	if len(o.content) > int(cacheSize)/2 {
		return
	}
	if k.newer == nil || k.bytes+len(o.content) > int(cacheSize)/2 {
		k.older, k.newer, k.bytes = k.newer, make(map[spot]*packed), 0
	}
	if k.newer[at] == nil {
		k.newer[at] = o
		k.bytes += len(o.content)
	}
}
