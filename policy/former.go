package policy

import "strings"

// Former returns the addresses that a policy had under the ids of its text's
// `aliases`, with the versions that it has now. An alias that no policy could be
// called, and the id that it has, give none.
func (p *Policy) Former() []*Address {
	var list []*Address
	seen := map[string]bool{AddressOf(p).dir: true}
	for _, alias := range p.Aliases {
		a := AddressOf(&Policy{ID: alias, Versions: p.Versions})
		if top, _, _ := strings.Cut(a.dir, "/"); alias != "" && !Reserved(top) && !seen[a.dir] {
			seen[a.dir] = true
			list = append(list, a)
		}
	}
	return list
}

// formerIDs cleans what a text calls the ids that it had: some generators write
// addresses there.
func formerIDs(aliases []string) []string {
	for i, a := range aliases {
		aliases[i] = strings.Trim(strings.TrimSpace(a), "/")
	}
	return aliases
}
