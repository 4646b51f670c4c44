package materiality

// Shift is a way in which a sentence can change. Rules look for shifts.
type Shift string

// The shifts of substance.
const (
	Appears      Shift = "appears"      // a sentence, or a part of one, that was not there
	Vanishes     Shift = "vanishes"     // a sentence, or a part of one, that is gone
	Modal        Shift = "modal"        // may, must, will, should give way to another of them
	Negation     Shift = "negation"     // a not, no or never came or went
	Quantifier   Shift = "quantifier"   // all, any, only, some
	Condition    Shift = "condition"    // unless, except, if, until, subject to
	Connective   Shift = "connective"   // and, or
	Period       Shift = "period"       // a length of time
	Amount       Shift = "amount"       // a sum of money
	Percentage   Shift = "percentage"   // a share
	Age          Shift = "age"          // years of life
	Number       Shift = "number"       // any other quantity
	Member       Shift = "member"       // an item came to, or left, a closed list
	Instance     Shift = "instance"     // an item came to, or left, an open list ("such as")
	Entity       Shift = "entity"       // a company with a legal form
	Party        Shift = "party"        // a name came to, or left, those to whom something is given
	Jurisdiction Shift = "jurisdiction" // a country or state
	Rewording    Shift = "rewording"    // words that carry a meaning gave way to others
	Wording      Shift = "wording"      // words gave way to others on which no rule turns
	Fact         Shift = "fact"         // a sentence that reports and binds nobody came or went
	Entry        Shift = "entry"        // a row of a table or register came or went
	Steps        Shift = "steps"        // where to click for what
	Hours        Shift = "hours"        // a day of the week or time of the day at which something is open
	Unread       Shift = "unread"       // words of a language that is read only in part
	Unplaced     Shift = "unplaced"     // a number, negation or the like, and it is not known what it bears on
	Exchange     Shift = "exchange"     // the same words in another order, where the order says who owes what to whom
	Moved        Shift = "moved"        // the same words under another lead-in or heading
	Repointed    Shift = "repointed"    // a reference leads to another clause of the text
)

// The shifts of words alone.
const (
	Typo        Shift = "typo"        // a misspelt word was mended, or made
	Rename      Shift = "rename"      // a name gave way to another wherever it was
	Term        Shift = "term"        // a word gave way to another more than once
	Synonym     Shift = "synonym"     // other words that mean the same
	Dating      Shift = "dating"      // the day of an update
	Reference   Shift = "reference"   // the number of a clause, or what it is called by
	Renumbering Shift = "renumbering" // the number of a clause itself
	Address     Shift = "address"     // where something or somebody is found
	Pointer     Shift = "pointer"     // where to read more
	Title       Shift = "title"       // a heading
	Capitals    Shift = "capitals"    // large and small letters
	Order       Shift = "order"       // words that moved
	Link        Shift = "link"        // a link leads elsewhere
	Boilerplate Shift = "boilerplate" // what a page shows around the policy
)

// sentenceShifts returns the shifts that are found in sentences of the policy.
func sentenceShifts() []Shift {
	return []Shift{Appears, Vanishes, Modal, Negation, Quantifier, Condition, Connective, Period, Amount, Percentage, Age, Number, Member, Instance, Entity, Party,
		Jurisdiction, Rewording, Wording, Fact, Entry, Steps, Hours, Unread, Unplaced, Exchange, Moved, Repointed, Rename, Term, Synonym, Dating, Reference, Address, Pointer, Title}
}

// found is a shift that was found, with the words that it rests on.
type found struct {
	shift         Shift
	passage       *passage
	before, after quotation
	subject       []word // the changed words, for what the change is about
}
