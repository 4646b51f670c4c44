// Package materiality judges how much a redline matters: it proposes a
// severity and gives its reasons, each with the clause and the words that it
// rests on. What the severities and categories mean is the rubric's: WP29
// guidelines WP260 rev.01, the FTC's policy statement on deception, EU
// Regulations 2019/1150 and 2022/2065.
//
// The texts of a redline are read sentence by sentence. A sentence that is
// on both sides, wherever, moved and is not changed. The others are paired
// with the one they became, and the words of each pair are compared:
//
//	redline ─► sentences ─► passages ─► shifts ─► rules ─► reasons ─► severity
//	                        (pairs)     (may for   (the     (clause,   (the gravest
//	                                     will)      book)    words, why) decides)
//
// A shift is a way in which a sentence can change: a modal for another, a
// length of time, an exception, an item of a closed list, a typo. A topic is
// what the sentence is about, from its words, its headings and what leads into
// it. A rule says how much a shift about a topic matters; rules are data, each
// with worked examples. English is read in full; of the
// languages in package lexicon the numbers, negations, modals, conditions and
// words of weight, and what a sentence is about; of others numbers. What was not
// read is stated as limited, and never counts as harmless.
package materiality

import "github.com/codicil/codicil/policy"

// Category names the practice that a change touches.
type Category string

// The categories of the rubric.
const (
	DataCollection       Category = "data-collection"
	DataUse              Category = "data-use"
	Sharing              Category = "sharing"
	TransferRetention    Category = "transfer-retention"
	Security             Category = "security"
	UserRightsChoice     Category = "user-rights-choice"
	Minors               Category = "minors"
	LiabilityWarranty    Category = "liability-warranty"
	DisputesLaw          Category = "disputes-law"
	Fees                 Category = "fees"
	TerminationSanctions Category = "termination-sanctions"
	ContentIP            Category = "content-ip"
	Conduct              Category = "conduct"
	EntityScope          Category = "entity-scope"
	NoticeChange         Category = "notice-change"
	Service              Category = "service"
)

// Assessment is the proposed severity of a change, with its reasons, beside
// what the editor declared.
type Assessment struct {
	Severity   policy.Severity  `json:"severity"`
	Categories []Category       `json:"categories"`           // those touched at minor or major, sorted
	Reasons    []Reason         `json:"reasons"`              // the gravest first, then in reading order
	Declared   *policy.Severity `json:"declared"`             // the editor's word; nil when none was given
	Confidence Certainty        `json:"confidence"`           // how sure the severity is
	Undecided  bool             `json:"undecided"`            // it may be major or not: a person must read the reasons, which decide
	Limited    bool             `json:"limited"`              // part of the text could not be judged
	NotJudged  []string         `json:"not_judged,omitempty"` // which part, and why: a sentence each

	// DraftSummary proposes what to tell people, in plain words, made of the
	// reasons. It is a draft: nothing publishes it.
	DraftSummary string `json:"draft_summary"`
}

// Certainty is how sure an answer is: the probability that it is right, as
// measured on texts that nothing was fitted to, and the band it falls in.
type Certainty struct {
	Band        Confidence `json:"band"`
	Probability float64    `json:"probability"`
}

// Reason is one finding: the rule that fired, and the words it fired on.
type Reason struct {
	Rule     string          `json:"rule"`
	Category Category        `json:"category"` // empty for an editorial finding
	Severity policy.Severity `json:"severity"`
	Clause   string          `json:"clause"` // as a reader would call it: "4.2", "9 Changes"

	// Before and After quote the text word for word, with what is around
	// the change; an ellipsis marks what is left out. Before is empty when a
	// whole sentence came, After when one went.
	Before string `json:"before"`
	After  string `json:"after"`

	Why        string     `json:"why"` // in one sentence, with the changed words
	Confidence Confidence `json:"confidence"`
}

// Decided returns the severity that holds: the editor's word where there is
// one, else the proposal. What is not decided counts as major until somebody
// decides it.
func (a *Assessment) Decided() policy.Severity {
	switch {
	case a.Declared != nil:
		return *a.Declared
	case a.Undecided:
		return policy.Major
	}
	return a.Severity
}
