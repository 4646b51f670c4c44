package notify

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// readRecipients reads a whole list: whom it names, and what is wrong with it.
func readRecipients(name string, r io.Reader) ([]Recipient, []*policy.Diagnostic, error) {
	var list []Recipient
	var faults []*policy.Diagnostic
	for recipient, err := range Recipients(name, r) {
		var fault *policy.Diagnostic
		switch {
		case err == nil:
			list = append(list, recipient)
		case !errors.As(err, &fault):
			return nil, faults, err
		case fault.Level == policy.Warning && fault.Rule != ruleRepeated && fault.Rule != ruleWithout:
			list = append(list, recipient)
			fallthrough
		default:
			faults = append(faults, fault)
		}
	}
	return list, faults, nil
}

func TestListsAreReadInEveryShape(t *testing.T) {
	anna := Recipient{Email: "anna@example.org", Lang: "en", Name: "Anna", Line: 2}
	first := anna
	first.Line = 1
	for name, test := range map[string]struct {
		list string
		want []Recipient
	}{
		"header":              {"email,lang,name\nanna@example.org,en,Anna\n", []Recipient{anna}},
		"other order":         {"Name , id,EMAIL,lang\nAnna,7,anna@example.org,en\n", []Recipient{anna}},
		"no header":           {"anna@example.org,en,Anna\n", []Recipient{first}},
		"address alone":       {"anna@example.org", []Recipient{{Email: "anna@example.org", Line: 1}}},
		"Windows":             {"\ufeffemail,lang,name\r\nanna@example.org,EN,Anna\r\n", []Recipient{anna}},
		"semicolons":          {"email;lang;name\nanna@example.org;en;Anna\n", []Recipient{anna}},
		"tabs":                {"email\tlang\tname\nanna@example.org\ten\tAnna\n", []Recipient{anna}},
		"quotation marks":     {"email,lang,name\n\"anna@example.org\", en ,\"Anna\"\n", []Recipient{anna}},
		"comma in a name":     {"email,name\na@example.org,\"Müller, \"\"Jo\"\"\"\n", []Recipient{{Email: "a@example.org", Name: `Müller, "Jo"`, Line: 2}}},
		"empty lines":         {"email,lang,name\n\n  \nanna@example.org,en,Anna\n\n", []Recipient{{Email: "anna@example.org", Lang: "en", Name: "Anna", Line: 4}}},
		"underscore in a tag": {"email,lang\na@example.org,pt_BR\n", []Recipient{{Email: "a@example.org", Lang: "pt-BR", Line: 2}}},
		"classes":             {"email,class\na@example.org,Follower\n", []Recipient{{Email: "a@example.org", Class: notice.Follower, Line: 2}}},
		"JSON lines":          {`{"email":"anna@example.org","lang":"en","name":"Anna","id":7}` + "\n", []Recipient{first}},
		"JSON lines, class":   {"\ufeff{\"email\":\"a@example.org\",\"class\":\"service\"}", []Recipient{{Email: "a@example.org", Class: notice.ServiceClass, Line: 1}}},
		"empty list":          {"", nil},
		"header alone":        {"email", nil},
	} {
		got, faults, err := readRecipients("list.csv", strings.NewReader(test.list))
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v, %v", name, faults, err)
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestBadRowsAreListedWithTheirLine(t *testing.T) {
	list := strings.Join([]string{
		"email,lang,name,class",                // 1
		"anna@example.org,en,Anna",             // 2
		"not an address,en,X",                  // 3
		"Anna@EXAMPLE.org,en,Anna again",       // 4
		"\"open@example.org,en,X",              // 5
		"\"a@example.org\"x,en,X",              // 6
		strings.Repeat("x", 40<<10) + "@a.org", // 7
		"tag@example.org,english please,Tag",   // 8
		"name@example.org,en,a\x07b",           // 9
		",,",                                   // 10
		"last@example.org,en,Last",             // 11
		"class@example.org,en,Cl,vip",          // 12
	}, "\n")
	got, faults, err := readRecipients("list.csv", strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	var reported []string
	for _, f := range faults {
		reported = append(reported, fmt.Sprintf("%s %s", f.Position(), f.Rule))
		if strings.Contains(f.Message+f.Hint, "example") {
			t.Errorf("a report tells an address: %v", f)
		}
	}
	want := []string{
		"list.csv:3 recipient-address", "list.csv:4 recipient-repeated", "list.csv:5 recipient-row", "list.csv:6 recipient-row",
		"list.csv:7 recipient-row", "list.csv:8 recipient-lang", "list.csv:9 recipient-name", "list.csv:10 recipient-without",
		"list.csv:12 recipient-class",
	}
	if d := cmp.Diff(want, reported); d != "" {
		t.Errorf("reports (-want +got):\n%s", d)
	}
	wantList := []Recipient{
		{Email: "anna@example.org", Lang: "en", Name: "Anna", Line: 2}, {Email: "tag@example.org", Lang: "", Name: "Tag", Line: 8}, {Email: "name@example.org", Lang: "en", Name: "", Line: 9}, {Email: "last@example.org", Lang: "en", Name: "Last", Line: 11},
	}
	if d := cmp.Diff(wantList, got); d != "" {
		t.Errorf("recipients (-want +got):\n%s", d)
	}
}

func TestBadJSONRowsAreListedWithTheirLine(t *testing.T) {
	list := `{"email":"a@example.org"}` + "\n" + `{"email":7}` + "\nb@example.org\n" + `{"email":"b@example.org"}`
	got, faults, err := readRecipients("list.ndjson", strings.NewReader(list))
	if err != nil || len(got) != 2 || len(faults) != 2 || faults[0].Line != 2 || faults[1].Line != 3 {
		t.Errorf("%v, %v, %v", got, faults, err)
	}
}

func TestListThatCannotBeUsedIsOneError(t *testing.T) {
	broken := errors.New("broken")
	for name, r := range map[string]io.Reader{
		"no email column": strings.NewReader("mail,name\na,b\n"),
		"open header":     strings.NewReader("\"email,name\n"),
		"UTF-16":          strings.NewReader("\xff\xfee\x00m\x00"),
		"disk fault":      io.MultiReader(strings.NewReader("email\na@example.org\n"), iotest.ErrReader(broken)),
	} {
		if _, _, err := readRecipients("list.csv", r); err == nil || !strings.Contains(err.Error(), "list.csv") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAddressesAreNormalised(t *testing.T) {
	for in, want := range map[string]string{
		" Anna@EXAMPLE.org ":                     "Anna@example.org",
		"jörg@bücher.example":                    "jörg@xn--bcher-kva.example",
		`"anna.b"@example.org`:                   "anna.b@example.org",
		"a+tag@sub.example.co.uk":                "a+tag@sub.example.co.uk",
		"o'neil@example.org":                     "o'neil@example.org",
		"a@xn--bcher-kva.example":                "a@xn--bcher-kva.example",
		strings.Repeat("a", 64) + "@example.org": strings.Repeat("a", 64) + "@example.org",
	} {
		if got, err := Normalise(in); got != want || err != nil {
			t.Errorf("%q becomes %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestBadAddressesAreRefused(t *testing.T) {
	for _, in := range []string{
		"", "anna", "@example.org", "anna@", "anna@localhost", "-oQ/tmp@example.org", "a b@example.org", "a\r\nb@example.org",
		"a\x00b@example.org", "a@exa\nmple.org", "a@[127.0.0.1]", "a@127.0.0.1", "a@example..org", "a@.example.org", "a@example.org.",
		".a@example.org", "a.@example.org", "a..b@example.org", `"a b"@example.org`, "a<b>@example.org", "a,b@example.org", "Anna <a@example.org>",
		strings.Repeat("a", 65) + "@example.org", "a@" + strings.Repeat("b", 64) + ".org", "a@" + strings.Repeat("b.", 130) + "org",
		"\xffa@example.org", "a\u202e@example.org", "a\u00a0b@example.org", "a@exa_mple.org", "a@b@example.org", "a@-example.org",
	} {
		if got, err := Normalise(in); err == nil {
			t.Errorf("%q is accepted as %q", in, got)
		} else if len(in) > 8 && strings.Contains(err.Error(), in) {
			t.Errorf("%q: the error repeats the address", in)
		}
	}
}

func TestNormalisingIsSettledAndSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`.{0,12}@.{0,12}\.[a-z]{2}`).Draw(t, "address")
		once, err := Normalise(in)
		if err != nil {
			return
		}
		if strings.ContainsAny(once, "\r\n\x00 <>,;:\\\"") || strings.Count(once, "@") != 1 {
			t.Fatalf("%q becomes %q", in, once)
		}
		if twice, err := Normalise(once); err != nil || twice != once {
			t.Fatalf("%q becomes %q, and that %q, %v", in, once, twice, err)
		}
	})
}

func FuzzRecipients(f *testing.F) {
	f.Add("email,lang,name\na@example.org,en,\"A\"\n")
	f.Add("\xef\xbb\xbfa@example.org;de;\"\"\"\r\n\x00")
	f.Fuzz(func(t *testing.T, list string) {
		got, faults, _ := readRecipients("list", strings.NewReader(list))
		if rows := strings.Count(list, "\n") + 1; len(got)+len(faults) > 2*rows {
			t.Errorf("%d recipients and %d faults in %d rows", len(got), len(faults), rows)
		}
		seen := map[string]bool{}
		for _, r := range got {
			if key := strings.ToLower(r.Email); seen[key] {
				t.Errorf("line %d is told twice", r.Line)
			} else {
				seen[key] = true
			}
			if strings.ContainsAny(r.Email+r.Name+r.Lang, "\r\n\x00") {
				t.Errorf("line %d holds a control character", r.Line)
			}
		}
	})
}

func TestRepeatedRecipientsComeAgainWhereTheyDoNotMatter(t *testing.T) {
	var lines []int
	for r, err := range (ChannelList{}).Recipients("list.csv", strings.NewReader("email\na@example.org\nb@example.org\nA@example.org\n"), true) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, r.Line)
	}
	if d := cmp.Diff([]int{2, 3, 4}, lines); d != "" {
		t.Error(d)
	}
}
