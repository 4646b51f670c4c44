package site

import (
	"html/template"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"text/template/parse"
)

// templateSets are the templates of the site, once for each language that a page
// needs. It may be used by several goroutines at once.
type templateSets struct {
	mu    sync.Mutex
	plain *template.Template
	own   map[string]bool // names of the publisher's files
	sets  map[string]*template.Template
}

// newTemplateSets reads the templates of the site, and over them those of the
// publisher.
func newTemplateSets(own []File, s *steps) (*templateSets, error) {
	t, err := parseTemplates(own, s)
	if err != nil {
		return nil, err
	}
	sets := &templateSets{plain: t, own: make(map[string]bool), sets: make(map[string]*template.Template)}
	for _, f := range own {
		sets.own[path.Base(filepath.ToSlash(f.Name))] = true
	}
	return sets, nil
}

// in returns the templates in which our own messages are said in a language
// already: to ask a page for each of them, by reflection, takes long.
func (t *templateSets) in(w *words) (*template.Template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if set := t.sets[w.lang]; set != nil {
		return set, nil
	}
	set, err := t.plain.Clone()
	if err != nil {
		return nil, err
	}
	for _, part := range set.Templates() {
		if part.Tree != nil && !t.own[part.Tree.ParseName] {
			speak(part.Tree.Root, w)
		}
	}
	t.sets[w.lang] = set
	return set, nil
}

// speak puts the words of each message without values where it is asked for.
func speak(list *parse.ListNode, w *words) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if key, ok := saidKey(n.Pipe); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(escaped(w.say(key)))}
			}
		case *parse.IfNode:
			speak(n.List, w)
			speak(n.ElseList, w)
		case *parse.WithNode:
			speak(n.List, w)
			speak(n.ElseList, w)
		case *parse.RangeNode:
			speak(n.List, w)
			speak(n.ElseList, w)
		}
	}
}

// saidKey returns the key of {{.Say "key"}}, whatever stands for the page.
func saidKey(pipe *parse.PipeNode) (key string, ok bool) {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	said, ok := pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	var path []string
	switch n := pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode:
		path = n.Ident
	case *parse.VariableNode:
		path = n.Ident
	}
	return said.Text, len(path) > 0 && path[len(path)-1] == "Say"
}

// escaped is a text as the templates write it, between tags and in attributes.
func escaped(text string) string { return escapes.Replace(text) }

var escapes = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;", "+", "&#43;")
