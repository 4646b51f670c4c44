package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Declared says what WriteDeclaration wrote.
type Declared struct {
	File  string   `json:"file"`
	Terms int      `json:"terms"`
	Left  []string `json:"left_out"` // ids of policies whose type the archive does not know, or has for another of them already
}

// String says it for people.
func (d *Declared) String() string {
	said := policy.Plural(d.Terms, "text", "texts") + " in " + d.File
	if len(d.Left) > 0 {
		said += "\nleft out, as the archive has no type for them, or one that another has: " + strings.Join(d.Left, ", ")
	}
	return said
}

// WriteDeclaration writes, into the folder declarations within dir, the file by which
// Open Terms Archive follows the policies that are in force on a day. Files of others
// that lie there stay.
func WriteDeclaration(dir, name, baseURL string, policies []*policy.Policy, on policy.Date) (*Declared, error) {
	d, left, err := declare(name, baseURL, policies, on)
	if err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(dir, "declarations")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file := strings.TrimLeft(strings.NewReplacer("/", "-", "\\", "-", ":", "-").Replace(name), ".") + ".json"
	f, err := root.Create(file)
	if err != nil {
		return nil, fmt.Errorf("writing the declaration: %w", err)
	}
	_, err = f.Write(append(data, '\n'))
	return &Declared{filepath.Join(folder, file), len(d.Terms), left}, errors.Join(err, f.Close())
}

// declaration is what Open Terms Archive needs to follow the policies of a service: a
// file of its declarations, by the schema of its engine.
type declaration struct {
	Name  string                   `json:"name"`
	Terms map[string]declaredTerms `json:"terms"` // by the types of terms that the archive knows
}

// declaredTerms says where a text is and which part of its page counts.
type declaredTerms struct {
	Fetch  string   `json:"fetch"`
	Select []string `json:"select"`
	Remove []string `json:"remove"`
}

// termsType is a type of terms of the archive, with the names that policies of the
// type go by.
type termsType struct {
	name  string
	names *regexp.Regexp
}

// termsTypes lists the types by which policies are told apart, the narrow ones first:
// "Developer Terms" are no terms of service.
func termsTypes() []termsType {
	of := func(names string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + names + `)\b`) }
	return []termsType{
		{"Trackers Policy", of(`cookies?|trackers?|tracking`)},
		{"Data Processor Agreement", of(`dpa|data process(?:ing|or)s?`)},
		{"Copyright Claims Policy", of(`dmca|copyright`)},
		{"Law Enforcement Guidelines", of(`law enforcement|legal requests?|user data requests?`)},
		{"Developer Terms", of(`developers?|api`)},
		{"Brand Guidelines", of(`brand|trademarks?|logos?`)},
		{"Acceptable Use Policy", of(`acceptable use`)},
		{"Community Guidelines", of(`community|code of conduct|conduct`)},
		{"Deceased Users", of(`deceased`)},
		{"Human Rights Policy", of(`human rights`)},
		{"Imprint", of(`imprint|impressum|legal notice`)},
		{"Commercial Terms", of(`commercial|corporate|enterprise|business|customer`)},
	}
}

// typeOf names the type of a policy; empty when the archive knows none.
func typeOf(p *policy.Policy) string {
	name := strings.NewReplacer("-", " ", "_", " ", "/", " ").Replace(p.ID) + " " + p.Title
	for _, t := range termsTypes() {
		if t.names.MatchString(name) {
			return t.name
		}
	}
	switch legalRel(p.ID, p.Title) {
	case "privacy-policy":
		return "Privacy Policy"
	case "terms-of-service":
		return "Terms of Service"
	}
	return ""
}

// declare makes the declaration of the policies that are in force on a day, of a
// service of that name, and returns the ids of those that are left out.
func declare(name, baseURL string, policies []*policy.Policy, on policy.Date) (*declaration, []string, error) {
	s, err := scriptAt(baseURL, "policy")
	if err != nil {
		return nil, nil, err
	}
	d := &declaration{Name: name, Terms: make(map[string]declaredTerms)}
	var left []string
	sorted := slices.Clone(policies)
	// Of two of a type the one with the shorter id is the one that people mean.
	slices.SortStableFunc(sorted, func(a, b *policy.Policy) int { return len(a.ID) - len(b.ID) })
	for _, p := range sorted {
		if p.TranslationOf != "" || p.InForce(on) == nil {
			continue
		}
		kind := typeOf(p)
		if _, taken := d.Terms[kind]; taken || kind == "" {
			left = append(left, p.ID)
			continue
		}
		d.Terms[kind] = declaredTerms{Fetch: policy.LinkTo(s.base, policy.AddressOf(p).Page()), Select: []string{"main h1", "main .text"}, Remove: []string{"main a.anchor"}}
	}
	slices.Sort(left)
	return d, left, nil
}
