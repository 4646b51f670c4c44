package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// outcome is what programs need to know of a verb.
type outcome struct {
	json  string // the keys of the document that --json prints; empty when there is none
	codes []int  // the exit codes beside 0, 1 and 2
}

// outcomes describes every verb; a test holds it against what they do.
func outcomes() map[string]outcome {
	built := "policies, versions, redlines, notices, pages, files, written, bytes"
	return map[string]outcome{
		"init":         {json: "dir, repository, written, kept"},
		"new":          {json: "id, file"},
		"list":         {json: "policies"},
		"log":          {json: "id, versions"},
		"show":         {json: "id, title, label, status, on, cohort, effective, certainty, commit, path, sha256, announcements, upcoming, approvals, clauses, text", codes: []int{exitFindings}},
		"diff":         {json: "old, new, stat, limited, changes", codes: []int{exitFindings}},
		"assess":       {json: "severity, categories, reasons, declared, confidence, undecided, draft_summary, limited, reading"},
		"check":        {json: "findings, policies, shared", codes: []int{exitFindings}},
		"build":        {json: built},
		"serve":        {},
		"notify":       {json: "notice, severity, class, channels, announced, deadline, effective, summary, recipients, without_address, begun, per_second, ends, languages, skipped, bad_rows, missing, in_time, reasons", codes: []int{exitSomeFailed}},
		"proof":        {json: "notice, class, started, first_attempt, last_attempt, attempts, counts, timely, not_reached, text, messages, chain, approvals"},
		"bounces":      {json: "messages, failed, complaints, passing, known, others"},
		"suppressions": {json: "suppressions, lifted, due_again, added, known"},

		"erase":  {json: "erased, not_on_record"},
		"verify": {json: "versions, findings, log", codes: []int{exitFindings}},
		"read":   {json: "policy, version, before, after, prompt, reader, read, cost, severity, categories, reasons, summary, dropped, unread"},
		"rules":  {json: "rules, lint, gate, integrity, import, recipients, reader"},
		"import": {json: "file, repairs, comments"},
		"fix":    {json: "files"},
		"expand": {json: "policies, shared, findings", codes: []int{exitFindings}},
		"embed":  {json: "tag, script, integrity, latest, origin, self_contained, fragment"},
		"export": {json: built},
		"doctor": {json: "findings", codes: []int{exitFindings}},
		"schema": {json: "$schema, title, type, properties, additionalProperties"},
		"man":    {},

		"approve": {json: "id, label, sha256, statement, approvals"},
	}
}

// explainOutcome adds to a verb's help what programs need to know.
func explainOutcome(cmd *cobra.Command) {
	o, ok := outcomes()[cmd.Name()]
	if !ok {
		return
	}
	var text strings.Builder
	if o.json != "" {
		text.WriteString(wrapped("With --json, one document with: "+o.json+".") + "\n")
	}
	text.WriteString("Exit codes: 0 done, 1 failure, 2 usage, ")
	for _, code := range o.codes {
		text.WriteString(map[int]string{exitFindings: "3 findings or differences, ", exitSomeFailed: "4 some recipients failed, "}[code])
	}
	fmt.Fprintf(&text, "%d interrupted.", exitInterrupted)
	cmd.Long += "\n\n" + text.String()
}

// helpWidth is how many characters a line of help has.
const helpWidth = 98

// wrapped breaks a text into lines of helpWidth.
func wrapped(text string) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i > 0 && column+1+len(word) > helpWidth:
			b.WriteString("\n")
			column = 0
		case i > 0:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}
