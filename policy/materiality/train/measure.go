package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// measure fits the model to four fifths of the documents and kinds of change,
// asks it about the last fifth, each in turn, and writes the figures.
func measure(w io.Writer, t *trainer) {
	var all []answer
	for f := range folds {
		m := t.fit(f)
		for _, p := range where(t.pairs, func(p *pair) bool { return p.fold == f }) {
			all = append(all, answer{p, m.Judge(p.described), m.Categories(p.described)})
		}
	}
	print := func(name string, keep func(answer) bool) {
		report(w, name, slices.DeleteFunc(slices.Clone(all), func(a answer) bool { return !keep(a) }))
	}
	for _, set := range []string{"materiality-dev", "materiality-train", "steps", "contrast", "changes", "single", "twins", "whole", "more", "furniture", "revisions", "worked examples"} {
		print(set, func(a answer) bool { return a.set == set && !a.described.Foreign })
	}
	print("many collections", func(a answer) bool { return strings.HasPrefix(a.set, "materiality-") && !a.described.Foreign })
	print("train, two readers", func(a answer) bool { return a.set == "materiality-train" && a.Readers == 2 })
	print("natural", func(a answer) bool { return a.natural() && !a.described.Foreign })
	print("invented", func(a answer) bool { return !a.natural() && !a.described.Foreign })
	print("other languages, natural", func(a answer) bool { return a.natural() && a.described.Foreign })
	print("other languages, invented", func(a answer) bool { return !a.natural() && a.described.Foreign })
}

// measureHeld asks a model about pairs that were held back from all fitting.
func measureHeld(w io.Writer, m *materiality.Model, pairs []*pair) {
	var list []answer
	for _, p := range pairs {
		list = append(list, answer{p, m.Judge(p.described), m.Categories(p.described)})
	}
	report(w, "held back", list)
	for _, letter := range []string{"s", "w"} {
		report(w, "held back, "+letter, slices.DeleteFunc(slices.Clone(list), func(a answer) bool { return !strings.HasPrefix(a.ID, letter) }))
	}
}

// report writes the figures of answers: of all, and by how sure they are.
func report(w io.Writer, name string, list []answer) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "%-22s %s\n  truth by answer %v\n", name, count(list), count(list).table)
	for _, b := range []struct {
		name string
		keep func(answer) bool
	}{
		{"decided", func(a answer) bool { return !a.Undecided }},
		{"high", func(a answer) bool { return a.Band() == materiality.High }},
		{"medium", func(a answer) bool { return a.Band() == materiality.Medium }},
		{"low", func(a answer) bool { return a.Band() == materiality.Low }},
		{"proved", func(a answer) bool { return a.described.Proved }},
	} {
		part := slices.DeleteFunc(slices.Clone(list), func(a answer) bool { return !b.keep(a) })
		fmt.Fprintf(w, "  %-20s %4.1f %% %s\n", b.name, 100*float64(len(part))/float64(len(list)), count(part))
	}
}

// answer is a pair with what a model that was not fitted to it says.
type answer struct {
	*pair
	materiality.Verdict
	categories []materiality.Category
}

// figures count right and wrong answers.
type figures struct {
	pairs, exact                 int
	hit, alarm, missed, harmless int
	quiet, quietAlarm            int
	table                        [4][4]int // truth by answer
	named, extra, unnamed        int       // categories
}

func count(list []answer) figures {
	var s figures
	for _, a := range list {
		truth, said := a.pair.Severity, a.Verdict.Severity
		s.pairs++
		s.categories(a)
		s.table[truth][said]++
		if truth == said {
			s.exact++
		}
		switch {
		case said == policy.Major && truth == policy.Major:
			s.hit++
		case said == policy.Major:
			s.alarm++
		case truth == policy.Major:
			s.missed++
			if said <= policy.Editorial {
				s.harmless++
			}
		}
		if truth <= policy.Editorial {
			s.quiet++
			if said == policy.Major {
				s.quietAlarm++
			}
		}
	}
	return s
}

// categories counts the categories of one answer, where it says that there is
// substance.
func (s *figures) categories(a answer) {
	said := a.categories
	if a.Verdict.Severity < policy.Minor {
		said = nil
	}
	for _, c := range said {
		if slices.Contains(a.Categories, c) {
			s.named++
		} else {
			s.extra++
		}
	}
	for _, c := range a.Categories {
		if !slices.Contains(said, c) {
			s.unnamed++
		}
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (s figures) String() string {
	return fmt.Sprintf("n %4d  F1 %.3f  P %.3f  R %.3f  alarms %.3f  exact %.3f  major called harmless %.3f  wrong on major %.3f  categories %.3f",
		s.pairs, ratio(2*s.hit, 2*s.hit+s.alarm+s.missed), ratio(s.hit, s.hit+s.alarm), ratio(s.hit, s.hit+s.missed), ratio(s.quietAlarm, s.quiet),
		ratio(s.exact, s.pairs), ratio(s.harmless, s.hit+s.missed), ratio(s.alarm+s.missed, s.pairs), ratio(2*s.named, 2*s.named+s.extra+s.unnamed))
}
