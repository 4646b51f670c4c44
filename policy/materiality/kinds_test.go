package materiality

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// What a page shows around a policy, and sentences that bind nobody, are told
// from the rules that look like them.
func TestKindsOfSentencesAreToldFromRules(t *testing.T) {
	const head = "# Privacy policy\n\nWe collect your name.\n\n"
	const full = "# Privacy policy\n\nWe collect your name, and we keep it for as long as you have an account.\n\n"
	tests := []struct {
		name, before, after string
		want                policy.Severity
	}{
		{"a variable written in another template language", head + "Ask {{ site.data.contact.privacy }} about your data.", head + "Ask {% data contact.privacy %} about your data.", policy.None},
		{"a variable for another address", head + "Ask {% data contact.privacy %} about your data.", head + "Ask {% data contact.support %} about your data.", policy.Editorial},
		{"a link that was broken", head + "We share it with [processors](/a list.html).", head + "We share it with [processors](/list.html).", policy.Editorial},
		{"where to read what others do", head, head + "You can read the Acme terms and privacy policy for more information.", policy.Editorial},
		{"what readers can change is no pointer", head, head + "You can review your cookie settings and opt out of tracking at any time.", policy.Minor},
		{"a page to visit", head, head + "Visit the Acme disclosures page to read what the law of Korea requires us to share.", policy.Editorial},
		{"a right to see one's data", head, head + "You can view the information that we hold about you at any time.", policy.Major},
		{"a variable for the words it prints", head + "Ask us to Report Abuse of your data.", head + "Ask us to {{ site.data.contact.report_abuse }} of your data.", policy.Editorial},
		{"what a company believes", head, head + "We recognize the importance of human rights and are committed to respecting them.", policy.Minor},
		{"a belief that binds", head, head + "We are committed to privacy and will not share your data.", policy.Major},
		{"an invitation that is a right", head + "Please contact us to opt out of the sale of your data.", head, policy.Major},
		{"an announcement of the new text", head, head + "We're updating our privacy policy. Read new terms [here](/new).", policy.Editorial},
		{"a clause number beside the words", head + "8.1If we sell data, we ask you.", head + "If we sell data, we ask you.", policy.Editorial},
		{"the time of a page", head, head + "Tue, 12 May 2026 11:58:49 GMT", policy.Editorial},
		{"a prompt for feedback", head, head + "#### Have a moment?\n\nTell us how we're doing\n", policy.None},
		{"a cookie banner", head, head + "Use of cookies\n\nWe use cookies to personalize ads and share data with partners.\n\nAccept all\n", policy.None},
		{"a rule on cookies", head, head + "We use cookies to personalize ads and share data with partners.\n", policy.Major},
		{"which setting to open", head + "Open the application preferences", head + "Open Acme Preferences", policy.Editorial},
		{"an offer linked ahead of the title", "[Try the garden shed free for a week](/a)\n\n" + head, "[Order seeds by phone](/b)\n\n" + head, policy.None},
		{"a rule linked ahead of the title", head, "[We sell your data](/a)\n\n" + head, policy.Major},
		{"the title of a window", "Privacy policy | Acme\n\n" + head, head, policy.None},
		{"a question above its buttons", head, head + "Has this page been of use to you?\n\nYes\n\nNo\n", policy.None},
		{"a question and its answer", head + "Do we sell your data?\n\nNo\n", head + "Do we sell your data?\n\nYes\n", policy.Major},
		{"a rule glued to a button", head, head + "We use cookies.\n\nAccept cookiesWe share your name with partners\n", policy.Major},
		{"a price among links", head + "- [Jobs](/a)\n- [Shops](/b)\n- [Press](/c)\n- [Status](/d)\n- Fee for each refund $5\n", head + "- [Jobs](/a)\n- [Shops](/b)\n- [Press](/c)\n- [Status](/d)\n- Fee for each refund $50\n", policy.Major},
		{"a sign that turned", head + "We may bill users of age ≥ 18 for games.", head + "We may bill users of age ≤ 18 for games.", policy.Major},
		{"a sign that turned in other lines", head + "We may bill users of\n\nage ≥ 18 for games. Ask us\n\nwhy.", head + "We may bill users of age ≤ 18\n\nfor games.\n\nAsk us why.", policy.Major},
		{"a label in a menu", head + "- [Jobs](/a)\n- [Shops](/b)\n- [Press room](/c)\n- [Status](/d)\n- Cookie settings\n", head + "- [Jobs](/a)\n- [Shops](/b)\n- [Press room](/c)\n- [Status](/d)\n", policy.None},
		{"an anchor with and without its host", "[Data](https://acme.example/p#data)\n\n" + head + "See [our shop](https://acme.example/shop).", "[Data](#data)\n\n" + head + "See [our shop](https://acme.example/shop).", policy.None},
		{"an anchor of a host not named before", head + "See [how to object](#object).", head + "See [how to object](https://other.example/p#object).", policy.Editorial},
		{"what a page left of an address", head + "Ask [email protected]ample.org about it.", head + "Ask [email protected] about it.", policy.None},
		{"a picture that says nothing", head + "![A gardener with a hat over her eyes](/a.png)\n", head, policy.None},
		{"a link to a host not named before", head + "See [the rules](/rules).", head + "See [the rules](https://other.example/rules).", policy.Editorial},
		{"quotes read in the wrong encoding", head + "We call this â€œthe Gardenâ€\uFFFD of Zoë.", head + "We call this “the Garden” of Zoë.", policy.None},
		{"a rule beside letters of the wrong encoding", head + "We share â€œthe Gardenâ€\uFFFD data.", head + "We do not share “the Garden” data.", policy.Major},
		{"a company in another street", head + "Ask Acme House, 1000 Hill Drive, Surrey KT16 0PS.", head + "Ask Acme House, 2000 Mill Drive, Surrey KT16 0RS.", policy.Editorial},
		{"another company in the same street", head + "The controller is Moss Retail Ltd, 14 Quay Street, Bristol 10117.", head + "The controller is Green Brands Ltd, 14 Quay Street, Bristol 10117.", policy.Major},
		{"lines cut elsewhere", "We collect your name and\n\nthe number of your telephone. We may share both with\n\npartners that pay us.\n\nAsk us.", "We collect your name and the number of your\n\ntelephone. We may share both with partners that\n\npay us.\n\nAsk us.", policy.None},
		{"lines cut elsewhere, and words", "We collect your name and\n\nthe number of your telephone. We may share both with\n\npartners that pay us.\n\nLast updated: 1 May 2026", "We collect your name and the number of your\n\ntelephone. We may share both with partners thatpay\n\nus.\n\nLast updated: 2 June 2026", policy.Editorial},
		{"a number cut from its point", head + "We charge a fee of 1.50 euros a month.\n\nAsk us for\n\nmore of it.", head + "We charge a fee of 150 euros a month.\n\nAsk us\n\nfor more of it.", policy.Major},
		{"a cell that moved in its row", "| Data | Sold | Kept |\n|---|---|---|\n| Name | yes | |\n| Post | yes | |\n", "| Data | Sold | Kept |\n|---|---|---|\n| Name | | yes |\n| Post | | yes |\n", policy.Minor},
		{"where formal notices go", head + "Legal notices to us go to law@acme.example.", head + "Legal notices to us go to counsel@acme.example.", policy.Minor},
		{"a heading that ran into its text", head + "## Our providers\n\nWhen you pay, we share your name.\n", head + "Our providersWhen you pay, we share your name.\n", policy.None},
		{"a year of copyright", head + "Copyright © 2025 Acme Inc. All rights reserved\n", head + "Copyright © 2026 Acme Inc. All rights reserved\n", policy.None},
		{"a rule on what is marked so", head, head + "You may not copy what is marked © here.\n", policy.Major},
		{"a line on copyright", head, head + "Copyright © 2026 Acme Incorporated of Springfield. All rights reserved.\n", policy.None},
		{"a link of the page before its text", "- [Family up to 6 accounts for $10](/a)\n\n" + head, "- [Family 6 accounts for $12](/a)\n\n" + head, policy.None},
		{"what is to be seen on a picture", full + "[![An illustration that shows how you can end your account](/a.png)](/b)\n\n" + full, full + "[![](/c.png)](/b)\n\n" + full, policy.None},
		{"an address that robots are not shown", head + "Ask help@acme.example about it.", head + "Ask [email protected] about it.", policy.None},
		{"how often a page was viewed", head + "Views: 2.1MLast updated: 1 May 2026", head + "Views: 2.2MLast updated: 1 May 2026", policy.None},
		{"how often a film must be viewed", head + "We pay you once your film has 1,000 views.", head + "We pay you once your film has 9,000 views.", policy.Major},
		{"how long ago a page was written", head + "Updated: yesterday", head + "Updated: 2 days ago", policy.None},
		{"how long ago, beside who wrote it", head + "Ann of the shop — Updated 5 days ago — Follow", head + "Ann of the shop — Updated 9 days ago — Follow", policy.None},
		{"how long ago a thing was posted, in a rule", head + "A film that was posted 30 days ago or more is deleted.", head + "A film that was posted 60 days ago or more is deleted.", policy.Major},
		{"how many views are needed, in a list", full + "To be paid you need:\n\n* 1,000 views\n* an account\n", full + "To be paid you need:\n\n* 9,000 views\n* an account\n", policy.Minor},
		{"a rule in a link that nothing ends", full, full + "Related articles\n\n[\n\nWe sell your name.\n\nAsk us.\n\nWrite to us.\n", policy.Minor},
		{"a link moved beside another", full + "See [here](/a) and [there](/b).", full + "See [here](/c?u=" + strings.Repeat("aHR0cHM", 40) + ") and [there](/d).", policy.Editorial},
		{"a teaser of another article", full + "Related articles\n\n* [\n\n  Refunds\n\n  You must cancel two days ahead.\n\n  ](/refunds)\n", full, policy.None},
		{"a link that a policy lists", full + "It covers:\n\n* [Acme Shop](/shop)\n* [Acme Garden](/garden)\n\n" + full, full + "It covers:\n\n* [Acme Shop](/shop)\n\n" + full, policy.Minor},
		{"an address that a policy lists", full + "It covers:\n\n* shop.acme.example\n* garden.acme.example\n\n" + full, full + "It covers:\n\n* shop.acme.example\n\n" + full, policy.Minor},
		{"the name of a block", head + "You may ask us for a copy.", head + "You may ask us for a copy. {: #copies }", policy.None},
		{"a semicolon in an address", full + "    See [here](/a;b=1?c=2) for more.\n", full + "    See [here](/a;b=1?c=3) for more.\n", policy.Editorial},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a := assessBy(t, test.before, test.after); a.Severity != test.want {
				t.Errorf("%s, want %s: %+v", a.Severity, test.want, a.Reasons)
			}
		})
	}
}

func TestPlaceOfProcessingInATable(t *testing.T) {
	const heads = "# Processors\n\n| Name | Location of processing |\n| --- | --- |\n| Acme | Ireland |\n| Bolt | Ireland |\n"
	moved := assessBy(t, heads, "# Processors\n\n| Name | Location of processing |\n| --- | --- |\n| Acme | Ireland |\n| Bolt | Canada |\n")
	if moved.Severity != policy.Major {
		t.Errorf("a processor that moved is %s: %+v", moved.Severity, moved.Reasons)
	}
	another := assessBy(t, heads, heads+"| Cargo | Canada |\n")
	if another.Severity != policy.Minor {
		t.Errorf("a processor more is %s: %+v", another.Severity, another.Reasons)
	}
}
