package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/reading/ask"
	"github.com/codicil/codicil/policy/workspace"
)

// scored is the JSON of read --score.
type scored struct {
	Reader reading.Figures `json:"reader"`
	Rules  reading.Figures `json:"rules"`
}

// readScore reads labelled pairs with the configured reader, and judges them by
// the rules beside it.
func (a *app) readScore(ctx context.Context, args []string, f readFlags) error {
	if len(args) != 2 {
		return usagef("read --score takes a file of labels and a folder of pairs")
	}
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	reader, err := ask.New(cfg.Reader, a.getenv)
	if err != nil {
		return err
	}
	book, err := a.bookOf(cfg)
	if err != nil {
		return err
	}
	labels, err := readLabels(args[0], f.limit)
	if err != nil {
		return err
	}
	if err := a.mayAsk(reader, policy.Plural(len(labels), "pair of texts", "pairs of texts"), f.yes); err != nil {
		return err
	}
	t := &reading.Trial{Reader: &ask.Kept{Reader: reader, Folder: answersFolder()}, Failed: func(id string, err error) { a.say("%s: %v", id, err) }}
	bar := a.progress()
	for i, label := range labels {
		if !filepath.IsLocal(label.ID) {
			return fmt.Errorf("%s: %q is not the name of a pair", args[0], label.ID)
		}
		p, err := workspace.FilePair(filepath.Join(args[1], label.ID, "before.md"), filepath.Join(args[1], label.ID, "after.md"))
		if err != nil {
			return err
		}
		began := time.Now()
		c := p.Compare(a.comparer(book))
		proposed := c.Assessment()
		t.RulesTook += time.Since(began)
		if err := t.Add(ctx, label, c.Redline, proposed); err != nil {
			return err
		}
		bar.Step("pairs", i+1, len(labels))
	}
	bar.Done()
	return a.printScored(t)
}

// answersFolder is where answers are kept between runs; nothing is lost when
// it is deleted.
func answersFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "codicil", "answers")
}

func (a *app) printScored(t *reading.Trial) error {
	result := scored{t.Figures(), t.RulesFigures()}
	if a.json {
		return printJSON(a.stdout, result)
	}
	fmt.Fprint(a.stdout, reading.Table([]string{t.Reader.Name(), "the rules"}, []reading.Figures{result.Reader, result.Rules}))
	return nil
}

// readLabels reads at most n labels of a file.
func readLabels(name string, n int) ([]reading.Label, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the labels: %w", err)
	}
	defer f.Close()
	return reading.ReadLabels(name, f, n)
}
