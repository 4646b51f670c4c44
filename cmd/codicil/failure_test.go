package main

import (
	"os"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/site/desk"
)

// faultyBook fails at texts that hold the word odd.
type faultyBook struct{ workspace.Book }

func (b faultyBook) AssessWith(m *materiality.Memory, r *redline.Redline) *materiality.Assessment {
	for i := range r.New.Blocks {
		if strings.Contains(r.New.Blocks[i].Text(), "odd") {
			panic("a fault put in by a test")
		}
	}
	return b.Book.AssessWith(m, r)
}

// faulty is the command with a rule book that fails at some texts.
func faulty() {
	a := newApp()
	a.judge = func(b workspace.Book) workspace.Book { return faultyBook{b} }
	os.Exit(runIn(a))
}

func TestThePreviewSurvivesATextThatCannotBeJudged(t *testing.T) {
	server := previewingWith(t, func(b workspace.Book) workspace.Book { return faultyBook{b} })
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), "180 days")
	save(t, "privacy.md", strings.Replace(announcedChange, "180 days", "an odd number of days", 2))
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), "an odd number of days")
	wants(t, server.fetch(server.URL+"/privacy/compare/1.0...2.0/"), "Not all of this change could be judged")
	wants(t, server.fetch(server.URL+desk.Path+"privacy/"), "kept this change from being judged", `class="redline"`)
}
