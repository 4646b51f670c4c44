package workspace

import "testing"

// FuzzReviews: whatever lies in the file of reviews, no approval comes of it
// without the name of somebody and the whole id of a commit.
func FuzzReviews(f *testing.F) {
	for _, seed := range []string{
		`[{"user":{"login":"ann"},"state":"APPROVED","commit_id":"0123456789012345678901234567890123456789","submitted_at":"2026-01-01T10:00:00Z"}]`,
		`[{"user":null,"state":"APPROVED","commit_id":"0123456789012345678901234567890123456789"}]`,
		`{"approved_by":[{"user":{"username":"ann"}}]}`, `[] []`, `[null]`, `{}`, `[[[`, `"x"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := parseReviews("reviews.json", text)
		for _, a := range list {
			if err != nil || a.login == "" || len(a.commit) != 40 && len(a.commit) != 64 {
				t.Errorf("approved by %q of %q, %v", a.login, a.commit, err)
			}
		}
	})
}
