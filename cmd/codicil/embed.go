package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/site"
)

func (a *app) embedCommand() *cobra.Command {
	var baseURL string
	cmd := &cobra.Command{
		Use:   "embed",
		Short: "Print the script tag that shows the notices on another site",
		Long: "Embed prints the tag for the pages of your other sites, with the digest of the script, and the\n" +
			"words that their content security policy needs. The tag fits the site that this program builds.",
		Example: "  codicil embed\n  codicil embed --base-url https://example.com/legal --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.embed(baseURL) },
	}
	cmd.Flags().StringVar(&baseURL, "base-url", "", "the `URL` at which the policies stand")
	return cmd
}

func (a *app) embed(baseURL string) error {
	if baseURL == "" {
		cfg, err := config.Load(a.config)
		if err != nil {
			return err
		}
		baseURL = cfg.BaseURL
	}
	e, err := site.Embed(baseURL)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, e)
	}
	fmt.Fprintln(a.stdout, e.Tag)
	a.say("content security policy of the page: script-src %s; connect-src %s", e.Origin, e.Origin)
	a.say("the copy that changes with the program, without integrity: %s", e.Latest)
	a.say("one file with the notices in it, to serve from your own address: %s", e.Contained)
	a.say("for pages without script, a piece of HTML to include: %s", e.Fragment)
	return nil
}
