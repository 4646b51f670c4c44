package policy

import "slices"

// Succession is the order in which the versions of a policy come to bind existing
// accounts. What was cancelled binds nobody, and has no next.
type Succession struct {
	bound []*Version            // those that bind at some time, in that order
	next  map[*Version]*Version // what takes the place of each version
}

// SuccessionOf returns the succession of a policy, as far as it is announced.
func SuccessionOf(p *Policy) *Succession {
	s := &Succession{next: make(map[*Version]*Version, len(p.Versions))}
	from := make(map[*Version]Date, len(p.Versions))
	var order []*Version
	for _, v := range slices.Backward(p.Versions) {
		if !v.Front.Draft && v.Cancelled() == nil {
			order, from[v] = append(order, v), v.From()
		}
	}
	slices.SortStableFunc(order, func(a, b *Version) int { return from[a].Compare(from[b]) })
	for i, v := range order {
		// Of those that take effect on one day, the one published last binds.
		if i+1 == len(order) || from[order[i+1]] != from[v] {
			s.bound = append(s.bound, v)
		}
	}
	for _, v := range order {
		i := s.from(from[v])
		if i < len(s.bound) && s.bound[i] == v {
			i++
		}
		if i < len(s.bound) {
			s.next[v] = s.bound[i]
		}
	}
	return s
}

// Next returns the version that takes the place of v, on the day from which it
// binds; nil when none is announced. Where that is the day of v itself, v never
// binds.
func (s *Succession) Next(v *Version) *Version { return s.next[v] }

// At returns what binds on the given day, whether or not the policy is withdrawn
// then: Policy.InForce for many days, at the cost of a few. It is nil before the
// first version binds.
func (s *Succession) At(on Date) *Version {
	i := s.from(on)
	if i < len(s.bound) && s.bound[i].From() == on {
		return s.bound[i]
	}
	if i == 0 {
		return nil
	}
	return s.bound[i-1]
}

// Until returns what binds from the given day until v takes effect: the version
// in force, if there is one, and those that follow it before v.
func (s *Succession) Until(v *Version, on Date) []*Version {
	end := s.from(v.From())
	begin := end
	for begin > 0 {
		begin--
		if !s.bound[begin].From().After(on) {
			break
		}
	}
	return s.bound[begin:end]
}

// from returns the index of the first version that begins to bind on a day or
// after it.
func (s *Succession) from(day Date) int {
	i, _ := slices.BinarySearchFunc(s.bound, day, func(u *Version, day Date) int { return u.From().Compare(day) })
	return i
}
