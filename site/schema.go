package site

import (
	"embed"
	"path"

	"github.com/codicil/codicil/render"
)

//go:embed schemas
var schemaFiles embed.FS

// schemaDir is where the schemas of the JSON files lie, by JSON Schema 2020-12.
const schemaDir = "api/v1/schema/"

// writeSchemas writes the schemas; that of redlines is of the package that writes
// those. They say what programs may rely on: names
// stay and keep their meaning, new ones may come.
func (b *builder) writeSchemas() error {
	entries, err := schemaFiles.ReadDir("schemas")
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := schemaFiles.ReadFile(path.Join("schemas", e.Name()))
		if err != nil {
			return err
		}
		if err := b.stage.Write(schemaDir+e.Name(), data); err != nil {
			return err
		}
	}
	return b.stage.Write(schemaDir+"redline.json", []byte(render.RedlineSchema()))
}
