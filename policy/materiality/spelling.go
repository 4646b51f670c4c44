package materiality

import "strings"

// spelling gives the word one spelling on both sides of the Atlantic. It need
// not be right English, only the same for both.
func spelling(s string) string {
	if len(s) < 5 {
		if s == "grey" || s == "tyre" {
			return strings.NewReplacer("grey", "gray", "tyre", "tire").Replace(s)
		}
		return s
	}
	switch s {
	case "licence", "licences":
		return "licens" + s[len("licenc"):]
	case "offence", "offences", "pretence", "pretences":
		return strings.Replace(s, "enc", "ens", 1)
	case "catalogue", "catalogues", "dialogue", "dialogues", "analogue":
		return strings.Replace(s, "ogue", "og", 1)
	case "jewellery", "jewelery":
		return "jewelry"
	case "cheque", "cheques":
		return "check" + s[len("cheque"):]
	case "programme", "programmes":
		return "program" + s[len("programme"):]
	case "organisation", "fulfil", "enrol", "instalment":
		return strings.Replace(strings.Replace(s, "isation", "ization", 1), "fil", "fill", 1)
	}
	if !strings.ContainsAny(s, "yu") && !strings.Contains(s, "is") && !strings.Contains(s, "ell") && !strings.Contains(s, "fence") && !strings.Contains(s, "tre") && !strings.Contains(s, "bre") && !strings.Contains(s, "ilm") && !strings.Contains(s, "olm") && !strings.Contains(s, "alm") && !strings.Contains(s, "geing") {
		return s // most words: each pattern has one of these
	}
	for _, p := range atlantic {
		if at := strings.Index(s, p.from); at >= p.min {
			return s[:at] + p.to + s[at+len(p.from):]
		}
	}
	return s
}

// atlantic lists the ways in which British and American spelling part.
var atlantic = []struct {
	from, to string
	min      int // letters that must be before
}{
	{"isation", "ization", 3}, {"ising", "izing", 4}, {"ised", "ized", 4}, {"ise", "ize", 4},
	{"yse", "yze", 3}, {"ysing", "yzing", 3},
	{"labour", "labor", 0}, {"colour", "color", 0}, {"favour", "favor", 0}, {"behaviour", "behavior", 0},
	{"honour", "honor", 0}, {"neighbour", "neighbor", 0}, {"harbour", "harbor", 0}, {"endeavour", "endeavor", 0},
	{"aloguing", "aloging", 0}, {"alogued", "aloged", 0}, {"centre", "center", 0}, {"litre", "liter", 0}, {"metre", "meter", 0}, {"theatre", "theater", 0}, {"fibre", "fiber", 0}, {"ravell", "ravel", 1}, {"abell", "abel", 1}, {"odell", "odel", 1}, {"kilful", "killful", 1}, {"ilful", "illful", 1}, {"nrolment", "nrollment", 1}, {"nstalment", "nstallment", 1}, {"ulfilment", "ulfillment", 1}, {"ageing", "aging", 0}, {"ancelled", "anceled", 1}, {"ancelling", "anceling", 1}, {"judgement", "judgment", 0}, {"defence", "defense", 0},
}

// stem takes the endings off a word and gives synonyms one form.
func stem(s string) string {
	if same, ok := irregular[s]; ok {
		s = same
	} else {
		s = strip(s)
	}
	if same, ok := synonyms[s]; ok {
		return same
	}
	return s
}

// strip takes off the endings of number, tense and adverb.
func strip(s string) string {
	n := len(s)
	if n < 4 || s[n-1] > 'z' {
		return s
	}
	switch {
	case strings.HasSuffix(s, "ies") && n > 4:
		return s[:n-3] + "y"
	case strings.HasSuffix(s, "sses"):
		return s[:n-2]
	case strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "us"), strings.HasSuffix(s, "is"):
		return s
	case s[n-1] == 's':
		return trimE(s[:n-1])
	case strings.HasSuffix(s, "ied") && n > 4:
		return s[:n-3] + "y"
	case strings.HasSuffix(s, "ing") && n > 5:
		return whole3(undouble(trimE(s[:n-3])))
	case strings.HasSuffix(s, "ed") && n > 4:
		return whole3(undouble(s[:n-2]))
	case strings.HasSuffix(s, "ly") && n > 5 && s != "freely":
		return s[:n-2]
	}
	return trimE(s)
}

// trimE takes off the final e that comes and goes with endings.
func trimE(s string) string {
	if len(s) > 4 && s[len(s)-1] == 'e' {
		return s[:len(s)-1]
	}
	return s
}

// undouble makes "transferr" of transferred "transfer".
func undouble(s string) string {
	n := len(s)
	if n > 3 && s[n-1] == s[n-2] && strings.IndexByte("bdgmnprt", s[n-1]) >= 0 {
		return s[:n-1]
	}
	return s
}

// whole3 gives back the e that a stem of three letters lost: saved, liking.
func whole3(s string) string {
	if len(s) == 3 && strings.IndexByte("aiou", s[1]) >= 0 && strings.IndexByte("klmtvz", s[2]) >= 0 {
		return s + "e"
	}
	return s
}

var irregular = map[string]string{
	"built": "build", "sent": "send", "made": "mak", "given": "giv", "gave": "giv", "kept": "keep", "held": "hold",
	"taken": "tak", "took": "tak", "told": "tell", "paid": "pay", "sold": "sell", "chosen": "choos", "chose": "choos",
	"written": "writ", "wrote": "writ", "shown": "show", "known": "know", "found": "find", "got": "get",
	"was": "be", "were": "be", "is": "be", "are": "be", "am": "be", "been": "be", "being": "be",
	"has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do",
	"monthly": "monthly", "yearly": "yearly", "children": "child", "take": "tak", "give": "giv", "make": "mak", "people": "person", "policies": "policy", "sale": "sale", "sales": "sale",
	"began": "begin", "begun": "begin", "borne": "bear", "bore": "bear", "broke": "break", "broken": "break", "brought": "bring", "bought": "buy", "caught": "catch", "drew": "draw", "drawn": "draw",
	"driven": "driv", "drove": "driv", "fell": "fall", "fallen": "fall", "felt": "feel", "forgot": "forget", "forgotten": "forget", "went": "go", "gone": "go", "goes": "go", "grew": "grow", "grown": "grow", "heard": "hear",
	"led": "lead", "left": "leav", "lent": "lend", "lost": "los", "meant": "mean", "met": "meet", "rose": "ris", "risen": "ris", "ran": "run", "said": "say", "saw": "see", "seen": "see", "sought": "seek", "spent": "spend",
	"stood": "stand", "stole": "steal", "stolen": "steal", "taught": "teach", "thought": "think", "understood": "understand", "worn": "wear", "won": "win", "withdrew": "withdraw", "withdrawn": "withdraw", "bound": "bind",
	"forbade": "forbid", "forbidden": "forbid", "laid": "lay", "spoke": "speak", "spoken": "speak", "thrown": "throw", "undertaken": "undertak", "undertook": "undertak", "overridden": "overrid", "became": "becom", "come": "com", "came": "com",
	"failure": "fail", "removal": "remov", "payment": "pay", "payments": "pay",
	"an": "a", "using": "us", "used": "us", "use": "us", "uses": "us",
}

// synonyms maps a stem to the word that stands for its group: words that
// plain-language editors swap without touching a rule.
var synonyms = groups(
	"us utiliz", "view see consult", "help assist", "buy purchas acquir", "begin start commenc", "get obtain",
	"tell inform", "ask request prompt", "need requir", "before prior", "about regard concern",
	"currently current now present", "site websit", "toward towards", "among amongst", "person individual",
	"data information info", "also additionally", "such these those this", "that which", "who whom", "show display",
	"choos select", "provid suppl giv", "send submit", "email mail", "web internet", "creat mak",
	"ensur sure", "enabl allow", "further additional extra", "example e.g instanc", "if wher in-case",
	"must shall", "may can", "while whilst", "application app", "phone telephon", "whole entir", "wish want", "and &",
	"understand aware", "protect guard safeguard", "solv resolv", "big larg", "fast quick rapid swift", "stop ceas", "answer reply respond", "happen occur", "build construct",
	"usual normal ordinari", "soon short", "near nearby", "try attempt", "fix repair mend", "error mistak", "finish complet",
	"often frequent", "main primari most", "enough sufficient adequat", "list enumerat", "describ explain", "follow adher obey",
	"part portion", "kind type sort", "goal aim objectiv", "reason ground", "result outcom", "talk speak", "think believ", "learn discover", "worker staff",
	"exact precis", "unlawful illegal", "lawful legal", "area region", "country nation", "manner way", "wait await", "repository repo", "administrator admin", "advertisement ad advert", "photograph photo", "organization org", "configuration config", "documentation doc docs", "authentication auth", "specification spec", "contact reach", "section paragraph clause", "term condition", "terms conditions",
)

// groups reads lists of words that mean the same.
func groups(lists ...string) map[string]string {
	m := make(map[string]string)
	for _, list := range lists {
		same := strings.Fields(list)
		for _, w := range same {
			m[strip(w)] = strip(same[0])
		}
	}
	return m
}
