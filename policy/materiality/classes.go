package materiality

// classLists are the words on which rules turn, by what they do in a sentence.
// A word may be in one list only.
var classLists = []struct{ class, words string }{
	{"not", "not no non never nor neither without none nobody nothing cannot"},
	{"may", "may can might could able"},
	{"must", "must shall required obliged obligation obligated need needs"},
	{"will", "will would"},
	{"should", "should ought encouraged recommend recommended"},
	{"only", "only solely exclusively merely just sole except-only"},
	{"all", "all every each any entire whole whatever whichever anyone everybody everyone"},
	{"some", "some certain few several most many part partly"},
	{"either", "either both"},
	{"other", "other another others"},
	{"if", "if when where whenever provided once upon condition conditional whether"},
	{"unless", "unless except excluding save otherwise exception exceptions apart besides"},
	{"despite", "notwithstanding despite regardless irrespective"},
	{"subject", "subject"},
	{"clock", "am pm a.m p.m o'clock noon midnight monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekday weekdays weekend weekends bank-holiday"},
	{"us", "we us our ours ourselves"},
	{"you", "you your yours yourself"},
	{"role", `licensor licensee seller buyer vendor purchaser supplier customer client provider processor controller landlord tenant lessor lessee lender borrower
		employer employee worker owner host guest author publisher artist subscriber member user users visitor participant organiser organizer sponsor contractor
		consultant company party parties parent guardian student pupil teacher patient doctor driver rider passenger carrier agent agency broker insurer policyholder
		donor recipient applicant candidate developer administrator moderator creator reseller distributor franchisor franchisee bank merchant payer payee`},
	{"third", "affiliate affiliates partner partners advertiser advertisers police government authority authorities court courts subprocessor subprocessors vendors subsidiaries successor"},
	{"before", "before prior beforehand advance"},
	{"after", "after afterwards following later since"},
	{"until", "until till"},
	{"within", "within during"},
	{"bound", "least minimum maximum exceed exceeds exceeding more less fewer greater lesser up over under above below between lower higher"},
	{"effort", "reasonable reasonably best endeavours endeavors effort efforts commercially diligence care"},
	{"know", "know knows known knowing knowingly aware awareness actual believes believe suspect reasonable-belief"},
	{"grade", `material materially gross grossly substantial substantially significant serious minor wilful willful intentional negligent direct indirect consequential incidental
		implied express explicit expressly implicitly joint jointly several severally binding nonbinding`},
	{"right", `revocable irrevocable exclusive non-exclusive nonexclusive perpetual permanent permanently temporary temporarily transferable non-transferable assignable sublicensable
		sublicense royalty-free royalty-bearing worldwide limited unlimited refundable non-refundable cancellable mandatory optional voluntary compulsory final`},
	{"manner", `automatically automatic manually immediately immediate promptly prompt delay instantly eventually annually monthly weekly daily hourly regularly occasionally periodically
		continuously retroactively retrospectively publicly privately anonymously anonymous confidential confidentially securely directly personally remotely`},
	{"free", "free charge charges cost costs costless gratis paid fee fees price"},
	{"writing", "writing written write orally oral verbal verbally signed electronically email e-mail post letter telephone phone"},
	{"default", "on off default enabled disabled opt-in opt-out opted tick ticked unticked"},
	{"discretion", "discretion discretionary absolute unilaterally"},
	{"business", "business working calendar"},
	{"and", "and & plus"},
	{"or", "or"},
	{"bound", "<at-least> <at-most> <more> <less> <by>"},
	{"free", "<free>"},
	{"manner", "<at-once>"},
	{"may", "<allowed>"},
	{"not", "<no-longer> <not-allowed> <need-not> <must-not>"},
	{"open", "<such-as> such including includes include example examples e.g instance like"},
}

// classOf maps a word to its class.
var classOf = func() map[string]string {
	m := make(map[string]string)
	for _, list := range classLists {
		for w := range wordSet(list.words) {
			m[w] = list.class
			m[spelling(w)] = list.class
		}
	}
	return m
}()

// classGroups say what kind of thing a class of words is in a rule.
var classGroups = map[string]string{
	"not": "operator", "may": "operator", "must": "operator", "will": "operator", "should": "operator", "only": "operator", "all": "operator", "some": "operator",
	"either": "operator", "if": "operator", "unless": "operator", "despite": "operator", "subject": "operator", "before": "operator", "after": "operator", "until": "operator", "within": "operator", "bound": "operator",
	"us": "actor", "you": "actor", "role": "actor", "third": "actor", "other": "actor",
	"effort": "standard", "know": "standard", "grade": "standard", "right": "standard", "manner": "standard", "free": "standard", "writing": "standard", "default": "standard",
	"discretion": "standard", "business": "standard", "clock": "clock", "or": "joint", "and": "joint", "open": "open",
}
