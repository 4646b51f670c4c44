package docx

import (
	"slices"
	"strings"
)

// The order of children that the schema asks for (ECMA-376 part 4, annex A),
// as far as we use them.
func schemaOrder(name string) []string {
	switch name {
	case "pPr":
		return []string{"pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "bidi", "spacing", "ind", "jc", "outlineLvl", "rPr", "pPrChange"}
	case "rPr":
		return []string{"ins", "del", "moveFrom", "moveTo", "rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "noProof", "color", "sz", "szCs", "u", "rtl", "lang", "rPrChange"}
	case "tblPr":
		return []string{"tblStyle", "tblW", "tblInd", "tblBorders", "tblCellMar", "tblLook"}
	case "trPr":
		return []string{"tblHeader", "ins", "del"}
	case "tcPr":
		return []string{"tcW", "cellIns", "cellDel"}
	case "tbl":
		return []string{"tblPr", "tblGrid", "tr"}
	}
	return nil
}

// checkStructure fails unless the parts obey what Word demands: the order of
// properties, unique ids, closed ranges with one partner each, deleted text as
// such, and targets for all links.
func checkStructure(t failer, f *file) {
	for _, name := range []string{"word/document.xml", "word/styles.xml"} {
		checkOrder(t, f.parts[name])
	}
	checkIDs(t, f)
	checkMoves(t, f.body)
	checkDeleted(t, f.body, false)
	checkTargets(t, f)
}

func checkOrder(t failer, e *element) {
	if order := schemaOrder(e.name); order != nil {
		last := -1
		for _, k := range e.kids {
			i := slices.Index(order, k.name)
			if i < 0 || i < last {
				t.Fatalf("%s is out of order in %s", k.name, e.name)
			}
			last = i
		}
	}
	for _, k := range e.kids {
		checkOrder(t, k)
	}
}

func checkIDs(t failer, f *file) {
	seen := make(map[string]bool)
	for _, name := range []string{"ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange", "rPrChange", "cellIns", "cellDel", "bookmarkStart"} {
		for _, e := range f.body.all(name) {
			id := e.attr["id"]
			if id == "" || seen[id] {
				t.Fatalf("%s has the id %q of another annotation", name, id)
			}
			seen[id] = true
			if e.attr["author"] == "" && name != "bookmarkStart" {
				t.Fatalf("%s without an author", name)
			}
		}
	}
}

func checkMoves(t failer, body *element) {
	names := make(map[string]int)
	for _, kind := range []string{"moveFrom", "moveTo"} {
		ends := make(map[string]int)
		for _, e := range body.all(kind + "RangeEnd") {
			ends[e.attr["id"]]++
		}
		for _, e := range body.all(kind + "RangeStart") {
			names[kind+e.attr["name"]]++
			names[e.attr["name"]]++
			if ends[e.attr["id"]] != 1 || names[kind+e.attr["name"]] != 1 {
				t.Fatalf("%s range %s of %s is not closed once", kind, e.attr["id"], e.attr["name"])
			}
		}
	}
	for name, n := range names {
		if strings.HasPrefix(name, "moveFrom") || strings.HasPrefix(name, "moveTo") {
			continue
		}
		if n != 2 {
			t.Fatalf("%s has %d places", name, n)
		}
	}
}

// checkDeleted fails unless text is w:delText exactly where it is in w:del.
func checkDeleted(t failer, e *element, deleted bool) {
	deleted = deleted || e.name == "del"
	if e.name == "t" && deleted || e.name == "delText" && !deleted {
		t.Fatalf("%s holds %q in the wrong place", e.name, e.text)
	}
	if (e.name == "t" || e.name == "delText") && e.attr["space"] != "preserve" {
		t.Fatalf("%q loses its spaces", e.text)
	}
	for _, k := range e.kids {
		checkDeleted(t, k, deleted)
	}
}

func checkTargets(t failer, f *file) {
	ids, marks := make(map[string]bool), make(map[string]bool)
	for _, e := range f.parts["word/_rels/document.xml.rels"].all("Relationship") {
		ids[e.attr["Id"]] = true
		if e.attr["TargetMode"] != "External" && f.parts["word/"+e.attr["Target"]] == nil {
			t.Fatalf("no part %s", e.attr["Target"])
		}
	}
	for _, e := range f.body.all("bookmarkStart") {
		if marks[e.attr["name"]] {
			t.Fatalf("two bookmarks %s", e.attr["name"])
		}
		marks[e.attr["name"]] = true
	}
	for _, e := range f.body.all("hyperlink") {
		if !ids[e.attr["id"]] && !marks[e.attr["anchor"]] {
			t.Fatalf("a link leads to neither a relationship nor a bookmark: %v", e.attr)
		}
	}
}
