package repair

import (
	"slices"
	"strings"
)

// Rule says what a finding means: why it is a fault, and how the text looks
// before and after it is mended.
type Rule struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
	Before string `json:"before"`
	After  string `json:"after"`
	Asked  bool   `json:"asked,omitempty"` // found only where a configuration asks for it
}

// Rules returns the rules of Lint, policy.Check, Prose and Links, in the order in
// which a text is checked. Their ids are stable.
func Rules() []Rule {
	return slices.Concat(structureRules(), wordingRules(), linkRules())
}

// structureRules are about headings, numbers and items.
func structureRules() []Rule {
	return []Rule{
		{
			"numbering-style", "Headings beside each other are numbered in one style",
			"a reader who looks for section 5 finds it only if the headings before it are counted the same way",
			"## I. Information\n\n## Second, use\n\n## 3. Cookies\n",
			"## 1. Information\n\n## 2. use\n\n## 3. Cookies\n", false,
		},
		{
			"item-delimiter", "Items of one list close their numbers alike",
			"a number closed in another way is not read as part of the list, and Markdown may take it for plain words",
			"# Use\n\n1. To register.\n2, To send messages.\n3. To deliver.\n",
			"# Use\n\n1. To register.\n2. To send messages.\n3. To deliver.\n", false,
		},
		{
			"level-skipped", "Headings go down one level at a time",
			"people who listen to a page move by its levels; a missing one makes them look for a part that is not there",
			"# Privacy\n\n### Cookies\n",
			"# Privacy\n\n## Cookies\n", false,
		},
		{
			"dead-reference", "Sections that are cited exist",
			"a citation of a section that is not there leaves open what was meant",
			"## 1. Use\n\nSee section 9.\n\n## 2. Cookies\n\n## 3. Changes\n",
			"## 1. Use\n\nSee section 3.\n\n## 2. Cookies\n\n## 3. Changes\n", false,
		},
		{
			"bold-heading", "A heading is marked as one",
			"a bold line looks like a heading but has no anchor, begins no clause and is skipped by whoever moves from heading to heading",
			"# Privacy\n\n**Your rights**\n\nYou may object.\n",
			"# Privacy\n\n## Your rights\n\nYou may object.\n", false,
		},
		{
			"number-repeated", "Each number is given once",
			"two clauses of one number cannot be told apart when one is cited",
			"## 1. Use\n\n## 1. Cookies\n",
			"## 1. Use\n\n## 2. Cookies\n", false,
		},
		{
			"number-gap", "Numbers count on without a gap",
			"a reader who misses a number thinks that a part of the text is missing",
			"## 1. Use\n\n## 3. Cookies\n",
			"## 1. Use\n\n## 2. Cookies\n", false,
		},
	}
}

// wordingRules are about words and white space.
func wordingRules() []Rule {
	return []Rule{
		{
			"nbsp", "White space is plain",
			"Markdown takes no line with a non-breaking space for blank, and finds no mark behind one, so that paragraphs and lists run together",
			"# Use\n\n\u00a0 We use it.\n",
			"# Use\n\nWe use it.\n", false,
		},
		{
			"stray-line", "No leftovers stand in the text",
			"a number alone on its line is mostly a page number that came along when the text was copied",
			"# Use\n\nWe use it.\n\n0\n",
			"# Use\n\nWe use it.\n", false,
		},
		{
			"joined-sentence", "A full stop does not part one sentence",
			"half a sentence that begins with \"Or\" leaves open what it is the other choice to",
			"# Use\n\nWe share it with your consent. Or as otherwise provided by law.\n",
			"# Use\n\nWe share it with your consent or as otherwise provided by law.\n", false,
		},
		{
			"check-back", "Readers are told of changes, not asked to look for them",
			"nobody compares a text by heart; courts and authorities do not take a request to check the page for a notice of its change",
			"# Changes\n\nPlease check this page regularly for changes.\n",
			"# Changes\n\nWe will tell you of major changes by email.\n", false,
		},
		{
			"unused-term", "A defined term is used",
			"what was meant to hang on the term does not; a reader looks for it in vain",
			"# Use\n\nWe share it with our group (the \"Affiliates\").\n",
			"# Use\n\nWe share it with our group.\n", false,
		},
		{
			"undefined-term", "A term that is said to be defined is",
			"the sentence means what the definition would have said, which nobody can look up",
			"# Use\n\nWe keep Account Data (as defined below) for a year.\n",
			"# Use\n\nWe keep Account Data (as defined below) for a year.\n\n“Account Data” means your name and address.\n", false,
		},
		{
			"long-sentence", "A sentence has at most 80 words",
			"nobody keeps the beginning in mind until the end; a list says the same",
			"# Use\n\nWe use it" + strings.Repeat(" and we keep it", 25) + ".\n",
			"# Use\n\nWe use it. We keep it.\n", true,
		},
		{
			"double-negative", "A denial is not denied",
			"readers count the negations, and get them wrong",
			"# Use\n\nWe do not share it, but that is not without exceptions.\n",
			"# Use\n\nWe do not share it, with these exceptions.\n", true,
		},
	}
}

// linkRules are about what leads from one place to another.
func linkRules() []Rule {
	return []Rule{
		{
			"repeated-id", "Each clause has an id of its own",
			"a link to an id that is given twice leads to the first, whichever was meant",
			"## Use {#a}\n\n## Cookies {#a}\n",
			"## Use {#a}\n\n## Cookies {#b}\n", false,
		},
		{
			"dead-anchor", "A link within the text leads to a clause",
			"the link does nothing, and the reader does not find what it promises",
			"## Use {#use}\n\nSee [cookies](#cookies).\n",
			"## Use {#use}\n\nSee [use](#use).\n", false,
		},
		{
			"dead-link", "A link to another text leads to a file",
			"the reader is sent to a page that does not exist",
			"# Use\n\nSee [our terms](old-terms.md).\n",
			"# Use\n\nSee [our terms](terms.md).\n", false,
		},
	}
}
