package policy

// RuleEntry is a rule as the rule book has it: what a diagnostic that names it
// means, why that is a fault, and how a text looks before and after it is mended.
type RuleEntry struct {
	ID     string `json:"id"` // stable
	Title  string `json:"title"`
	Reason string `json:"reason"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Asked  bool   `json:"asked,omitempty"` // found only where a configuration asks for it
}
