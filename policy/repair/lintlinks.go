package repair

import (
	"fmt"
	"path"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Links names the links to texts beside this one that are not there: exists
// tells, of a slash path relative to the folder of the text. Addresses, and
// paths from the root of a site, are none of its business.
func Links(d *policy.Document, exists func(target string) bool) []*policy.Diagnostic {
	l := linter{name: d.Name, doc: d}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for _, s := range b.Spans {
			target := policy.LinkedFile(s.Link)
			beside := path.Ext(target) == ".md" && !strings.HasPrefix(target, "/") && !strings.Contains(target, ":")
			if beside && !exists(target) {
				l.report("dead-link", b.Line, 1, fmt.Sprintf("the link to %q leads to no file", s.Link), "link to a file that is there, or to an address")
			}
		}
	}
	return l.found
}
