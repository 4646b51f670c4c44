package notice_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

func document(t *testing.T, src string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("privacy.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// readContent reads one of the policies that are published by default.
func readContent(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "content", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func TestPromisesOfNoticeAreFound(t *testing.T) {
	tests := []struct {
		name, src string
		want      []notice.Channel
	}{
		{"one sentence", "We will notify you of major changes by email.", []notice.Channel{notice.Email}},
		{"all channels", "For major changes we will give notice in a prominent place on our homepage, by e-mail or by a pop-up.", []notice.Channel{notice.Email, notice.Banner, notice.Popup}},
		{"a list", "Before a major change we give notice in three ways:\n\n- on our homepage\n- by email\n- by a pop-up\n\nOur email is open.", []notice.Channel{notice.Banner, notice.Email, notice.Popup}},
		{"the heading says what it is about", "## Updates to this policy\n\nWe will let you know by email.", []notice.Channel{notice.Email}},
		{"mail about something else", "We will inform you by email when your parcel leaves.", nil},
		{"changes without a channel", "We may change this policy and will notify you.", nil},
		{"an address", "You can reach us by email about changes of address.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []notice.Channel
			for _, p := range notice.Promises(document(t, test.src)) {
				got = append(got, p.Channel)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPromiseThatNoChannelKeepsIsAFault(t *testing.T) {
	d := document(t, "Hello.\n\nWe will notify you of changes by email and on our homepage. We will email you about changes and notify you.")
	rules := notice.DefaultRules()
	if found := notice.Unkept(d, rules); len(found) != 0 {
		t.Errorf("kept: %v", found)
	}
	rules.Channels[policy.Major] = []notice.Channel{notice.Banner}
	found := notice.Unkept(d, rules)
	if len(found) != 1 || found[0].Rule != "promise-unkept" || found[0].Line != 3 {
		t.Errorf("%v", found)
	}
}

func TestOurOwnPolicyPromisesWhatIsConfigured(t *testing.T) {
	d := document(t, readContent(t, "privacy.md"))
	if got := len(notice.Promises(d)); got != 3 {
		t.Errorf("%d promises, want banner, email and pop-up", got)
	}
	if found := notice.Unkept(d, notice.DefaultRules()); len(found) != 0 {
		t.Errorf("%v", found)
	}
}
