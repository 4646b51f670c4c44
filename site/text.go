package site

import "github.com/codicil/codicil/policy"

// rank gives the headings of a text ranks that fit a page: below the page's
// own, and never skipping one, whatever the author wrote (WCAG 1.3.1).
func rank(blocks []policy.Block) {
	var open []int
	for i := range blocks {
		if blocks[i].Kind != policy.Heading {
			continue
		}
		for len(open) > 0 && open[len(open)-1] >= blocks[i].Level {
			open = open[:len(open)-1]
		}
		open = append(open, blocks[i].Level)
		blocks[i].Level = min(6, 1+len(open))
	}
}

// title returns the heading with which a text begins, if it stands for the
// whole of it.
func title(d *policy.Document) *policy.Block {
	if len(d.Blocks) == 0 {
		return nil
	}
	first := &d.Blocks[0]
	if first.Kind != policy.Heading || len(first.Path) > 0 || first.Text() == "" {
		return nil
	}
	for i := 1; i < len(d.Blocks); i++ {
		if d.Blocks[i].Kind == policy.Heading && d.Blocks[i].Level <= first.Level {
			return nil
		}
	}
	return first
}

// untitled returns the document without its title, which the page shows by
// itself.
func untitled(d *policy.Document) *policy.Document {
	if title(d) == nil {
		return d
	}
	rest := *d
	rest.Blocks = append([]policy.Block(nil), d.Blocks[1:]...)
	rank(rest.Blocks)
	if len(rest.Clauses) == 1 {
		rest.Clauses = rest.Clauses[0].Children
	}
	return &rest
}

// name returns what a version of a policy is called: as its text calls itself, or
// else as the policy.
func name(pl *plan, d *policy.Document) string {
	if title := d.Title(); title != "" {
		return clip(title, maxWords)
	}
	if pl.policy.Title != "" {
		return pl.policy.Title
	}
	return pl.policy.ID
}
