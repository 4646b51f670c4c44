package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
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
	reader, err := a.reader(cfg.Reader)
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
	if err := a.mayAsk(reader, plural(len(labels), "pair of texts", "pairs of texts"), f.yes); err != nil {
		return err
	}
	s := &scorer{app: a, reader: reader, pairs: args[1], cache: answersFolder()}
	bar := a.progress()
	for i, label := range labels {
		c, err := s.compare(a.comparer(book), label.ID)
		if err != nil {
			return err
		}
		proposed := c.Assessment()
		s.rules.Add(label, proposed.Severity, proposed.Categories)
		if err := s.read(ctx, label, c.Redline); err != nil {
			return err
		}
		bar.step("pairs", i+1, len(labels))
	}
	bar.done()
	return s.print()
}

// scorer adds up how a reader does.
type scorer struct {
	app          *app
	reader       reading.Reader
	pairs        string // folder
	cache        string // folder of answers; empty for none
	asked, rules reading.Tally
	seconds      float64
	tokens       int
}

func (s *scorer) compare(c comparison.Comparer, id string) (*comparison.Comparison, error) {
	before, err := workspace.ReadFile(filepath.Join(s.pairs, id, "before.md"))
	if err != nil {
		return nil, err
	}
	after, err := workspace.ReadFile(filepath.Join(s.pairs, id, "after.md"))
	if err != nil {
		return nil, err
	}
	return workspace.Pair{Before: workspace.Side{Name: id + "/before.md", Doc: before}, After: workspace.Side{Name: id + "/after.md", Doc: after}}.Compare(c), nil
}

// read asks about one pair. A reader that fails at a pair is counted; one that
// was interrupted ends the run.
func (s *scorer) read(ctx context.Context, label reading.Label, line *redline.Redline) error {
	q := reading.New(line, reading.DefaultRoom)
	if len(q.Passages) == 0 {
		s.asked.Add(label, 0, nil)
		return nil
	}
	reply, err := s.ask(ctx, q)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.seconds += reply.Cost.Seconds
	s.tokens += reply.Cost.TokensIn + reply.Cost.TokensOut
	var r *reading.Reading
	if err == nil {
		r, err = reading.Verify(q, reply.Text)
	}
	if err != nil {
		s.app.say("%s: %v", label.ID, err)
		s.asked.Fail(label)
		return nil
	}
	s.asked.Add(label, r.Severity, r.Categories)
	return nil
}

// ask returns the answer that is kept for the question, or a new one.
func (s *scorer) ask(ctx context.Context, q *reading.Question) (reading.Reply, error) {
	name := ""
	if s.cache != "" {
		sum := sha256.Sum256([]byte(s.reader.Name() + "\x00" + q.Digest()))
		name = filepath.Join(s.cache, hex.EncodeToString(sum[:16])+".json")
		var kept reading.Reply
		if text, err := os.ReadFile(name); err == nil && json.Unmarshal(text, &kept) == nil {
			return kept, nil
		}
	}
	reply, err := s.reader.Ask(ctx, q)
	if err != nil || name == "" {
		return reply, err
	}
	text, err := json.Marshal(reply)
	if err == nil {
		err = errors.Join(os.MkdirAll(s.cache, 0o755), os.WriteFile(name, text, 0o644))
	}
	return reply, err
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

func (s *scorer) print() error {
	result := scored{s.asked.Figures(), s.rules.Figures()}
	if n := float64(result.Reader.Pairs); n > 0 {
		result.Reader.SecondsPerPair, result.Reader.TokensPerPair = s.seconds/n, float64(s.tokens)/n
	}
	if s.app.json {
		return printJSON(s.app.stdout, result)
	}
	fmt.Fprint(s.app.stdout, reading.Table([]string{s.reader.Name(), "the rules"}, []reading.Figures{result.Reader, result.Rules}))
	return nil
}

// readLabels reads at most n labels, without those that readers dispute; all
// when n is 0.
func readLabels(name string, n int) ([]reading.Label, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the labels: %w", err)
	}
	defer f.Close()
	var list []reading.Label
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan() && (n == 0 || len(list) < n); number++ {
		var l reading.Label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if !l.Disputed {
			list = append(list, l)
		}
	}
	return list, lines.Err()
}
