package docx

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// containing returns the first element of a name whose words contain text.
func containing(t *testing.T, f *file, name, text string) *element {
	t.Helper()
	l := f.look(marked)
	for _, e := range f.body.all(name) {
		if strings.Contains(l.words(e), text) {
			return e
		}
	}
	t.Fatalf("no %s holds %q", name, text)
	return nil
}

func kidNames(e *element) []string {
	var out []string
	for _, k := range e.kids {
		out = append(out, k.name)
	}
	return out
}

func TestAParagraphThatCameOrWentHasATrackedMark(t *testing.T) {
	f := reread(t, compare(t, "One stays.\n\nTwo goes.", "Zero comes here now.\n\nOne stays."), Options{})
	if p := containing(t, f, "p", "Two goes."); p.child("pPr", "rPr", "del") == nil {
		t.Error("the mark of a removed paragraph is not deleted")
	}
	if p := containing(t, f, "p", "Zero comes"); p.child("pPr", "rPr", "ins") == nil {
		t.Error("the mark of an added paragraph is not inserted")
	}
	if p := containing(t, f, "p", "One stays."); p.child("pPr", "rPr") != nil {
		t.Error("the mark of a kept paragraph is tracked")
	}
}

func TestAMoveHasTwoRangesOfOneNameAndItsEditsInside(t *testing.T) {
	var e example
	for _, e = range examples() {
		if e.name == "a moved and edited paragraph" {
			break
		}
	}
	f := checkLaws(t, compare(t, e.before, e.after))
	from, to := f.body.all("moveFromRangeStart"), f.body.all("moveToRangeStart")
	if len(from) != 1 || len(to) != 1 || from[0].attr["name"] != to[0].attr["name"] {
		t.Fatalf("%d ranges from, %d to", len(from), len(to))
	}
	p := containing(t, f, "p", "very certain")
	if p.child("pPr", "rPr", "moveTo") == nil {
		t.Error("the mark of the moved paragraph did not move")
	}
	if ins := containing(t, f, "ins", "very certain"); !slices.Contains(p.kids, ins) {
		t.Error("words that came are not beside the moved ones")
	}
	deleted := containing(t, f, "delText", "many")
	inMove := false
	for _, m := range p.all("moveTo") {
		inMove = inMove || slices.Contains(m.all("delText"), deleted)
	}
	if !inMove {
		t.Error("words that went are not within the moved ones")
	}
}

func TestASplitIsAParagraphMarkThatCame(t *testing.T) {
	first, second := "The first part tells about many things here.", "The second part tells about other matters there."
	f := checkLaws(t, compare(t, first+" "+second, first+"\n\n"+second))
	if n := len(f.body.all("moveFrom")) + len(f.body.all("ins")); n != 1 {
		t.Errorf("%d marks, want that of the paragraph alone", n)
	}
	if containing(t, f, "p", first).child("pPr", "rPr", "ins") == nil {
		t.Error("the mark of the first part did not come")
	}
	f = checkLaws(t, compare(t, first+"\n\n"+second, first+" "+second))
	if containing(t, f, "p", first).child("pPr", "rPr", "del") == nil {
		t.Error("the mark between merged parts did not go")
	}
}

func TestAPartThatWentElsewhereIsAMove(t *testing.T) {
	part := redline.Edit{Op: redline.Delete, Move: 1, Spans: []policy.Span{{Text: "the part "}}}
	rest := redline.Edit{Op: redline.Keep, Spans: []policy.Span{{Text: "the rest"}}}
	old := &policy.Document{Blocks: []policy.Block{*blockIn("the part the rest"), *blockIn("between")}}
	now := &policy.Document{Blocks: []policy.Block{*blockIn("the rest"), *blockIn("between"), *blockIn("the part")}}
	f := checkLaws(t, &redline.Redline{Old: old, New: now, Rows: []redline.Row{
		{Kind: redline.Edited, Old: &old.Blocks[0], New: &now.Blocks[0], Edits: []redline.Edit{part, rest}},
		{Kind: redline.Equal, Old: &old.Blocks[1], New: &now.Blocks[1]},
		{Kind: redline.Moved, New: &now.Blocks[2], Move: 1},
	}})
	p := containing(t, f, "p", "the rest")
	if want := []string{"pPr", "moveFromRangeStart", "moveFrom", "moveFromRangeEnd", "r"}; !slices.Equal(kidNames(p), want) {
		t.Errorf("got %v, want %v", kidNames(p), want)
	}
}

func TestPartsMergedFromElsewhereShowWhatChangedInThem(t *testing.T) {
	inner := []redline.Edit{
		{Op: redline.Keep, Spans: []policy.Span{{Text: "the "}}},
		{Op: redline.Delete, Spans: []policy.Span{{Text: "old "}}},
		{Op: redline.Insert, Spans: []policy.Span{{Text: "new "}}},
		{Op: redline.Keep, Spans: []policy.Span{{Text: "part"}}},
	}
	old := &policy.Document{Blocks: []policy.Block{*blockIn("the old part"), *blockIn("between"), *blockIn("rest")}}
	now := &policy.Document{Blocks: []policy.Block{*blockIn("between"), *blockIn("rest the new part")}}
	f := checkLaws(t, &redline.Redline{Old: old, New: now, Rows: []redline.Row{
		{Kind: redline.Moved, Old: &old.Blocks[0], Move: 1},
		{Kind: redline.Equal, Old: &old.Blocks[1], New: &now.Blocks[0]},
		{Kind: redline.Edited, Old: &old.Blocks[2], New: &now.Blocks[1], Edits: []redline.Edit{
			{Op: redline.Keep, Spans: []policy.Span{{Text: "rest"}}},
			{Op: redline.Insert, Spans: []policy.Span{{Text: " "}}},
			{Op: redline.Insert, Move: 1, Spans: []policy.Span{{Text: "the new part"}}, Inner: inner},
		}},
	}})
	p := containing(t, f, "p", "rest")
	want := []string{"pPr", "r", "ins", "moveToRangeStart", "moveTo", "ins", "moveTo", "moveToRangeEnd"}
	if !slices.Equal(kidNames(p), want) {
		t.Errorf("got %v, want %v", kidNames(p), want)
	}
}

func TestMovedTableRowsAreDeletedAndInserted(t *testing.T) {
	head := "| Purpose | Data |\n|---|---|\n"
	a, b, c := "| "+long+" | Name and address |\n", "| Billing of all services | Name |\n", "| Security of all services | Logs |\n"
	f := checkLaws(t, compare(t, head+a+b+c, head+b+c+a))
	if n := len(f.body.all("moveFrom")) + len(f.body.all("moveTo")); n > 0 {
		t.Errorf("%d moves in a table", n)
	}
	came, went := 0, 0
	for _, p := range f.body.all("trPr") {
		came += len(p.all("ins"))
		went += len(p.all("del"))
	}
	if came == 0 || came != went {
		t.Errorf("%d rows came and %d went", came, went)
	}
}

func TestCellsOfKeptRowsAreTracked(t *testing.T) {
	f := checkLaws(t, compare(t, "| a | b |\n|---|---|\n| c | d |", "| a | x | b |\n|---|---|---|\n| c | y | d |"))
	if n := len(f.body.all("cellIns")); n != 2 {
		t.Errorf("%d inserted cells, want 2", n)
	}
}

func TestCellsWithTwoPartnersComeApart(t *testing.T) {
	path := func() []*policy.Container {
		return []*policy.Container{{Kind: policy.Table}, {Kind: policy.Body}, {Kind: policy.Row}, {Kind: policy.Cell}}
	}
	x, y, z := path(), path(), path()
	old := &policy.Document{Blocks: []policy.Block{*blockIn("one", x...), *blockIn("two", y...)}}
	now := &policy.Document{Blocks: []policy.Block{*blockIn("one", z...), *blockIn("two", z...)}}
	checkLaws(t, &redline.Redline{Old: old, New: now, Rows: []redline.Row{
		{Kind: redline.Equal, Old: &old.Blocks[0], New: &now.Blocks[0]},
		{Kind: redline.Equal, Old: &old.Blocks[1], New: &now.Blocks[1]},
	}})
}

func TestTablesThatTurnOutToBeOneAreOne(t *testing.T) {
	table, body := &policy.Container{Kind: policy.Table}, &policy.Container{Kind: policy.Body}
	next, rows := &policy.Container{Kind: policy.Table}, &policy.Container{Kind: policy.Body}
	row := func(text string, t, b *policy.Container) policy.Block {
		return *blockIn(text, t, b, &policy.Container{Kind: policy.Row}, &policy.Container{Kind: policy.Cell})
	}
	old := &policy.Document{Blocks: []policy.Block{row("gone", table, body), row("kept", table, body)}}
	now := &policy.Document{Blocks: []policy.Block{*blockIn("before"), row("come", next, rows), row("kept", next, rows)}}
	f := checkLaws(t, &redline.Redline{Old: old, New: now, Rows: []redline.Row{
		{Kind: redline.Removed, Old: &old.Blocks[0]},
		{Kind: redline.Added, New: &now.Blocks[0]},
		{Kind: redline.Added, New: &now.Blocks[1]},
		{Kind: redline.Equal, Old: &old.Blocks[1], New: &now.Blocks[2]},
	}})
	if n := len(f.body.all("tbl")); n != 1 {
		t.Errorf("%d tables, want 1", n)
	}
}

func TestAChangedStyleRemembersTheOldOne(t *testing.T) {
	f := checkLaws(t, compare(t, "We *never* sell data.", "We **never** sell data."))
	r := containing(t, f, "r", "never")
	if r.child("rPr", "b") == nil || r.child("rPr", "rPrChange", "rPr", "i") == nil || r.child("rPr", "i") != nil {
		t.Errorf("got %v", kidNames(r.child("rPr")))
	}
	if n := len(f.body.all("ins")) + len(f.body.all("del")); n != 0 {
		t.Errorf("%d marks besides", n)
	}
}

func TestAStyleIsCutWhereItChanged(t *testing.T) {
	f := checkLaws(t, compare(t, "We *never sell* your data.", "We *never* sell your data."))
	if r := containing(t, f, "r", "sell"); r.child("rPr", "rPrChange", "rPr", "i") == nil {
		t.Error("the words do not remember that they were stressed")
	}
	if r := containing(t, f, "r", "never"); r.child("rPr", "rPrChange") != nil {
		t.Error("words are marked that look as they did")
	}
}

func TestAChangedFormRemembersTheOldOne(t *testing.T) {
	old, now := parse(t, "## Contact us"), parse(t, "1. Contact us")
	f := checkLaws(t, &redline.Redline{Old: old, New: now, Rows: []redline.Row{
		{Kind: redline.Reshaped, Old: &old.Blocks[0], New: &now.Blocks[0], Move: 1},
	}})
	p := containing(t, f, "p", "Contact us").child("pPr")
	if p.child("numPr") == nil || p.child("pPrChange", "pPr", "pStyle").attr["val"] != "Heading2" {
		t.Errorf("got %v", kidNames(p))
	}
}

func TestOnlySafeAddressesAreLinks(t *testing.T) {
	for link, want := range map[string]string{
		"https://example.org/a?b=c&d=\"e\"": "https://example.org/a?b=c&d=%22e%22",
		"mailto:privacy@example.org":        "mailto:privacy@example.org",
		"tel:+431234":                       "tel:+431234",
		"javascript:alert(1)":               "",
		"file:///etc/passwd":                "",
		"/privacy":                          "",
		"https://exa mple.org":              "",
		"https://example.org/%zz":           "",
		"":                                  "",
	} {
		var l links
		if got := l.external(link); link != "https://example.org/a?b=c&d=\"e\"" && got != want || strings.ContainsAny(got, "\" ") {
			t.Errorf("%q leads to %q, want %q", link, got, want)
		}
	}
}

func TestRelativeLinksAreResolvedAgainstThePage(t *testing.T) {
	for _, c := range []struct{ base, link, want string }{
		{"https://example.org/legal/privacy/", "../terms/", "https://example.org/legal/terms/"},
		{"https://example.org/legal/privacy/", "/contact", "https://example.org/contact"},
		{"https://example.org/legal/privacy/", "//example.com/a", "https://example.com/a"},
		{"https://example.org/legal/privacy/", "mailto:privacy@example.org", "mailto:privacy@example.org"},
		{"https://example.org/legal/privacy/", "javascript:alert(1)", ""},
		{"https://example.org/legal/privacy/", "", ""},
		{"file://host/legal/", "terms", ""},
		{"javascript:alert(1)", "terms", ""},
		{"/legal/", "terms", ""},
		{"https://exa mple.org", "terms", ""},
		{"", "terms", ""},
	} {
		l := links{base: absolute(c.base)}
		if got := l.external(c.link); got != c.want {
			t.Errorf("%q on %q leads to %q, want %q", c.link, c.base, got, c.want)
		}
	}
	f := reread(t, compare(t, "", "See [our terms](../terms/)."), Options{Base: "https://example.org/privacy/"})
	for _, e := range f.parts["word/_rels/document.xml.rels"].all("Relationship") {
		if e.attr["TargetMode"] == "External" && e.attr["Target"] != "https://example.org/terms/" {
			t.Errorf("a link leads to %s", e.attr["Target"])
		}
	}
	if n := len(f.body.all("hyperlink")); n != 1 {
		t.Errorf("%d links, want 1", n)
	}
}

func TestLinksToClausesLeadToBookmarks(t *testing.T) {
	f := checkLaws(t, compare(t, "See [old](#gone) and [this](#data-we-keep).\n\n## Gone\n\n## Data we keep", "See [old](#gone) and [this](#data-we-keep) and [none](#nowhere).\n\n## Data we keep"))
	if n := len(f.body.all("bookmarkStart")); n != 2 {
		t.Errorf("%d bookmarks, want 2", n)
	}
	for _, e := range f.body.all("hyperlink") {
		if f.look(marked).words(e) == "none" {
			t.Error("a link leads nowhere")
		}
	}
}

func TestALinkWithEditedWordsIsOneLink(t *testing.T) {
	f := checkLaws(t, compare(t, "See [our old policy](https://example.org/p).", "See [our new policy](https://example.org/p)."))
	links := f.body.all("hyperlink")
	if len(links) != 1 || !slices.Equal(kidNames(links[0]), []string{"r", "del", "ins", "r"}) {
		t.Errorf("%d links", len(links))
	}
}

func TestTextFromTheRightRunsSo(t *testing.T) {
	f := checkLaws(t, compare(t, "", "سياسة الخصوصية\n\nPolicy"))
	if p := containing(t, f, "p", "سياسة"); p.child("pPr", "bidi") == nil || p.all("rtl") == nil {
		t.Error("an Arabic paragraph does not run from the right")
	}
	if p := containing(t, f, "p", "Policy"); p.child("pPr", "bidi") != nil {
		t.Error("an English paragraph runs from the right")
	}
}

func TestNumbersStandAsWritten(t *testing.T) {
	var n numbering
	want := map[string]map[string]string{"1": {"0": "•", "8": "•"}}
	for i, number := range []string{"iv)", "123456.", "§ 4.", "007.", "4%", "<&>"} {
		id, level := n.of(number, i)
		again, _ := n.of(number, i)
		other, _ := n.of(number, i+1)
		if id != again || id == other {
			t.Errorf("%s has the numIds %d, %d and, at another level, %d", number, id, again, other)
		}
		want[strconv.Itoa(id)] = map[string]string{strconv.Itoa(level): strings.ReplaceAll(number, "%", "％")}
	}
	root, err := parseXML([]byte(n.part()))
	if err != nil {
		t.Fatal(err)
	}
	f := &file{parts: map[string]*element{"word/numbering.xml": root}}
	f.readNumbering()
	for id, levels := range want {
		for level, mark := range levels {
			if got := f.marks[id][level]; got != mark {
				t.Errorf("numbering %s shows %q at level %s, want %q", id, got, level, mark)
			}
		}
	}
}

// A reader that does not look into alternatives must find no other format than
// that of the bullet, or it would count.
func TestNumbersAreBulletsToReadersThatKnowNoAlternatives(t *testing.T) {
	f := reread(t, compare(t, "", "3. Three.\n4. Four."), Options{})
	for _, level := range f.parts["word/numbering.xml"].all("lvl") {
		if format := level.child("numFmt"); format != nil && format.attr["val"] != "bullet" {
			t.Errorf("level %s counts as %s", level.attr["ilvl"], format.attr["val"])
		}
	}
	if n := len(f.parts["word/numbering.xml"].all("lvlOverride")); n != 2 {
		t.Errorf("%d numbers, want 2", n)
	}
}
