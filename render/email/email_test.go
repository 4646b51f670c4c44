package email

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

func noticeOf(t *testing.T, before, after string) *notice.Notice {
	t.Helper()
	parse := func(text string) *policy.Document {
		d, err := policy.Parse("privacy.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	return &notice.Notice{
		PolicyID: "privacy", Title: "Privacy policy", Lang: "en", Label: "2.0", Previous: "1.0", Class: notice.ServiceClass,
		Effective: policy.Date{Year: 2027, Month: time.March, Day: 1}, Summary: "First.\n\nSecond.",
		Redline: redline.Compare(parse(before), parse(after)),
	}
}

func options() Options {
	return Options{
		Policy: "https://example.com/privacy/2.0/?a=1&b=2", Compare: "https://example.com/privacy/compare/1.0...2.0/",
		Sender: "Example Inc.", ReplyTo: "Example <privacy@example.com>",
	}
}

func mustCompose(t *testing.T, n *notice.Notice, o Options) (*Body, *html.Node) {
	t.Helper()
	body, err := Compose(n, o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(strings.NewReader(body.HTML))
	if err != nil {
		t.Fatal(err)
	}
	return body, page
}

func texts(page *html.Node, selector string) []string {
	var out []string
	for _, n := range cascadia.QueryAll(page, cascadia.MustCompile(selector)) {
		out = append(out, strings.TrimSpace(innerText(n)))
	}
	return out
}

func innerText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(innerText(c))
	}
	return b.String()
}

const (
	textBefore = "# Privacy\n\n## 1 Refunds\n\nWe answer within 10 days.\n\n## 2 Sale\n\nWe do not sell data.\n"
	textAfter  = "# Privacy\n\n## 1 Refunds\n\nWe answer within 15 days.\n\n## 2 Sale\n\nWe do not sell data.\n\n## 3 Age\n\nYou must be 16.\n"
)

func TestEmailTellsAllThatTheReaderNeeds(t *testing.T) {
	o := options()
	o.Actions = []string{"Close your account in the settings."}
	body, page := mustCompose(t, noticeOf(t, textBefore, textAfter), o)
	if body.Subject != "Example Inc.: Changes to Privacy policy from 1 March 2027" {
		t.Errorf("the subject is %q", body.Subject)
	}
	whole := strings.Join(strings.Fields(innerText(page)), " ")
	for _, part := range []string{body.Text, whole} {
		for _, words := range []string{
			"Privacy policy is changing. The new text takes effect on 1 March 2027", "First.", "Second.", "1 Refunds", "3 Age", "You must be 16.",
			"Close your account in the settings.", "privacy@example.com", "because you have an account with Example Inc.", "What you can do",
		} {
			if !strings.Contains(strings.ToLower(part), strings.ToLower(words)) {
				t.Errorf("missing %q in\n%s", words, part)
			}
		}
	}
	if !strings.Contains(body.Text, "within [-10-]{+15+} days") || !strings.Contains(body.Text, o.Policy) || !strings.Contains(body.Text, o.Compare) {
		t.Errorf("the text part is\n%s", body.Text)
	}
	if got := strings.Join(texts(page, "div del"), "|"); got != "[removed: 10]" {
		t.Errorf("deleted: %s", got)
	}
	if got := strings.Join(texts(page, "div ins"), "|"); !strings.HasPrefix(got, "[new: 15]|") {
		t.Errorf("inserted: %s", got)
	}
	if got := cascadia.Query(page, cascadia.MustCompile(`a[href="https://example.com/privacy/2.0/?a=1&b=2"]`)); got == nil {
		t.Error("no link to the text")
	}
}

func TestEmailLoadsAndRunsNothing(t *testing.T) {
	n := noticeOf(t, textBefore, textAfter+"\n![pixel](https://evil.example/p.png) <script>alert(1)</script> [x](javascript:alert(1))\n")
	n.Title, n.Summary = `Privacy "<b>policy</b>`, `<img src=x onerror=alert(1)> {{.Lead}}`
	o := options()
	o.Sender, o.Reason, o.Actions = "<i>Ex</i>", "<u>why</u>", []string{"<a href=//evil.example>x</a>"}
	body, page := mustCompose(t, n, o)
	for _, selector := range []string{"script", "img", "link", "iframe", "object", "form", "b", "i", "u", "[src]", "[onerror]", "[style]", `a[href*="evil"]`, `a[href^="javascript"]`} {
		if got := cascadia.QueryAll(page, cascadia.MustCompile(selector)); len(got) > 0 {
			t.Errorf("%d elements match %s", len(got), selector)
		}
	}
	if style := texts(page, "style"); len(style) != 1 || regexp.MustCompile(`url\(|@import|expression`).MatchString(style[0]) {
		t.Errorf("the style is %q", style)
	}
	if !strings.Contains(body.Text, "{{.Lead}}") {
		t.Error("the summary was run as a template")
	}
}

func TestEmailCanBeReadByAScreenReader(t *testing.T) {
	n := noticeOf(t, textBefore, textAfter)
	n.Lang = "it" // there are no words in it: those around the text are English
	_, page := mustCompose(t, n, options())
	for selector, count := range map[string]int{`html[lang="en"]`: 1, "title": 1, "h1": 1, "main": 1, "footer": 1, `div[lang="it"]`: 2, "table": 0, "h4": 0} {
		if got := len(cascadia.QueryAll(page, cascadia.MustCompile(selector))); got != count {
			t.Errorf("%s stands %d times, want %d", selector, got, count)
		}
	}
	for _, link := range texts(page, "a") {
		if link == "" || strings.EqualFold(link, "here") {
			t.Errorf("a link is called %q", link)
		}
	}
}

func TestEmailIsOpenForTheNameAlone(t *testing.T) {
	n := noticeOf(t, textBefore, textAfter)
	n.Summary = "Not a mark: " + NameMark + " \x00token\x00"
	body, _ := mustCompose(t, n, options())
	for _, part := range []string{body.Text, body.HTML} {
		if strings.Count(part, "\x00") != 2 || strings.Count(part, NameMark) != 1 || !strings.Contains(part, "Hello"+NameMark+",") {
			t.Errorf("the marks are wrong in\n%q", part)
		}
	}
	n.Class = notice.Follower
	o := options()
	o.Unsubscribe = "https://example.com/leave?list=privacy"
	body, page := mustCompose(t, n, o)
	if !strings.Contains(body.Text, "https://example.com/leave?list=privacy&t="+TokenMark) || !strings.Contains(body.HTML, "list=privacy&amp;t="+TokenMark) {
		t.Error("followers cannot leave")
	}
	if reason := strings.Join(texts(page, "footer p"), " "); !strings.Contains(reason, "you asked to be told") {
		t.Errorf("the reason is %q", reason)
	}
}

func TestLongRedlineIsCutAndSaysSo(t *testing.T) {
	before, after := "# T\n", "# T\n"
	for i := range 40 {
		before += fmt.Sprintf("\n## %d Clause\n\nThe fee number %d is low.\n", i+1, i)
		after += fmt.Sprintf("\n## %d Clause\n\nThe fee number %d is high.\n", i+1, i)
	}
	o := options()
	o.MaxChanges = 5
	body, page := mustCompose(t, noticeOf(t, before, after), o)
	if got := len(texts(page, "div ins")); got != 5 {
		t.Errorf("%d changes are shown", got)
	}
	if !strings.Contains(body.Text, "See all 40 changes: https://example.com/privacy/compare/1.0...2.0/") {
		t.Error("the text part does not say that there are more")
	}
	if got := texts(page, "main > p > a"); len(got) != 1 || got[0] != "See all 40 changes" {
		t.Errorf("the link to the rest is %q", got)
	}
	huge := strings.Repeat("word ", 20_000)
	body, _ = mustCompose(t, noticeOf(t, before, before+"\n"+huge+"one.\n\n"+huge+"two.\n\nthree.\n"), options())
	if len(body.HTML) > 150<<10 || !strings.Contains(body.Text, "See all 3 changes") {
		t.Errorf("the email has %d octets", len(body.HTML))
	}
}

func TestUnchangedWordsAreShortened(t *testing.T) {
	long := strings.Repeat("äußerst unwichtige Worte, ", 40)
	body, _ := mustCompose(t, noticeOf(t, "# T\n\n"+long+"ten "+long+".\n", "# T\n\n"+long+"twelve "+long+".\n"), options())
	if !strings.Contains(body.Text, "[-ten-]{+twelve+}") || strings.Count(body.Text, "…") != 3 || len(body.Text) > 2000 {
		t.Errorf("the text part is\n%s", body.Text)
	}
}

func TestSubjectFollowsTheDay(t *testing.T) {
	n := noticeOf(t, textBefore, textAfter)
	o := options()
	o.On = policy.Date{Year: 2027, Month: time.March, Day: 1}
	for _, test := range []struct {
		previous string
		on       policy.Date
		want     string
	}{
		{"1.0", o.On.AddDays(-1), "Example Inc.: Changes to Privacy policy from 1 March 2027"},
		{"1.0", o.On, "Example Inc.: Changes to Privacy policy since 1 March 2027"},
		{"", o.On.AddDays(-1), "Example Inc.: Privacy policy: in force from 1 March 2027"},
		{"", o.On, "Example Inc.: Privacy policy: in force since 1 March 2027"},
	} {
		n.Previous, o.On = test.previous, test.on
		if body, _ := mustCompose(t, n, o); body.Subject != test.want {
			t.Errorf("the subject is %q, want %q", body.Subject, test.want)
		}
	}
}

func TestEmailThatLacksSomethingIsNotWritten(t *testing.T) {
	for name, spoil := range map[string]func(*notice.Notice, *Options){
		"policy address":   func(_ *notice.Notice, o *Options) { o.Policy = "" },
		"relative address": func(_ *notice.Notice, o *Options) { o.Compare = "/compare/" },
		"script address":   func(_ *notice.Notice, o *Options) { o.Compare = "javascript:alert(1)" },
		"reply address":    func(_ *notice.Notice, o *Options) { o.ReplyTo = "" },
		"title":            func(n *notice.Notice, _ *Options) { n.Title = " \x07" },
		"date":             func(n *notice.Notice, _ *Options) { n.Effective = policy.Date{} },
		"redline":          func(n *notice.Notice, _ *Options) { n.Redline = nil },
		"way to leave":     func(n *notice.Notice, _ *Options) { n.Class = notice.Follower },
	} {
		n, o := noticeOf(t, textBefore, textAfter), options()
		spoil(n, &o)
		if _, err := Compose(n, o); err == nil || !strings.Contains(err.Error(), "privacy@2.0") {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestMovesRenumberingAndLinksAreToldInWords(t *testing.T) {
	body, _ := mustCompose(t, noticeOf(t,
		"# T\n\n1. We keep your name and your address for as long as you stay.\n2. We sell nothing.\n\nSee [our site](https://a.example/).\n",
		"# T\n\n1. We added this first item to the list today.\n2. We keep your name and your address for as long as you stay.\n3. We sell nothing.\n\nSee [our site](https://b.example/).\n"), options())
	for _, words := range []string{"2 clauses have other numbers", "https://a.example/", "https://b.example/"} {
		if !strings.Contains(body.Text, words) {
			t.Errorf("missing %q in\n%s", words, body.Text)
		}
	}
}

func TestNumberOfAClauseIsToldOnce(t *testing.T) {
	body, page := mustCompose(t, noticeOf(t,
		"# T\n\n## 1 Data\n\n1.5 We keep logs for 90 days.\n\n## 2 Rights\n\n2.1 You may ask us at any time what we hold about you and your orders.\n",
		"# T\n\n## 1 Data\n\n1.5 We keep logs for 180 days.\n\n## 2 Rights\n\n2.1 You may object.\n\n2.2 You may ask us at any time what we hold about you and your orders.\n"), options())
	for _, words := range []string{"1.5 (edited)\n\n  We keep logs for [-90-]{+180+} days.", "2.1 (added)\n\n  {+You may object.+}"} {
		if !strings.Contains(body.Text, words) {
			t.Errorf("missing %q in\n%s", words, body.Text)
		}
	}
	if got := strings.Join(texts(page, "h3"), "|"); !strings.HasPrefix(got, "1.5 (edited)|2.1 (added)") {
		t.Errorf("the headings are %s", got)
	}
}

func TestColoursAreThoseOfTheSiteInLightAndDark(t *testing.T) {
	_, page := mustCompose(t, noticeOf(t, textBefore, textAfter), options())
	css, err := os.ReadFile("../site/assets/site.css")
	if err != nil {
		t.Skip("the style sheet of the site has another name")
	}
	style := texts(page, "style")[0]
	for _, name := range []string{"ink", "paper", "link", "ins", "ins-wash", "del", "del-wash"} {
		for _, found := range regexp.MustCompile(`--`+name+`: (#[0-9a-f]{6});`).FindAllSubmatch(css, 2) {
			if !strings.Contains(style, string(found[1])) {
				t.Errorf("the email lacks %s, which is --%s on the site", found[1], name)
			}
		}
	}
}

// TestAnOfferToDeclineIsWholeAndTheOnlyWayToObject reads the message as its reader
// does, in every language.
func TestAnOfferToDeclineIsWholeAndTheOnlyWayToObject(t *testing.T) {
	for _, lang := range languages {
		n, o := noticeOf(t, textBefore, textAfter), options()
		o.Lang, o.Decline = lang, "https://notices.example.com/decline"
		n.Decline, n.Means = n.Effective.AddDays(-1), "Your contract then ends."
		body, page := mustCompose(t, n, o)
		w := wordsOf(lang)
		for _, text := range []string{body.Text, strings.Join(texts(page, "li"), "\n")} {
			if !strings.Contains(text, w.day(n.Decline)) || !strings.Contains(text, "Your contract then ends.") || !strings.Contains(text, w.Declines) {
				t.Errorf("%s: the offer is not whole:\n%s", lang, text)
			}
			if strings.Contains(text, w.Ask) || !strings.Contains(text, w.askOnly) {
				t.Errorf("%s: there are two ways to object:\n%s", lang, text)
			}
		}
		if !strings.Contains(body.Text, "https://notices.example.com/decline?t="+DeclineMark) || !strings.Contains(body.HTML, `href="https://notices.example.com/decline?t=`+DeclineMark) {
			t.Errorf("%s: the link is not there", lang)
		}
		o.Decline = ""
		if _, err := Compose(n, o); err == nil || !strings.Contains(err.Error(), "serve.url") {
			t.Errorf("%s: without a page: %v", lang, err)
		}
		n.Class, o.Unsubscribe = notice.Follower, "https://example.com/leave"
		if body, err := Compose(n, o); err != nil || strings.Contains(body.Text, DeclineMark) {
			t.Errorf("%s: followers, who are bound by nothing, are offered to decline: %v", lang, err)
		}
	}
}
