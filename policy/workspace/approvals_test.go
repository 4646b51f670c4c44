package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/review"
)

const (
	one = "1111111111111111111111111111111111111111"
	two = "2222222222222222222222222222222222222222"
)

func github(login, state, commit, at string) string {
	return fmt.Sprintf(`{"user":{"login":%q},"state":%q,"commit_id":%q,"submitted_at":"2027-05-%sT10:00:00Z"}`, login, state, commit, at)
}

func note(who, body, at string) string {
	return fmt.Sprintf(`{"system":true,"author":{"username":%q},"body":%q,"created_at":"2027-05-%sT10:00:00Z"}`, who, body, at)
}

func version(commit, at string) string {
	return fmt.Sprintf(`{"head_commit_sha":%q,"created_at":"2027-05-%sT10:00:00Z"}`, commit, at)
}

func TestWhoApprovedWhatOnAForge(t *testing.T) {
	t.Parallel()
	const yes, no = "approved this merge request", "unapproved this merge request"
	ann := `{"approved_by":[{"user":{"username":"Ann"}}]}`
	list := func(entries ...string) string { return "[" + strings.Join(entries, ",") + "]" }
	for name, c := range map[string]struct{ answers, want, fault string }{
		"a review":                        {list(github("Ann", "APPROVED", one, "01")), "ann@1", ""},
		"a small word":                    {list(github("ann", "approved", one, "01")), "ann@1", ""},
		"two people, two answers":         {list(github("bo", "APPROVED", two, "01")) + list(github("ann", "APPROVED", one, "01")), "ann@1 bo@2", ""},
		"approved again":                  {list(github("ann", "APPROVED", one, "01"), github("ann", "APPROVED", two, "02")), "ann@2", ""},
		"the later word, told first":      {list(github("ann", "CHANGES_REQUESTED", one, "02"), github("ann", "APPROVED", one, "01")), "", ""},
		"taken back":                      {list(github("ann", "APPROVED", one, "01"), github("ANN", "DISMISSED", one, "02")), "", ""},
		"a remark afterwards":             {list(github("ann", "APPROVED", one, "01"), github("ann", "COMMENTED", one, "02"), github("ann", "PENDING", one, "03")), "ann@1", ""},
		"of a commit cut short":           {list(github("ann", "APPROVED", one[:12], "01")), "", ""},
		"of a commit of sha256":           {list(github("ann", "APPROVED", one+two[:24], "01")), "ann@1", ""},
		"a merge request":                 {ann + list(version(one, "01")) + list(note("ann", yes, "02")), "ann@1", ""},
		"approved before a push":          {ann + list(version(two, "03"), version(one, "01")) + list(note("ann", yes, "02")), "ann@1", ""},
		"approved after a push":           {ann + list(version(two, "03"), version(one, "01")) + list(note("ann", yes, "04")), "ann@2", ""},
		"approved as it was pushed":       {ann + list(version(two, "03"), version(one, "01")) + list(note("ann", yes, "03")), "ann@2", ""},
		"approved before any version":     {ann + list(version(one, "03")) + list(note("ann", yes, "02")), "", ""},
		"unapproved":                      {ann + list(version(one, "01")) + list(note("ann", yes, "02"), note("ann", no, "03")), "", ""},
		"approved once more":              {ann + list(version(one, "01")) + list(note("ann", no, "03"), note("ann", yes, "04"), note("ann", yes, "02")), "ann@1", ""},
		"reset by the host":               {`{"approved_by":[]}` + list(version(one, "01")) + list(note("ann", yes, "02")), "", ""},
		"by another person":               {ann + list(version(one, "01")) + list(note("bo", yes, "02")), "", ""},
		"a note that a person wrote":      {ann + list(version(one, "01")) + strings.ReplaceAll(list(note("ann", yes, "02")), `"system":true,`, ""), "", ""},
		"a note with other words":         {ann + list(version(one, "01")) + list(note("ann", yes+"!", "02")), "", ""},
		"no answer of a forge":            {`{"message":"Not Found"}`, "", "these are no approvals"},
		"cut off":                         {`[{"user":`, "", "GET /repos/OWNER/NAME/pulls/NUMBER/reviews"},
		"nothing":                         {"", "", ""},
		"as many entries as there may be": {"[" + strings.Repeat("{},", maxReviews-1) + "{}]", "", ""},
		"too many entries":                {"[" + strings.Repeat("{},", maxReviews) + "{}]", "", "more than 10000 entries"},
	} {
		given, err := parseReviews("reviews.json", []byte(c.answers))
		wantError(t, err, c.fault)
		var got []string
		for _, a := range given {
			got = append(got, a.login+"@"+a.commit[:1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestAReviewApprovesTheTextsOfItsCommit(t *testing.T) {
	r := leased(t)
	r.write("codicil.yaml", "approvals:\n  - {role: legal, people: [{name: Ann Bell, login: Ann}]}\n  - {role: privacy, people: [{name: Ann Bell, login: ann}, {name: Bo, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f}]}\n")
	head, first := r.git("2027-06-01", "rev-parse", "HEAD"), r.git("2027-06-01", "rev-parse", "HEAD~1")
	r.write("reviews.json", "["+github("ann", "APPROVED", first, "01")+","+github("bo", "APPROVED", head, "02")+"]")
	w := r.open()
	wantError(t, w.Approve("reviews.json"), "")
	var got []string
	for _, v := range w.History.Policies[0].Versions {
		for _, a := range v.Approvals {
			got = append(got, v.Label+" "+a.Role+" "+a.Name+" "+a.How+" "+a.At.Format("2006-01-02"))
			if a.SHA256 != v.SHA256 {
				t.Errorf("%s approves %s", v.Label, a.SHA256)
			}
		}
	}
	want := fmt.Sprintf("1.0 legal Ann Bell review of commit %.12[1]s 2027-05-01; 1.0 privacy Ann Bell review of commit %.12[1]s 2027-05-01", first)
	if strings.Join(got, "; ") != want {
		t.Errorf("approved: %s, want %s", strings.Join(got, "; "), want)
	}
	wantError(t, w.Approve("gone.json"), "read the reviews")
	w.Config.Approvals = nil
	if approvals, err := w.Approvals("gone.json"); approvals != nil || err != nil {
		t.Errorf("with no approvals asked for: %v", err)
	}
}

func TestWhatMayBeApproved(t *testing.T) {
	r := leased(t)
	w := r.open()
	second := w.History.Policies[0].Versions[0]
	draft := lease("3.0", "2027-08-01", nightly)
	for _, c := range []struct{ arg, label, where, sha256 string }{
		{"lease@1.0", "1.0", "commit ", w.History.Policies[0].Versions[1].SHA256},
		{"lease", "2.0", "commit " + second.Commit[:12] + ", lease.md", second.SHA256},
		{"lease", "3.0", "the work tree, lease.md", review.Digest([]byte(draft))},
	} {
		if c.label == "3.0" {
			r.write("lease.md", draft)
		}
		text := must[*Text](t)(w.Approvable(c.arg, june))
		if text.Label != c.label || !strings.HasPrefix(text.Where, c.where) || text.SHA256 != c.sha256 {
			t.Errorf("%s: %+v", c.arg, text)
		}
	}
}

func TestTheKeyOfASignerIsWrittenOrNamed(t *testing.T) {
	r := newRepo(t)
	r.write("keys/ann.pub", "ssh-ed25519 FROM-FILE\n")
	for key, want := range map[string]string{" ssh-ed25519 AAAA ann\n": "ssh-ed25519 AAAA ann", "keys/ann.pub": "ssh-ed25519 FROM-FILE\n", "keys/bo.pub": ""} {
		list, err := signersOf(&config.Config{Dir: ".", Signers: []config.Signer{{Email: "ann@example.com", Key: key}}})
		if want == "" {
			wantError(t, err, "signers: read the key of ann@example.com")
		} else if err != nil || list[0].Key != want || list[0].Email != "ann@example.com" {
			t.Errorf("%q: %+v, %v", key, list, err)
		}
	}
}

func TestAVersionThatNobodySignedIsNamed(t *testing.T) {
	r := leased(t)
	w := r.open()
	_, c, err := w.AsRepository()
	if err != nil {
		t.Fatal(err)
	}
	if found := must[[]*policy.Diagnostic](t)(w.Unsigned(t.Context(), c)); len(found) > 0 {
		t.Errorf("with no signers configured: %s", rules(found))
	}
	w.Config.Signers = []config.Signer{{Email: "ann@example.com", Key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"}}
	if found := must[[]*policy.Diagnostic](t)(w.Unsigned(t.Context(), c)); len(found) != 2 {
		t.Errorf("unsigned: %s", rules(found))
	}
}
