// Package site builds the static site of a set of policies: a page for every
// version, redlines, histories, feeds, a JSON interface and the notice that
// other sites can embed. It also serves a built site for a preview.
//
// # The tree
//
//	/                                index
//	/changes/                        what changed lately; /changes/2026/ all of one year
//	/{id}/                           the text in force
//	/{id}/{label}/                   one version, for good
//	/{id}/versions/                  history
//	/{id}/upcoming/                  the next text, once it is announced
//	/{id}/compare/{a}...{b}/         redline
//	/{id}/feed.atom, feed.json       feeds; /feed.atom for all policies
//	/api/v1/index.json, {id}.json    the same facts for programs
//	/embed/v1/notices.json, notice.js
//
// Every text and every redline lies beside its page as index.md, index.txt and
// index.json. The other forms stand inside the folder of the page, not beside
// it (/privacy/1.0/index.md, not /privacy/1.0.md): so no label can collide with
// them, one version is one folder to copy, and a relative link means the same
// in the text as in the page.
//
// # Laws
//
// The same policies, texts and options give the same bytes, for any number of
// jobs. A version's page depends neither on the day nor on later versions: it
// leads to /{id}/, which does. A build happens in a folder of its own and takes
// the place of the old site only when it is whole. Memory is bounded by the
// largest policy's newest texts, not by the history: every worker holds at most
// three texts.
package site
