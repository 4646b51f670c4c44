// Package expand makes one text of a source that several policies share: the
// names of brands are put in, clauses that are kept in one place are brought in,
// and what holds for one brand or country alone is left out elsewhere.
//
//	{{company}}                              the value of a name
//	{{> contact}}                            the file contact.md, beside this one
//	{{#if country = DE, AT}} … {{else}} … {{/if}}    and != for all others
//	\{{                                      two braces that mean nothing
//
// It is no language to write programs in: there are no loops, no functions, no
// values of values. Whatever cannot be read is a fault with its place, and what
// has a fault gives no text. A tag of a block, or of a file, that stands alone on
// its line takes the line with it.
//
// The package exists so that what the command writes, what check demands, what
// verify makes again of an old commit and what the desk shows are one text. It
// knows no file and no git: the texts come through a function. Sources may be
// anybody's, so their size, their depth and the work that they make are bounded.
package expand
