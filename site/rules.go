package site

import "github.com/codicil/codicil/policy"

// Rules lists the rules that findings of this package name.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: "site-sums", Title: "A built site lists the versions that the history holds", Reason: "readers and archives take the list for what was published"},
		{ID: "site-chain", Title: "The chain of a built site follows from its versions", Reason: "whoever noted down the chain of one version checks all before it by it"},
		{ID: "site-text", Title: "A built site shows the texts that the history holds", Reason: "what readers see must be what was published"},
		{ID: "text", Title: "The text of a version can be read", Reason: "a version whose text cannot be shown is in the history without it"},
		{ID: "template", Title: "A template of the publisher can be read", Reason: "pages are written by it"},
		{ID: "theme", Title: "What the publisher adds to the pages works under their rules", Reason: "pages load nothing from elsewhere, and a browser leaves out what would"},
		{ID: "site-differs", Title: "A built site is what this program builds from the history", Reason: "a page that was altered together with the list of its digests is found by building it again"},
		{ID: "site-file", Title: "A built site has the files that the build made", Reason: "a file that came or changed since was published by nobody"},
	}
}
