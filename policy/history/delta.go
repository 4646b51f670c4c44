package history

// deltaNumber reads a number of seven bits a byte, the lowest first.
func deltaNumber(delta []byte) (n int64, rest []byte, ok bool) {
	for i, b := range delta {
		if i > 5 {
			break
		}
		n |= int64(b&0x7f) << (7 * i)
		if b&0x80 == 0 {
			return n, delta[i+1:], true
		}
	}
	return 0, nil, false
}

// deltaTarget returns how many bytes a delta makes; more than any object may have
// where it does not say so.
func deltaTarget(delta []byte) int64 {
	_, rest, ok := deltaNumber(delta)
	if ok {
		if n, _, ok := deltaNumber(rest); ok {
			return n
		}
	}
	return mostObject + 1
}

// applyDelta makes an object of its base, as gitformat-pack(5) has it: a delta is the
// sizes of both, and then what to copy from the base and what to add. It refuses one
// that is not whole, or not of that base.
func applyDelta(base, delta []byte) ([]byte, bool) {
	from, delta, ok := deltaNumber(delta)
	if !ok || from != int64(len(base)) {
		return nil, false
	}
	size, delta, ok := deltaNumber(delta)
	if !ok || size > mostObject {
		return nil, false
	}
	made := make([]byte, 0, size)
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		part := delta
		if op&0x80 != 0 {
			if part, delta, ok = copiedPart(op, base, delta); !ok {
				return nil, false
			}
		} else {
			if op == 0 || int(op) > len(delta) {
				return nil, false
			}
			part, delta = delta[:op], delta[op:]
		}
		if int64(len(made)+len(part)) > size {
			return nil, false
		}
		made = append(made, part...)
	}
	return made, int64(len(made)) == size
}

// copiedPart returns the part of the base that an instruction names, by the bytes of a
// place and of a length that are not zero.
func copiedPart(op byte, base, delta []byte) (part, rest []byte, ok bool) {
	var value [2]int // place, length
	for bit := range 7 {
		if op&(1<<bit) == 0 {
			continue
		}
		if len(delta) == 0 {
			return nil, nil, false
		}
		value[bit/4] |= int(delta[0]) << (8 * (bit % 4))
		delta = delta[1:]
	}
	at, n := value[0], value[1]
	if n == 0 {
		n = 1 << 16
	}
	if at > len(base) || n > len(base)-at {
		return nil, nil, false
	}
	return base[at : at+n], delta, true
}
