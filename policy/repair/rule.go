package repair

// Rule says what a finding means: why it is a fault, and how the text looks
// before and after it is mended.
type Rule struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Rules returns the rules of Lint, in the order in which a text is checked.
// Their ids are stable. policy.Check has rules of its own for numbers that
// skip or repeat and for anchors.
func Rules() []Rule {
	return []Rule{
		{
			"numbering-style", "Headings beside each other are numbered in one style",
			"a reader who looks for section 5 finds it only if the headings before it are counted the same way",
			"## I. Information\n\n## Second, use\n\n## 3. Cookies\n",
			"## 1. Information\n\n## 2. use\n\n## 3. Cookies\n",
		},
		{
			"item-delimiter", "Items of one list close their numbers alike",
			"a number closed in another way is not read as part of the list, and Markdown may take it for plain words",
			"# Use\n\n1. To register.\n2, To send messages.\n3. To deliver.\n",
			"# Use\n\n1. To register.\n2. To send messages.\n3. To deliver.\n",
		},
		{
			"level-skipped", "Headings go down one level at a time",
			"people who listen to a page move by its levels; a missing one makes them look for a part that is not there",
			"# Privacy\n\n### Cookies\n",
			"# Privacy\n\n## Cookies\n",
		},
		{
			"dead-reference", "Sections that are cited exist",
			"a citation of a section that is not there leaves open what was meant",
			"## 1. Use\n\nSee section 9.\n\n## 2. Cookies\n\n## 3. Changes\n",
			"## 1. Use\n\nSee section 3.\n\n## 2. Cookies\n\n## 3. Changes\n",
		},
		{
			"bold-heading", "A heading is marked as one",
			"a bold line looks like a heading but has no anchor, begins no clause and is skipped by whoever moves from heading to heading",
			"# Privacy\n\n**Your rights**\n\nYou may object.\n",
			"# Privacy\n\n## Your rights\n\nYou may object.\n",
		},
		{
			"nbsp", "White space is plain",
			"Markdown takes no line with a non-breaking space for blank, and finds no mark behind one, so that paragraphs and lists run together",
			"# Use\n\n\u00a0 We use it.\n",
			"# Use\n\nWe use it.\n",
		},
		{
			"stray-line", "No leftovers stand in the text",
			"a number alone on its line is mostly a page number that came along when the text was copied",
			"# Use\n\nWe use it.\n\n0\n",
			"# Use\n\nWe use it.\n",
		},
		{
			"joined-sentence", "A full stop does not part one sentence",
			"half a sentence that begins with \"Or\" leaves open what it is the other choice to",
			"# Use\n\nWe share it with your consent. Or as otherwise provided by law.\n",
			"# Use\n\nWe share it with your consent or as otherwise provided by law.\n",
		},
		{
			"check-back", "Readers are told of changes, not asked to look for them",
			"nobody compares a text by heart; courts and authorities do not take a request to check the page for a notice of its change",
			"# Changes\n\nPlease check this page regularly for changes.\n",
			"# Changes\n\nWe will tell you of major changes by email.\n",
		},
	}
}
