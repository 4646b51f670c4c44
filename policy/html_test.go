package policy_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// containers spells each block of a text as the containers that it stands in and
// its words: "List Item: words".
func containers(t *testing.T, src string) string {
	t.Helper()
	d, err := policy.Parse("a.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	names := map[policy.ContainerKind]string{policy.List: "List", policy.Item: "Item", policy.Quote: "Quote", policy.Table: "Table", policy.Body: "Body", policy.Row: "Row", policy.Cell: "Cell"}
	seen := make(map[*policy.Container]bool)
	var out []string
	for i := range d.Blocks {
		var path []string
		for _, c := range d.Blocks[i].Path {
			name := names[c.Kind]
			if seen[c] {
				name = "same"
			}
			seen[c] = true
			path = append(path, name)
		}
		out = append(out, strings.TrimSpace(strings.Join(path, " ")+": "+d.Blocks[i].Text()))
	}
	return strings.Join(out, "; ")
}

func TestWhatHTMLDoesNotAllowInAListGetsAnItem(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"words", "<ul>words<li>item</li></ul>", "List Item: words; same Item: item"},
		{"paragraphs", "<ul><p>one</p><p>two</p></ul>", "List Item: one; same Item: two"},
		{"a list", "<ul><ul><li>inner</li></ul></ul>", "List Item List Item: inner"},
		{"a table", "<ul><table><tr><td>cell</td></tr></table></ul>", "List Item Table Body Row Cell: cell"},
		{"a quote and a line", "<ol><blockquote>q</blockquote><hr></ol>", "List Item Quote: q; same Item:"},
		{"nothing", "<ul></ul>", "List Item:"},
		{"items without a list", "<li>one</li>\n<li>two</li>\n\nThen.\n\n<li>three</li>", "List Item: one; same Item: two; : Then.; List Item: three"},
		{"words of a template between items", "<ul>\n{% for x in y %}\n<li>{{ x }}</li>\n{% endfor %}\n</ul>", "List Item: {% for x in y %}; same Item: {{ x }}; same Item: {% endfor %}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := containers(t, tt.src); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
