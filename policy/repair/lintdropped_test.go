package repair

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestNothingFallsOffAPageInSilence(t *testing.T) {
	src := "# Use\n\n<iframe src=\"x\"></iframe>\n\nWords <svg></svg> and `<script>`, [gone](https://example.com).\n\n```\n<style>\n```\n\n![A plan](plan.png) ![Far](https://example.com/a.png)\n\n<form><input name=a> Words</form>\n"
	d, err := policy.Parse("x.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range Lint(d, []byte(src)) {
		if f.Rule == "dropped-element" {
			word, _, _ := strings.Cut(f.Message, " is not shown")
			got = append(got, word)
		}
	}
	if want := "<iframe>|<svg>|the picture plan.png|<input>"; strings.Join(got, "|") != want {
		t.Errorf("found %q, want %s", got, want)
	}
}
