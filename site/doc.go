// Package site builds the static site of a set of policies: a page for every
// version, redlines, histories, feeds, a JSON interface and the notice that
// other sites can embed. It also serves a built site for a preview.
//
// # The tree
//
//	/                                  index
//	/changes/                          what changed lately; /changes/2026/ all of one year
//	/{id}/                             the text in force
//	/{id}/{label}/                     one version, for good
//	/{id}/versions/                    history
//	/{id}/clauses/                     when each clause came and changed
//	/{id}/upcoming/                    the next text, once it is announced
//	/search/                           words in the texts in force, and in one policy's versions
//	/on/                               which text was in force on a day
//	/{id}/timemap                      its versions by day, as a TimeMap (RFC 7089)
//	/{id}/compare/                     any two versions, in the browser
//	/{id}/compare/{a}...{b}/           redline between neighbours
//	/{id}/compare/{a}...current/       what changed since a version: near the current one as a redline
//	/{id}/feed.atom, feed.json         feeds; /feed.atom for all policies
//	/api/v1/required.json              whom an application must ask again
//	/api/v1/notices/existing.json, new.json   what an application tells its accounts, by cohort
//	/llms.txt, /.well-known/legal-context.json   where programs find the texts in force
//	/api/v1/index.json, {id}.json      the same facts for programs; /api/v1/schema/ says what they hold
//	/embed/v1/notices.json, notice.js  the notice for other sites
//	/embed/v1/policy.js                the text in force on pages of other sites
//	/embed/v1/policy/{id}.html         the same as a piece of HTML to include
//	/embed/v1/frame/{id}/              the same as a page for a frame
//
// Every text and every redline lies beside its page as index.md, index.txt and
// index.json, and for paper as index.pdf where a printer is given. The other
// forms are inside the folder of the page, not beside
// it (/privacy/1.0/index.md, not /privacy/1.0.md): so no label can collide with
// them, one version is one folder to copy, and a relative link means the same
// in the text as in the page.
//
// # Laws
//
// The same policies, texts and options give the same bytes, for any number of
// jobs, whether the site is built anew or brought up to date. A version's
// texts (.md, .txt, .json) depend neither on the day nor on later versions, and
// its page only in the sentence that says whether it applies; it leads to /{id}/
// and to /{id}/compare/{a}...current/, which depend on both.
//
// An address that was published never vanishes: Build refuses, unless the
// address is listed as withdrawn. That is why a comparison with the current
// version does not name it: /{a}...{b}/ would be lost, or be one of a square of
// pages to keep, once b is not current any more.
//
// A build happens in a folder of its own. A new site takes the place of the old
// in one exchange; what changed in one that is there is moved to it file by file,
// once all of it is complete, and the next build ends what was cut short.
//
// # What is made again
//
// Every page has a key of what it is made from: the digests of its texts, the
// facts of its versions, the options, the program. The file .codicil-state at
// the root of a site keeps the keys, and of each version the few facts that
// histories show. Where the key is, the page is neither made nor written
// nor looked at; the manifest keeps its line. So a version costs its own page,
// its redline, and the pages that tell what is current; a day on which nothing
// takes effect costs those that name the day.
//
// Memory is bounded by a few texts a worker and some hundred bytes a version,
// whatever the length of the texts.
package site
