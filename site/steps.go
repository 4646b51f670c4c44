package site

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync/atomic"
	"text/template/parse"
)

// The templates of a publisher may be anybody's. What they may do is bounded in
// steps and bytes, not in time, so that no page depends on how busy a machine is:
// a step is one round of a range, or one call of a template.
const (
	stepsAtFirst = 2_000_000 // for all pages
	stepsAPage   = 50_000    // more with each page that is begun
	mostBytes    = 128 << 20 // of one page
	mostWords    = 1 << 20   // bytes of what print, printf, println, js and join make at once
)

var (
	errSteps = fmt.Errorf("the templates of the site take too many steps: no more than %d, and %d for each page", stepsAtFirst, stepsAPage)
	errBytes = fmt.Errorf("a page grows beyond %d bytes", mostBytes)
	errWords = fmt.Errorf("a template makes a word of more than %d bytes", mostWords)
)

// steps counts what templates do during a build.
type steps struct {
	ctx   context.Context
	taken atomic.Int64
	given atomic.Int64
}

func newSteps(ctx context.Context) *steps {
	s := &steps{ctx: ctx}
	s.given.Store(stepsAtFirst)
	return s
}

// take counts one step. It is called by the templates themselves.
func (s *steps) take() (bool, error) {
	if n := s.taken.Add(1); n > s.given.Load() {
		return false, errSteps
	} else if n%1024 == 0 && s.ctx.Err() != nil {
		return false, s.ctx.Err()
	}
	return true, nil
}

// functions are those of the language that can make much of little, bounded, and
// the one that counts.
func (s *steps) functions() template.FuncMap {
	return template.FuncMap{
		"step":    s.take,
		"print":   func(values ...any) (string, error) { return bounded(values, fmt.Sprint) },
		"println": func(values ...any) (string, error) { return bounded(values, fmt.Sprintln) },
		"printf": func(format string, values ...any) (string, error) {
			return bounded(append([]any{format}, values...), func(all ...any) string { return fmt.Sprintf(format, values...) })
		},
		"js": func(values ...any) (string, error) { return bounded(values, template.JSEscaper) },
		"join": func(list []string, separator string) (string, error) {
			return bounded([]any{list, separator}, func(...any) string { return strings.Join(list, separator) })
		},
	}
}

// bounded makes words of values, unless those or the words are too long.
func bounded(values []any, make func(...any) string) (string, error) {
	size := 0
	for _, v := range values {
		switch v := v.(type) {
		case string:
			size += len(v)
		case template.HTML:
			size += len(v)
		}
	}
	if size > mostWords {
		return "", errWords
	}
	words := make(values...)
	if len(words) > mostWords {
		return "", errWords
	}
	return words, nil
}

// count has every round of a range in a template, and every call of it, take a
// step.
func count(t *parse.Tree) {
	if t == nil || t.Root == nil {
		return
	}
	countIn(t, t.Root)
	t.Root.Nodes = append([]parse.Node{stepNode(t, t.Root.Pos)}, t.Root.Nodes...)
}

func countIn(t *parse.Tree, list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			countIn(t, n.List)
			countIn(t, n.ElseList)
		case *parse.WithNode:
			countIn(t, n.List)
			countIn(t, n.ElseList)
		case *parse.RangeNode:
			countIn(t, n.List)
			countIn(t, n.ElseList)
			n.List.Nodes = append([]parse.Node{stepNode(t, n.Pos)}, n.List.Nodes...)
		}
	}
}

// stepNode is {{if step}}{{end}}, which writes nothing wherever it is.
func stepNode(t *parse.Tree, at parse.Pos) parse.Node {
	call := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{parse.NewIdentifier("step").SetTree(t).SetPos(at)}}
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: at, Cmds: []*parse.CommandNode{call}}
	return &parse.IfNode{BranchNode: parse.BranchNode{NodeType: parse.NodeIf, Pos: at, Pipe: pipe, List: &parse.ListNode{NodeType: parse.NodeList, Pos: at}}}
}

// bounds is a writer that takes so many bytes and no more.
type bounds struct {
	w    io.Writer
	left int
	ctx  context.Context
}

func (b *bounds) Write(data []byte) (int, error) {
	if b.left -= len(data); b.left < 0 {
		return 0, errBytes
	}
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.w.Write(data)
}
