package repair

import (
	"strings"
	"testing"
)

func TestTheNumberOfAPageIsSetAside(t *testing.T) {
	for _, line := range []string{"3", "- 3 -", "Page 3 of 9", "page 3", "Seite 3 von 9", "Página 3 de 9", "3 / 9", "第3页", "[ 12 ]"} {
		out, repairs, err := Text("boats.txt", "boats", []byte("BOATS\n\n1. AIM\n\nWe lend boats to members of the club.\n\n"+line+"\n\n2. FEES\n\nNone are due before the first of May.\n"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(out), "<!-- stray line: "+line+" -->") {
			t.Errorf("%q stays in the text:\n%s%+v", line, out, repairs)
		}
	}
	out, _, _ := Text("boats.txt", "boats", []byte("BOATS\n\nPage 3 of the log\n\nWe write down who rows which boat, and when.\n"))
	if strings.Contains(string(out), "stray") {
		t.Errorf("a heading is set aside:\n%s", out)
	}
}
