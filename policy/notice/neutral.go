package notice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// promotion finds words that sell something. A notice that account holders
// must be given is a service message only while it is neutral: promotion in it
// makes it advertising, which they may refuse (UK ICO, direct marketing
// guidance; 16 CFR 316.3 on the primary purpose of a message). The words are
// those that no change of a policy needs.
var promotion = regexp.MustCompile(`(?i)` + strings.Join([]string{
	// English
	`\b(?:special|exclusive|limited[- ]time|introductory|unbeatable)\s+(?:offers?|deals?|discounts?|prices?|rates?)\b`,
	`\b(?:shop|buy|order|upgrade|subscribe|sign up|book)\s+(?:now|today)\b`, `\b\d{1,2}\s?%\s+(?:off|discount)\b`,
	`\b(?:coupon|promo(?:tion)?al? code|voucher code|discount code|free trial|free gift|money[- ]back guarantee|act now|don['’]t miss|while stocks? last|best price|great deals?|sale ends)\b`,
	`\b(?:excited|thrilled|delighted|proud)\s+to\s+(?:announce|introduce|offer|share|bring|launch)\b`,
	`\b(?:check out|try out|discover)\s+(?:our|the)\s+(?:new|latest|exciting|great)\b`,
	// German
	`\b(?:sonder|exklusiv|top)angebote?\b`, `\bjetzt\s+(?:kaufen|bestellen|buchen|upgraden|zugreifen|sichern)\b`, `\b(?:rabatt(?:code|aktion)?|gutschein(?:code)?|gratis|schnäppchen|nur für kurze zeit)\b`,
	// French
	`\boffres?\s+(?:spéciales?|exclusives?|promotionnelles?)\b`, `\b(?:achetez|commandez|profitez|réservez)\s+(?:maintenant|vite|dès maintenant|en)\b`, `\b(?:code promo|bon de réduction|essai gratuit|soldes|à ne pas manquer)\b`,
	// Spanish
	`\bofertas?\s+(?:especial(?:es)?|exclusivas?)\b`, `\b(?:compre|compra|aproveche|aprovecha|reserve)\s+(?:ahora|ya)\b`, `\b(?:código promocional|prueba gratuita|cupón|rebajas|no se lo pierda|no te lo pierdas)\b`,
	// Chinese
	`限时优惠`, `立即购买`, `马上抢购`, `优惠码`, `优惠券`, `折扣码`, `免费试用`, `特价`, `[一二三四五六七八九\d.]+\s*折`,
}, "|"))

// Promotional returns the first words of a text that sell something, or "".
func Promotional(text string) string { return strings.TrimSpace(promotion.FindString(text)) }

// promotes refuses advertising in what account holders must be told.
func promotes(c Candidate) (string, string) {
	words := Promotional(c.Notice.Title + "\n" + c.Notice.Summary)
	if c.Notice.Class != ServiceClass || words == "" {
		return "", ""
	}
	return fmt.Sprintf("a required notice must be neutral, and %q promotes something", words),
		"say in `summary:` what changes for the reader, and nothing else; tell of offers in another message"
}

// Neutral returns what in further sentences of a service notice promotes
// something, as the gate does for its summary.
func Neutral(n *Notice, file string, sentences []string) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, sentence := range sentences {
		if words := Promotional(sentence); words != "" && n.Class == ServiceClass {
			found = append(found, &policy.Diagnostic{
				File: file, Level: policy.Error, Rule: "promotion",
				Message: fmt.Sprintf("a required notice must be neutral, and %q promotes something", words),
				Hint:    "tell of offers in another message",
			})
		}
	}
	return found
}
