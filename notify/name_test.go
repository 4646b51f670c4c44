package notify

import "testing"

func TestNamesDoNotLeadAway(t *testing.T) {
	for _, name := range []string{"Ada", "Ada Lovelace", "J. R. R. Tolkien", "J.R.R. Tolkien", "Dr. Ada", "张伟", "Ada Jr.", "O'Hara-Smith, PhD."} {
		if !goodName(name) {
			t.Errorf("%q is taken for a web address", name)
		}
	}
	for _, name := range []string{"http://evil.example", "Win at evil.com now", "evil.com", "www.evil", "evil.example/path", "Free: HTTPS://x"} {
		if goodName(name) {
			t.Errorf("%q becomes a link", name)
		}
	}
}
