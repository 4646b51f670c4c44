package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"time"
)

const (
	xmlHeader        = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationshipType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	namespaces       = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relationshipType + `"`
	wordType         = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// contentTypes says what each part is (ECMA-376 part 2).
const contentTypes = xmlHeader + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + wordType + `numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/>` +
	`<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`</Types>`

const packageLinks = xmlHeader + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="document" Type="` + relationshipType + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="custom" Type="` + relationshipType + `/custom-properties" Target="docProps/custom.xml"/>` +
	`</Relationships>`

// settings ask Word for its present way of laying out, not that of an older
// version.
const settings = xmlHeader + `<w:settings ` + namespaces + `><w:defaultTabStop w:val="425"/>` +
	`<w:characterSpacingControl w:val="doNotCompress"/><w:compat>` +
	`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>` +
	`</w:compat></w:settings>`

// save writes the parts as a zip file. Their times are the first that a zip
// file can tell: the file says when it was made in its properties.
func (d *writer) save(w io.Writer, o Options) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageLinks},
		{"docProps/core.xml", core(o)},
		{"docProps/custom.xml", custom(o)},
		{"word/document.xml", d.b.String()},
		{"word/_rels/document.xml.rels", d.links.part()},
		{"word/styles.xml", styles(o.Lang)},
		{"word/numbering.xml", d.numbering.part()},
		{"word/settings.xml", settings},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{
			Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
		})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// custom writes the properties that say what the file was made of (ECMA-376
// part 1, 22.3).
func custom(o Options) string {
	out := xmlHeader + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"` +
		` xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`
	id := 2
	for _, p := range []struct{ name, value string }{{"codicil version", o.Version}, {"codicil digest", o.Digest}} {
		if p.value != "" {
			out += fmt.Sprintf(`<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>`, id, p.name, escape(p.value))
			id++
		}
	}
	return out + `</Properties>`
}

// core writes the properties of the file.
func core(o Options) string {
	out := xmlHeader + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`
	if o.Title != "" {
		out += `<dc:title>` + escape(o.Title) + `</dc:title>`
	}
	out += `<dc:creator>` + escape(o.Author) + `</dc:creator><dc:language>` + escape(o.Lang) + `</dc:language>`
	if !o.Date.IsZero() {
		for _, name := range []string{"created", "modified"} {
			out += `<dcterms:` + name + ` xsi:type="dcterms:W3CDTF">` + stamp(o.Date) + `</dcterms:` + name + `>`
		}
	}
	return out + `</cp:coreProperties>`
}
