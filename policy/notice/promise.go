package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Promise is a sentence by which a policy binds its operator to a channel.
type Promise struct {
	Channel Channel
	Words   string
	Line    int
}

// The words that make a sentence a promise to tell of changes.
var (
	tells   = regexp.MustCompile(`(?i)\b(will|shall|must|give|provide|send|post)\b.*\b(notif\w+|notices?|inform\w*|announce\w*|alert\w*|remind\w*|let you know|tell you)\b|\bnotices?\b.*\b(by|in|through)\b`)
	changes = regexp.MustCompile(`(?i)\b(chang\w+|updat\w+|amend\w+|revis\w+|modif\w+)\b`)
)

// promised finds the channel that words name.
var promised = []struct {
	channel Channel
	words   *regexp.Regexp
}{
	{Email, regexp.MustCompile(`(?i)\be-?mails?\b`)},
	{Banner, regexp.MustCompile(`(?i)\b(home ?page|banner|prominent (place|notice|location|position))\b`)},
	{Popup, regexp.MustCompile(`(?i)\bpop-?ups?\b`)},
}

// Promises finds what a document promises about how its changes are told. A
// list below a promise belongs to it.
func Promises(d *policy.Document) []Promise {
	var found []Promise
	promising := false
	for i := range d.Blocks {
		b := &d.Blocks[i]
		text := b.Text()
		if !listed(b) || b.Kind == policy.Heading {
			promising = tells.MatchString(text) && changes.MatchString(text+" "+b.Clause.Name())
		}
		if !promising {
			continue
		}
		for _, p := range promised {
			if words := p.words.FindString(text); words != "" {
				found = append(found, Promise{p.channel, sentence(text, words), b.Line})
			}
		}
	}
	return found
}

// listed reports whether a block is an item of a list.
func listed(b *policy.Block) bool {
	return slices.ContainsFunc(b.Path, func(c *policy.Container) bool { return c.Kind == policy.Item })
}

// sentence returns the sentence of text in which the words are.
func sentence(text, words string) string {
	for s := range strings.SplitAfterSeq(text, ". ") {
		if strings.Contains(s, words) {
			return strings.TrimSpace(s)
		}
	}
	return text
}

// Unkept returns the promises of a document that no configured channel keeps:
// a policy that says more than is done is worse than one that says less.
func Unkept(d *policy.Document, rules Rules) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	seen := make(map[Channel]bool)
	for _, p := range Promises(d) {
		if seen[p.Channel] || slices.Contains(rules.Channels[policy.Major], p.Channel) {
			continue
		}
		seen[p.Channel] = true
		found = append(found, &policy.Diagnostic{
			File: d.Name, Line: p.Line, Column: 1, Level: policy.Error, Rule: "promise-unkept",
			Message: fmt.Sprintf("the text promises notice of changes by %s, which is not configured: %q", p.Channel, p.Words),
			Hint:    fmt.Sprintf("add %s to notice.channels.major in codicil.yaml, or change the promise", p.Channel),
		})
	}
	return found
}
