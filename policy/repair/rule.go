package repair

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Rules returns the rules of Lint, policy.Check, Prose and Links, in the order in
// which a text is checked. Their ids are stable.
func Rules() []policy.RuleEntry {
	return slices.Concat(structureRules(), wordingRules(), linkRules())
}

// structureRules are about headings, numbers and items.
func structureRules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{
			ID: "numbering-style", Title: "Headings beside each other are numbered in one style",
			Reason: "a reader who looks for section 5 finds it only if the headings before it are counted the same way",
			Before: "## I. Information\n\n## Second, use\n\n## 3. Cookies\n",
			After:  "## 1. Information\n\n## 2. use\n\n## 3. Cookies\n",
		},
		{
			ID: "item-delimiter", Title: "Items of one list close their numbers alike",
			Reason: "a number closed in another way is not read as part of the list, and Markdown may take it for plain words",
			Before: "# Use\n\n1. To register.\n2, To send messages.\n3. To deliver.\n",
			After:  "# Use\n\n1. To register.\n2. To send messages.\n3. To deliver.\n",
		},
		{
			ID: "level-skipped", Title: "Headings go down one level at a time",
			Reason: "people who listen to a page move by its levels; a missing one makes them look for a part that is not there",
			Before: "# Privacy\n\n### Cookies\n",
			After:  "# Privacy\n\n## Cookies\n",
		},
		{
			ID: "dead-reference", Title: "Sections that are cited exist",
			Reason: "a citation of a section that is not there leaves open what was meant",
			Before: "## 1. Use\n\nSee section 9.\n\n## 2. Cookies\n\n## 3. Changes\n",
			After:  "## 1. Use\n\nSee section 3.\n\n## 2. Cookies\n\n## 3. Changes\n",
		},
		{
			ID: "bold-heading", Title: "A heading is marked as one",
			Reason: "a bold line looks like a heading but has no anchor, begins no clause and is skipped by whoever moves from heading to heading",
			Before: "# Privacy\n\n**Your rights**\n\nYou may object.\n",
			After:  "# Privacy\n\n## Your rights\n\nYou may object.\n",
		},
		{
			ID: "number-repeated", Title: "Each number is given once",
			Reason: "two clauses of one number cannot be told apart when one is cited",
			Before: "## 1. Use\n\n## 1. Cookies\n",
			After:  "## 1. Use\n\n## 2. Cookies\n",
		},
		{
			ID: "number-gap", Title: "Numbers count on without a gap",
			Reason: "a reader who misses a number thinks that a part of the text is missing",
			Before: "## 1. Use\n\n## 3. Cookies\n",
			After:  "## 1. Use\n\n## 2. Cookies\n",
		},
	}
}

// wordingRules are about words and white space.
func wordingRules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{
			ID: "nbsp", Title: "White space is plain",
			Reason: "Markdown takes no line with a non-breaking space for blank, and finds no mark behind one, so that paragraphs and lists run together",
			Before: "# Use\n\n\u00a0 We use it.\n",
			After:  "# Use\n\nWe use it.\n",
		},
		{
			ID: "hidden-direction", Title: "No hidden character turns the direction of words",
			Reason: "readers see other words than are written, and agree to those",
			Before: "# Use\n\nYou may cancel within \u202e14\u202c days.\n",
			After:  "# Use\n\nYou may cancel within 14 days.\n",
		},
		{
			ID: "struck-through", Title: "No words are struck through",
			Reason: "two marks would take a clause back, and nobody could tell whether it holds",
			Before: "# Use\n\n~~We never sell it.~~\n",
			After:  "# Use\n\nWe sell nothing.\n",
		},
		{
			ID: "stray-line", Title: "No leftovers are in the text",
			Reason: "a number alone on its line is mostly a page number that came along when the text was copied",
			Before: "# Use\n\nWe use it.\n\n0\n",
			After:  "# Use\n\nWe use it.\n",
		},
		{
			ID: "placeholder", Title: "Nothing is left to fill in",
			Reason: "a sentence that says [COMPANY NAME] binds nobody",
			Before: "# Use\n\n[COMPANY NAME] keeps it for a year.\n",
			After:  "# Use\n\nExample Limited keeps it for a year.\n",
		},
		{
			ID: "joined-sentence", Title: "A full stop does not part one sentence",
			Reason: "half a sentence that begins with \"Or\" leaves open what it is the other choice to",
			Before: "# Use\n\nWe share it with your consent. Or as otherwise provided by law.\n",
			After:  "# Use\n\nWe share it with your consent or as otherwise provided by law.\n",
		},
		{
			ID: "check-back", Title: "Readers are told of changes, not asked to look for them",
			Reason: "nobody compares a text by heart; courts and authorities do not take a request to check the page for a notice of its change",
			Before: "# Changes\n\nPlease check this page regularly for changes.\n",
			After:  "# Changes\n\nWe will tell you of major changes by email.\n",
		},
		{
			ID: "unused-term", Title: "A defined term is used",
			Reason: "what was meant to hang on the term does not; a reader looks for it in vain",
			Before: "# Use\n\nWe share it with our group (the \"Affiliates\").\n",
			After:  "# Use\n\nWe share it with our group.\n",
		},
		{
			ID: "undefined-term", Title: "A term that is said to be defined is",
			Reason: "the sentence means what the definition would have said, which nobody can look up",
			Before: "# Use\n\nWe keep Account Data (as defined below) for a year.\n",
			After:  "# Use\n\nWe keep Account Data (as defined below) for a year.\n\n“Account Data” means your name and address.\n",
		},
		{
			ID: "long-sentence", Title: "A sentence has at most 80 words",
			Reason: "nobody keeps the beginning in mind until the end; a list says the same",
			Before: "# Use\n\nWe use it" + strings.Repeat(" and we keep it", 25) + ".\n",
			After:  "# Use\n\nWe use it. We keep it.\n", Asked: true,
		},
		{
			ID: "double-negative", Title: "A denial is not denied",
			Reason: "readers count the negations, and get them wrong",
			Before: "# Use\n\nWe do not share it, but that is not without exceptions.\n",
			After:  "# Use\n\nWe do not share it, with these exceptions.\n", Asked: true,
		},
	}
}

// linkRules are about what leads from one place to another.
func linkRules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{
			ID: "label-long", Title: "A label is short",
			Reason: "it stands in lists, mail and addresses, and those who are told of a change repeat it",
			Before: "---\nversion: The terms as they were agreed upon by the board in its meeting of May\n---\n\n# Use\n",
			After:  "---\nversion: \"2.0\"\n---\n\n# Use\n",
		},
		{
			ID: "repeated-id", Title: "Each clause has an id of its own",
			Reason: "a link to an id that is given twice leads to the first, whichever was meant",
			Before: "## Use {#a}\n\n## Cookies {#a}\n",
			After:  "## Use {#a}\n\n## Cookies {#b}\n",
		},
		{
			ID: "dead-anchor", Title: "A link within the text leads to a clause",
			Reason: "the link does nothing, and the reader does not find what it promises",
			Before: "## Use {#use}\n\nSee [cookies](#cookies).\n",
			After:  "## Use {#use}\n\nSee [use](#use).\n",
		},
		{
			ID: "dead-link", Title: "A link to another text leads to a file",
			Reason: "the reader is sent to a page that does not exist",
			Before: "# Use\n\nSee [our terms](old-terms.md).\n",
			After:  "# Use\n\nSee [our terms](terms.md).\n",
		},
		ruleDropped(),
	}
}
