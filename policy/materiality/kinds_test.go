package materiality

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// What a page shows around a policy, and sentences that bind nobody, are told
// from the rules that look like them.
func TestKindsOfSentencesAreToldFromRules(t *testing.T) {
	const head = "# Privacy policy\n\nWe collect your name.\n\n"
	tests := []struct {
		name, before, after string
		want                policy.Severity
	}{
		{"a variable written in another template language", head + "Ask {{ site.data.contact.privacy }} about your data.", head + "Ask {% data contact.privacy %} about your data.", policy.None},
		{"a variable for another address", head + "Ask {% data contact.privacy %} about your data.", head + "Ask {% data contact.support %} about your data.", policy.Editorial},
		{"a link that was broken", head + "We share it with [processors](/a list.html).", head + "We share it with [processors](/list.html).", policy.Editorial},
		{"where to read what others do", head, head + "You can read the Acme terms and privacy policy for more information.", policy.Editorial},
		{"what readers can change is no pointer", head, head + "You can review your cookie settings and opt out of tracking at any time.", policy.Major},
		{"a page to visit", head, head + "Visit the Acme disclosures page to read what the law of Korea requires us to share.", policy.Editorial},
		{"a right to see one's data", head, head + "You can view the information that we hold about you at any time.", policy.Major},
		{"a variable for the words it prints", head + "Ask us to Report Abuse of your data.", head + "Ask us to {{ site.data.contact.report_abuse }} of your data.", policy.Editorial},
		{"a section called by its new name", head + "We share posts (see the Public Data section).", head + "We share posts (see the Data We Collect section).", policy.Editorial},
		{"what a company believes", head, head + "We recognize the importance of human rights and are committed to respecting them.", policy.Minor},
		{"a belief that binds", head, head + "We are committed to privacy and will not share your data.", policy.Major},
		{"an invitation that is a right", head + "Please contact us to opt out of the sale of your data.", head, policy.Major},
		{"an announcement of the new text", head, head + "We're updating our privacy policy. Read new terms [here](/new).", policy.Editorial},
		{"how old a page is", head + "Last updated: yesterday", head + "Last updated: 2 days ago", policy.None},
		{"a clause number beside the words", head + "8.1If we sell data, we ask you.", head + "If we sell data, we ask you.", policy.Editorial},
		{"the time of a page", head, head + "Tue, 12 May 2026 11:58:49 GMT", policy.Editorial},
		{"a prompt for feedback", head, head + "#### Have a moment?\n\nTell us how we're doing\n", policy.None},
		{"links below related articles", head + "## Related articles\n\n[Choose who sees your data](/a)\n\n", head + "## Related articles\n\n[Delete data that we share for advertising](/b)\n\n", policy.None},
		{"a cookie banner", head, head + "Use of cookies\n\nWe use cookies to personalize ads and share data with partners.\n\nAccept all\n", policy.None},
		{"a rule on cookies", head, head + "We use cookies to personalize ads and share data with partners.\n", policy.Major},
		{"which setting to open", head + "Open the application preferences", head + "Open Acme Preferences", policy.Editorial},
		{"a link of the page before its text", "- [Family up to 6 accounts for $10](/a)\n\n" + head, "- [Family 6 accounts for $12](/a)\n\n" + head, policy.None},
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
