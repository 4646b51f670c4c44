package expand

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Bounds of what is read: sources may be anybody's.
const (
	MaxFile     = 1 << 20        // bytes of a source, or of a file that is brought in
	maxText     = policy.MaxText // bytes of an expanded text
	maxLines    = 100_000        // of it
	maxDepth    = 4              // files within files
	maxIncludes = 1000           // files brought in, each as often as it is
	maxNested   = 8              // conditions within conditions
	maxSteps    = 1 << 20        // parts that are put together
	maxListed   = 100            // values of a condition
	maxFaults   = 20             // that are told at once
)

// parser puts the tags of one file together.
type parser struct {
	tags
	open []*block
}

// block is a condition that is not closed yet, or the whole file.
type block struct {
	condition *part // nil for the file
	other     bool  // behind {{else}}
	parts     []*part
}

// parse takes a source apart. Where it has faults, what is returned is no use.
func parse(file, text string, f *faults) []*part {
	p := &parser{tags: tags{file: file, text: text, line: 1, column: 1, faults: f}, open: []*block{{}}}
	for {
		before, place, found := p.next()
		if found == nil || f.full() {
			p.add(&part{kind: words, text: before, place: place})
			return p.close()
		}
		p.tag(before, place, found)
	}
}

// add puts a part at the end of the block that is open.
func (p *parser) add(one *part) {
	if one.kind == words && one.text == "" {
		return
	}
	b := p.open[len(p.open)-1]
	b.parts = append(b.parts, one)
}

// tag adds a tag and the words before it.
func (p *parser) tag(before string, place Place, found *tag) {
	block := found.text == "else" || found.text == "/if" || strings.HasPrefix(found.text, "#if")
	indent := ""
	if found.alone && (block || strings.HasPrefix(found.text, ">")) {
		indent = p.text[p.from:found.start]
		before = strings.TrimSuffix(before, indent)
	}
	p.add(&part{kind: words, text: before, place: place})
	switch {
	case found.text == "else":
		p.otherwise(found)
	case found.text == "/if":
		p.end(found)
	default:
		p.begin(p.read(found), indent)
	}
	end := found.end
	if found.alone && (block || strings.HasPrefix(found.text, ">")) {
		rest, _, more := strings.Cut(p.text[end:], "\n")
		if end += len(rest); more && block { // its line goes with it
			end++
		}
	}
	p.advance(end)
}

// begin adds a part, and opens its block where it has one.
func (p *parser) begin(one *part, indent string) {
	if one == nil {
		return
	}
	if one.kind == include {
		one.indent = indent
	}
	p.add(one)
	if one.kind != choice {
		return
	}
	if len(p.open) > maxNested {
		p.faults.add(one.place, "source-bound", fmt.Sprintf("conditions are within conditions more than %d deep", maxNested), "bring the inner ones in as a file of their own: {{> file}}")
	}
	if len(one.condition.values) > maxListed {
		p.faults.add(one.place, "source-bound", fmt.Sprintf("a condition lists more than %d values", maxListed), "say it with != or with a name of its own")
	}
	p.open = append(p.open, &block{condition: one})
}

// otherwise begins the second part of a condition.
func (p *parser) otherwise(found *tag) {
	b := p.open[len(p.open)-1]
	if b.condition == nil || b.other {
		p.faults.add(found.place, "source-tag", "{{else}} belongs to no {{#if …}}", "begin the condition with {{#if name = value}}; it has one {{else}} at most")
		return
	}
	b.condition.yes, b.parts, b.other = b.parts, nil, true
}

// end closes a condition.
func (p *parser) end(found *tag) {
	b := p.open[len(p.open)-1]
	if b.condition == nil {
		p.faults.add(found.place, "source-tag", "{{/if}} closes no {{#if …}}", "begin the condition with {{#if name = value}}, or delete this")
		return
	}
	b.settle()
	p.open = p.open[:len(p.open)-1]
}

// settle gives a condition the parts of the block.
func (b *block) settle() {
	if b.other {
		b.condition.no = b.parts
	} else {
		b.condition.yes = b.parts
	}
}

// close ends the file: what is open still is a fault.
func (p *parser) close() []*part {
	for _, b := range p.open[1:] {
		p.faults.add(b.condition.place, "source-tag", "this condition is never closed", "write {{/if}} where it ends")
	}
	return p.open[0].parts
}
