package main

import (
	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema {config|front-matter}",
		Short: "Print the JSON Schema of codicil.yaml or of front matter",
		Long: "Schema prints a JSON Schema (2020-12), by which editors complete and check what you write. For\n" +
			"VS Code, with the YAML extension, save it beside the configuration and set in settings.json:\n\n" +
			"  \"yaml.schemas\": { \"./codicil.schema.json\": \"codicil.yaml\" }\n\n" +
			"Editors do not look into the front matter of Markdown; `codicil check` reads it by the same rules.",
		Example:   "  codicil schema config\n  codicil schema front-matter",
		ValidArgs: []string{"config", "front-matter"},
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] == "config" {
				return printJSON(a.stdout, config.ForConfig())
			}
			return printJSON(a.stdout, config.ForFrontMatter())
		},
	}
}
