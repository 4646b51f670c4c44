package site

import (
	"encoding/json"
	"html/template"
)

// thing is a node of JSON-LD, https://schema.org. A private contract is no
// Legislation, so a version is a DigitalDocument that a WebPage shows.
type thing struct {
	Context      string `json:"@context,omitempty"`
	Type         string `json:"@type"`
	Name         string `json:"name"`
	URL          string `json:"url,omitempty"`
	Identifier   string `json:"identifier,omitempty"`
	InLanguage   string `json:"inLanguage,omitempty"`
	Version      string `json:"version,omitempty"`
	DateCreated  string `json:"dateCreated,omitempty"`
	Published    string `json:"datePublished,omitempty"`
	DateModified string `json:"dateModified,omitempty"`
	Abstract     string `json:"abstract,omitempty"`
	IsBasedOn    string `json:"isBasedOn,omitempty"`
	IsPartOf     *thing `json:"isPartOf,omitempty"`
	MainEntity   *thing `json:"mainEntity,omitempty"`
}

// documentData describes a text to programs that read the page.
func (b *builder) documentData(p *versionPage, dir string) (template.JS, error) {
	v := p.Version
	document := &thing{
		Type: "DigitalDocument", Name: p.Title, URL: b.address(p.Dir), Identifier: "sha256:" + v.SHA256, InLanguage: p.History.lang,
		Version: v.Label, DateCreated: stamp(v.Committed), Published: stamp(v.Published), DateModified: v.Effective.String(), Abstract: p.Summary,
	}
	for i := range p.History.versions[:len(p.History.versions)-1] {
		if p.History.versions[i] == v {
			document.IsBasedOn = b.address(p.History.versionDir(i + 1))
		}
	}
	data, err := json.Marshal(thing{
		Context: "https://schema.org", Type: "WebPage", Name: p.Title, URL: b.address(dir), InLanguage: p.History.lang,
		IsPartOf: &thing{Type: "WebSite", Name: b.Title, URL: b.address("")}, MainEntity: document,
	})
	return template.JS(data), err // json.Marshal escapes what could end the script element
}
