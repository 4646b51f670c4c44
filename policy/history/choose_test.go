package history

import "testing"

func choose(t *testing.T, base string, globs ...string) *chooser {
	t.Helper()
	c, err := newChooser(base, globs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhichFilesArePolicies(t *testing.T) {
	lonely := map[string]bool{"privacy/README.md": true}
	c := choose(t, "")
	for file, want := range map[string]bool{
		"privacy.md":                       true,
		"Terms of Service.MARKDOWN":        true,
		"index.md":                         true,
		"privacy/README.md":                true,
		"Policies/README.md":               false,
		"README.md":                        false,
		"readme.de.md":                     false,
		"LICENSE.md":                       false,
		"licence-MIT.md":                   false,
		"license-agreement.md":             true,
		"CODE_OF_CONDUCT.md":               false,
		"Policies/code-of-conduct.md":      true,
		"SECURITY.md":                      false,
		"legal/security.md":                true,
		"CHANGELOG.md":                     false,
		"legal/changelog.md":               false,
		"changes-to-terms.md":              true,
		"Contributing.md":                  false,
		".github/PULL_REQUEST_TEMPLATE.md": false,
		".hidden/privacy.md":               false,
		"legal/.privacy.md":                false,
		"templates/privacy.md":             false,
		"legal/Templates/privacy.md":       false,
		"node_modules/x/privacy.md":        false,
		"_drafts/privacy.md":               false,
		"support.md":                       false,
		"support-terms.md":                 true,
	} {
		if got := c.want(stemAndExtension(file)) && c.policy(file, func(f string) bool { return lonely[f] }); got != want {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
	}
	if c.want("privacy.txt") || c.want("md") {
		t.Error("files of other kinds are wanted")
	}
}

func stemAndExtension(file string) string { return stem(file) + file[len(file)-len(extension(file)):] }

func extension(file string) string {
	for i := len(file) - 1; i >= 0 && file[i] != '/'; i-- {
		if file[i] == '.' {
			return file[i:]
		}
	}
	return ""
}

func TestGlobs(t *testing.T) {
	for _, test := range []struct {
		base, glob, file string
		want             bool
	}{
		{"", "*.md", "privacy.md", true},
		{"", "*.md", "eu/privacy.md", false},
		{"", "**/*.md", "privacy.md", true},
		{"", "**/*.md", "a/b/privacy.md", true},
		{"", "a/**", "a/b/c.md", true},
		{"", "./a/?.md", "a/b.md", true},
		{"", "a/?.md", "a/bb.md", false},
		{"", "a/[bc].md", "a/b.md", true},
		{"", "a/[!bc].md", "a/b.md", false},
		{"", "ünlü (1).md", "ünlü (1).md", true},
		{"", "a+b.md", "aab.md", false},
		{"", "README.md", "README.md", true},
		{"legal", "*.md", "legal/privacy.md", true},
		{"/legal/", "*.md", "legal/privacy.md", true},
		{"legal", "*.md", "privacy.md", false},
		{"legal", "*.md", "legally/privacy.md", false},
	} {
		c := choose(t, test.base, test.glob)
		if got := c.policy(test.file, func(string) bool { return false }); got != test.want {
			t.Errorf("%s in %q: %s is a policy: %v, want %v", test.glob, test.base, test.file, got, test.want)
		}
	}
}

func TestGlobsWidenWhatIsRead(t *testing.T) {
	for glob, want := range map[string][2]bool{ // does it read a.txt, a.html
		"*.md": {false, false}, "*.txt": {true, false}, "legal/*": {true, true}, "*.{md}": {false, false}, "*.[th]*": {true, true},
	} {
		c := choose(t, "", glob)
		if got := [2]bool{c.want("a.txt"), c.want("a.html")}; got != want {
			t.Errorf("%s: reads a.txt, a.html: %v, want %v", glob, got, want)
		}
	}
}

func TestAGlobThatCannotBeReadIsAFault(t *testing.T) {
	for _, glob := range []string{"a[b", "[z-a].md"} {
		_, err := newChooser("", []string{glob})
		fault(t, err)
	}
}
