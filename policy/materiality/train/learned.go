package main

import (
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// How it is learned of which categories words speak.
const (
	topicRounds  = 3    // how often sentences are asked anew, beside their headings, what they are about
	leastSaid    = 6    // sentences with a word, from which it counts
	doubt        = 4.0  // sentences that speak of what all do, added to those with a word
	headingTrust = 0.03 // how likely a sentence is about something of which no heading above it speaks
	parentShare  = 0.4  // how much a heading counts beside the one below it
)

// sectioned is a sentence with what the headings above it speak of.
type sectioned struct {
	keys  []string
	about materiality.Topics
}

// writeLearned writes what each word speaks of. No reader labelled these sentences: the
// headings above them did.
func writeLearned(data, out string) error {
	texts, err := newestTexts(data)
	if err != nil {
		return err
	}
	list := sections(texts)
	var table map[string]*materiality.Topics
	for range topicRounds {
		table = odds(list, table)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := printLearned(file, table); err != nil {
		return err
	}
	return file.Close()
}

func printLearned(w io.Writer, table map[string]*materiality.Topics) error {
	lines := []string{"# Made by go run ./policy/materiality/train -learned of the newest English texts of the four public collections that bundle.go names: under which\n# headings words stand. A word, a tab, and how much it speaks for each category of the rubric: a letter a category.\n"}
	for _, word := range slices.Sorted(maps.Keys(table)) {
		line := word + "\t"
		for _, x := range table[word] {
			line += string(rune('0' + 32 + max(-32, min(31, math.Round(materiality.LearnedUnit*x)))))
		}
		lines = append(lines, line+"\n")
	}
	_, err := io.WriteString(w, strings.Join(lines, ""))
	return err
}

// sections takes texts apart into sentences, each once, that stand under a heading which
// speaks of something.
func sections(texts []string) []sectioned {
	var list []sectioned
	seen := map[string]bool{}
	for _, text := range texts {
		for _, b := range parse(text).Blocks {
			about, ok := headed(&b)
			if !ok {
				continue
			}
			for sentence := range strings.SplitSeq(b.Text(), ". ") {
				if seen[sentence] {
					continue
				}
				seen[sentence] = true
				if keys := materiality.Keys(sentence); len(keys) > 3 {
					slices.Sort(keys)
					list = append(list, sectioned{slices.Compact(keys), about})
				}
			}
		}
	}
	return list
}

// headed tells of what the headings above a block speak, the shares of all
// categories together 1.
func headed(b *policy.Block) (about materiality.Topics, ok bool) {
	if b.Kind == policy.Heading {
		return about, false
	}
	share := 1.0
	for c := b.Clause; c != nil; c = c.Parent {
		if t := materiality.TitleTopics(c.Title); t != (materiality.Topics{}) {
			add(&about, &t, share)
			share *= parentShare
		}
	}
	if slices.Max(about[:]) < 1 {
		return about, false
	}
	scale(&about)
	return about, true
}

func add(sum, more *materiality.Topics, factor float64) {
	for c := range sum {
		sum[c] += factor * more[c]
	}
}

// scale makes shares that are 1 together.
func scale(t *materiality.Topics) {
	all := 0.0
	for _, x := range t {
		all += x
	}
	for c := range t {
		t[c] /= all
	}
}

// odds counts how often words stand in sentences about each category, against how often
// all words do: the logarithm. What sentences are about, their headings tell, and
// their words, by the table of the round before.
func odds(list []sectioned, before map[string]*materiality.Topics) map[string]*materiality.Topics {
	table, all := map[string]*materiality.Topics{}, materiality.Topics{}
	for _, s := range list {
		about := s.told(before)
		add(&all, &about, 1)
		for _, k := range s.keys {
			if table[k] == nil {
				table[k] = new(materiality.Topics)
			}
			add(table[k], &about, 1)
		}
	}
	scale(&all)
	for word, t := range table {
		said := 0.0
		for _, x := range t {
			said += x
		}
		if said < leastSaid || strings.ContainsAny(word, "\t/@") {
			delete(table, word)
			continue
		}
		for c, share := range all {
			t[c] = math.Log((t[c] + doubt*share) / ((said + doubt) * share))
		}
	}
	return table
}

// told tells what a sentence is about by its headings and its words.
func (s *sectioned) told(table map[string]*materiality.Topics) materiality.Topics {
	if table == nil {
		return s.about
	}
	var sum materiality.Topics
	known := 0
	for _, k := range s.keys {
		if t := table[k]; t != nil {
			add(&sum, t, 1)
			known++
		}
	}
	for c := range sum {
		sum[c] = (s.about[c] + headingTrust) * math.Exp(sum[c]/math.Pow(float64(max(known, 1)), 0.4))
	}
	scale(&sum)
	return sum
}
