package materiality

import (
	"slices"
	"strings"
)

// frame is a way of saying who does what with what. It tells what a sentence
// is about more surely than the words in it: "we keep log data for 90 days"
// tells of keeping, whatever is kept.
type frame struct {
	category Category
	weight   float64
	who      string // one of these is before the verb; separated by commas, empty for anybody
	notWho   string // none of these is before it
	does     string // the verb
	what     string // one of these is after the verb
	with     string // one of these is anywhere in the sentence
	lasting  bool   // the sentence holds a length of time
}

// The words that frames have in common.
const (
	firstParty   = "we, company, our service, service, app, website"
	thirdParty   = "third party, third parties, partner, provider, vendor, affiliate, advertiser, processor, subprocessor, recipient, authority, government, law enforcement, court, contractor, buyer, successor, publisher, agency, subsidiary, companies"
	secondParty  = "you, user, customer, member, individual, resident, data subject, applicant, visitor, subscriber, anyone, employee"
	data         = "data, information, record, log, address, identifier, profile, detail, history, message, recording, copy, content, file, backup, cookie, ip, account, name, metadata, location, device, message, correspondence, application, card, number"
	textsOfRules = "term, policy, agreement, notice, section, addendum, document, statement, guideline, rule, provision, license, clause"
)

// frames returns the frames by which a sentence is placed in a category.
func frames() []frame {
	return []frame{
		{category: TransferRetention, weight: 9, notWho: "you, customer", does: "keep, retain, store, hold, save, delete, erase, purge, preserve, archive, destroy, anonymize, expire", what: data, lasting: true},
		{category: TransferRetention, weight: 5, notWho: "you, customer", does: "keep, retain, store, hold, preserve, kept, retained, stored", with: "until, as long as, indefinitely, forever, no longer than, permanently, for the duration, retention period, in the united states, in the european union"},
		{category: TransferRetention, weight: 4, notWho: "you, customer", does: "delete, erase, purge, destroy", what: "data, information, record, log, copy, backup, account, file"},
		{category: TransferRetention, weight: 5, does: "transfer, store, host, process", what: "outside, country, countries, abroad, border, united states, eea, european economic area, worldwide, jurisdiction"},
		{category: Sharing, weight: 4, notWho: secondParty, does: "share, disclose, sell, rent, transfer, provide, pass, send, give, release, transmit, forward", what: thirdParty + ", anyone else, others, outside"},
		{category: Sharing, weight: 6, who: thirdParty, does: "receive, get, obtain, access, see", what: data},
		{category: Sharing, weight: 4, notWho: secondParty, does: "share, disclose, sell", what: data + ", it, this, them"},
		{category: UserRightsChoice, weight: 6, who: secondParty, does: "object, withdraw, opt, unsubscribe, rectify, export, download, refuse, erase, port, exercise, decline, revoke", with: "may, right, able, choice, option"},
		{category: UserRightsChoice, weight: 4, who: secondParty, does: "access, correct, delete, update, disable, manage, control, turn", what: "data, information, profile, preference, setting, cookie, copy, tracking, advertising, request"},
		{category: DataUse, weight: 3, who: firstParty, does: "use, process, analyze, combine", what: "purpose, improve, personalize, advertise, advertising, marketing, train, develop, research, analytics, target, measure, recommend"},
		{category: DataUse, weight: 3, who: firstParty, does: "use, process, store, need", what: data, with: "to provide, to improve, to calculate, to detect, to prevent, to send, to analyze, to develop, to personalize, to show, to understand, to print, to communicate, for the purpose, so that"},
		{category: DataCollection, weight: 4, who: firstParty, does: "collect, record, log, receive, gather, obtain, track, monitor, ask", what: data},
		{category: NoticeChange, weight: 4, notWho: secondParty, does: "change, modify, amend, revise, notify, announce", what: textsOfRules + ", change, modification, amendment"},
		{category: Security, weight: 4, does: "notify, tell, inform, report, respond, detect, alert", what: "breach, incident, attack, unauthorized, vulnerability, compromise"},
		{category: Security, weight: 4, does: "breach, attack, compromise, encrypt, hack", with: "notify, respond, protect, encrypt, secure, detect, prevent"},
		{category: EntityScope, weight: 4, who: textsOfRules, does: "apply, cover, extend"},
		{category: DisputesLaw, weight: 5, does: "govern, construe, interpret, settle, resolve, litigate, arbitrate", with: "laws of, law of, court, arbitration, arbitrator, dispute"},
		{category: TerminationSanctions, weight: 12, does: "delete, close, remove, suspend, terminate, deactivate, archive, expire", with: "inactive, inactivity, dormant, idle, unused"},
		{category: TerminationSanctions, weight: 3, notWho: secondParty, does: "suspend, terminate, remove, disable, restrict, ban, block, close, cancel, deactivate, reinstate", what: "account, access, user, you, membership, repository, listing"},
		{category: TerminationSanctions, weight: 3, does: "deactivate, suspend, terminate, reinstate, unregister, restore", with: "account, membership"},
		{category: Fees, weight: 3, does: "pay, charge, bill, refund, invoice, reimburse", what: "fee, price, amount, invoice, subscription, refund, tax, payment"},
	}
}

// frameSet is the frames ready for use, by the stem of their verb.
type frameSet map[string][]*compiledFrame

type compiledFrame struct {
	frame
	at                      int // place of its category in the rubric
	who, notWho, what, with *phrases
	direct                  bool // who acts is right before the verb
}

func newFrameSet() frameSet {
	set := frameSet{}
	for _, f := range frames() {
		c := &compiledFrame{frame: f, at: slices.Index(rubric[:], f.category), who: newPhrases(f.who), notWho: newPhrases(f.notWho), what: newPhrases(f.what), with: newPhrases(f.with), direct: f.who == firstParty || f.who == secondParty}
		for stem := range stems(f.does) {
			set[stem] = append(set[stem], c)
		}
	}
	return set
}

// of returns the weight of every frame that a sentence holds, once for each
// category.
func (set frameSet) of(s *sentence) *tally {
	best := new(tally)
	lasting := -1
	for i := range s.words {
		candidates := set[s.words[i].stem]
		if len(candidates) == 0 || isNoun(s.words, i) {
			continue
		}
		for _, f := range candidates {
			if best[f.at] >= f.weight || !f.holds(s.words, i) {
				continue
			}
			if f.lasting && lasting < 0 {
				lasting = periods(s)
			}
			if !f.lasting || lasting > 0 {
				best[f.at] = f.weight
			}
		}
	}
	return best
}

// How many words before the verb may name who acts, and how many after it what
// is acted on.
const (
	reachBack  = 5
	reachAhead = 14
)

// holds reports whether the words around the verb at i fill the frame.
func (f *compiledFrame) holds(list []word, i int) bool {
	head, tail := list[max(0, i-reachBack):i], list[i+1:min(len(list), i+1+reachAhead)]
	return (f.who == nil || f.acts(head)) && (f.notWho == nil || !f.notWho.in(head)) &&
		(f.what == nil || f.what.in(tail)) && (f.with == nil || f.with.in(list))
}

// acts reports whether one of those who act in the frame is in the words
// before the verb; a party of the policy is right before it, small words and
// adverbs apart: "we may also".
func (f *compiledFrame) acts(head []word) bool {
	if !f.direct {
		return f.who.in(head)
	}
	for k := len(head) - 1; k >= 0; k-- {
		if f.who.in(head[k : k+1]) {
			return true
		}
		w := &head[k]
		if !stopWords[w.stem] && modals[w.stem] == "" && !negations[w.norm] && !strings.HasSuffix(w.norm, "ly") {
			return false
		}
	}
	return false
}

// isNoun reports whether the word at i, though it could be a verb, names a thing
// or only describes one: "the use of", "information we collect".
func isNoun(list []word, i int) bool {
	if i == 0 {
		return false
	}
	switch list[i-1].norm {
	case "the", "a", "an", "of", "your", "our", "this", "that", "these", "any", "its", "their", "no", "such":
		return true
	}
	return i > 1 && isParty(list[i-1].norm) && describable[list[i-2].stem]
}

// describable are stems of words that a clause without a "that" may follow.
var describable = stems("information data party parties purpose service provider way cookie record content name right categories practice technologies vendor")

// periods counts the lengths of time in a sentence.
func periods(s *sentence) int {
	n := 0
	for _, t := range s.measures() {
		if t.num.kind == Period {
			n++
		}
	}
	return n
}
