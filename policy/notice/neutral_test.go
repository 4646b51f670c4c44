package notice

import (
	"os"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestPromotionIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"We keep logs for 90 days. Upgrade now and get 20 % off!": "Upgrade now",
		"We are excited to announce our new terms.":               "excited to announce",
		"Use your coupon by Friday.":                              "coupon",
		"Jetzt bestellen: Rabattcode SOMMER":                      "Jetzt bestellen",
		"Découvrez nos offres spéciales.":                         "offres spéciales",
		"Aproveche ahora nuestras rebajas.":                       "Aproveche ahora",
		"限时优惠，会员八折。":                                              "限时优惠",
		// What a policy does say of advertising and prices.
		"We no longer use your address for advertising or special categories of data.":   "",
		"You can cancel within 30 days and get your money back. Prices rise by 5 % .":    "",
		"We share data with providers of discounts only if you agree.":                   "",
		"Orders can be placed now by phone; we offer refunds for 15 days instead of 10.": "",
		"Wir speichern Protokolle 90 Tage. Angebote Dritter sind ausgenommen.":           "",
		"": "",
	} {
		if got := Promotional(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestOurOwnPoliciesAreNeutral(t *testing.T) {
	for _, name := range []string{"privacy.md", "terms.md"} {
		text, err := os.ReadFile("../../content/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if words := Promotional(string(text)); words != "" {
			t.Errorf("%s: %q is taken for promotion", name, words)
		}
	}
}

func TestServiceNoticesAreNeutral(t *testing.T) {
	for class, faults := range map[Class]int{ServiceClass: 1, Follower: 0} {
		n := &Notice{Class: class, Severity: policy.Minor, Summary: "Logs are kept longer. Shop now!"}
		if message, hint := promotes(Candidate{Notice: n}); (message != "") != (faults == 1) || message != "" && hint == "" {
			t.Errorf("%s: %q, %q", class, message, hint)
		}
		if got := Neutral(n, "codicil.yaml", []string{"Close your account.", "Get a free trial."}); len(got) != faults {
			t.Errorf("%s: %v", class, got)
		}
	}
}
