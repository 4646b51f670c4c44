package policy_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// containers spells each block of a text as the containers that it is in and
// its words: "List Item: words".
func containers(t *testing.T, src string) string {
	t.Helper()
	d, err := policy.Parse("a.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	names := map[policy.ContainerKind]string{policy.List: "List", policy.Item: "Item", policy.Quote: "Quote", policy.Table: "Table", policy.Body: "Body", policy.Row: "Row", policy.Cell: "Cell",
		policy.Definitions: "Definitions", policy.DefinedTerm: "DefinedTerm", policy.Definition: "Definition"}
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
		{"definitions", "<dl><div><dt>a</dt><dd>b</dd></div>words<ul><li>c</ul></dl>", "Definitions DefinedTerm: a; same Definition: b; same Definition: words; same Definition List Item: c"},
		{"an item among definitions", "<dl><li>a</dl>", "Definitions Definition List Item: a"},
		{"definitions without a list", "<dt>a</dt><dd>b</dd>\n\n<p>c</p>\n<ul><dt>d</dt></ul>", "Definitions DefinedTerm: a; same Definition: b; : c; List Item Definitions DefinedTerm: d"},
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

func TestCellsThatReachFurtherStandInEachPlace(t *testing.T) {
	for name, tt := range map[string]struct{ rows, want string }{
		"down":     {`<tr><td rowspan=2>Name<td>orders<td>30 days<tr><td>letters<td>60 days`, "Name|orders|30 days/Name|letters|60 days"},
		"across":   {`<tr><td colspan=2>Face<td>never<tr><td>a<td>b<td>c`, "Face|Face|never/a|b|c"},
		"both":     {`<tr><td rowspan=2 colspan=2>X<td>1<tr><td>2`, "X|X|1/X|X|2"},
		"at end":   {`<tr><td>1<td rowspan=2>X<tr><td>2`, "1|X/2|X"},
		"sections": {`<tbody><tr><td rowspan=9>X<td>1<tbody><tr><td>2`, "X|1/2"},
		"nonsense": {`<tr><td rowspan=-1 colspan=x>1<td>2`, "1|2"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := policy.Parse("a.md", []byte("<table>"+tt.rows+"</table>"))
			if err != nil {
				t.Fatal(err)
			}
			var row *policy.Container
			got := ""
			for i := range d.Blocks {
				path := d.Blocks[i].Path
				if r := path[len(path)-2]; r != row && row != nil {
					got, row = got+"/", r
				} else if row != nil {
					got += "|"
				} else {
					row = r
				}
				got += d.Blocks[i].Text()
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestHugeCellsAreBounded(t *testing.T) {
	src := "<table>" + strings.Repeat("<tr><td rowspan=99999 colspan=99999>x", 300) + "</table>"
	d, err := policy.Parse("a.md", []byte(src))
	if err != nil || len(d.Blocks) > 6000 {
		t.Errorf("%d blocks, %v", len(d.Blocks), err)
	}
}

func TestItemsHaveTheNumbersThatABrowserShows(t *testing.T) {
	for list, want := range map[string]string{
		`<ol><li>x<li>y`:                                  "1. 2.",
		`<ol type=a><li>x<li>y`:                           "a. b.",
		`<ol type=I start=4><li>x<li>y`:                   "IV. V.",
		`<ol start=3 reversed><li>x<li>y`:                 "3. 2.",
		`<ol reversed><li>x<li>y<li>z`:                    "3. 2. 1.",
		`<ol><li>x<li value=7>y<li>z`:                     "1. 7. 8.",
		`<ol type=a><li>x<li><ol type=i><li>p<li>q</ol>z`: "a. i. ii. b.",
		`<ol>`:                          "1.",
		`<ol>w<li>x</ol>`:               "1. 2.",
		`<ol start=4><p>w</p><hr></ol>`: "4. 5.",
	} {
		d, err := policy.Parse("a.md", []byte(list))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range d.Blocks {
			path := d.Blocks[i].Path
			got = append(got, path[len(path)-1].Number)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", list, s, want)
		}
	}
}
