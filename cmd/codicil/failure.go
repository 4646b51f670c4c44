package main

import (
	"fmt"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// failures are the comparisons that a fault of ours left without an answer. They
// end no verb: each is told once, and the exit code says that there were some.
type failures struct {
	mu   sync.Mutex
	told map[string]bool
}

// add notes a failure and reports whether it is a new one.
func (f *failures) add(d *policy.Diagnostic) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.told[d.Message] {
		return false
	}
	if f.told == nil {
		f.told = make(map[string]bool)
	}
	f.told[d.Message] = true
	return true
}

// code is the exit code of a verb that would else have ended with the given one.
func (f *failures) code(otherwise int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.told) > 0 {
		return exitFailure
	}
	return otherwise
}

// failed tells of failures, each once.
func (a *app) failed(list ...*policy.Diagnostic) {
	for _, d := range list {
		if a.failures.add(d) {
			fmt.Fprintf(a.stderr, "codicil: error: %s\ncodicil: hint: %s\n", d.Error(), d.Hint)
		}
	}
}

// comparer is what every verb compares texts with.
func (a *app) comparer(judge comparison.Judge) comparison.Comparer {
	return comparison.Comparer{Judge: judge, Failed: a.failedOne}
}

// failedOne tells of a comparison that failed.
func (a *app) failedOne(d *policy.Diagnostic) { a.failed(d) }
