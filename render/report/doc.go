// Package report writes what a review found out for those who read it elsewhere
// than on a terminal: SARIF and annotations beside the lines of a code host, the
// comment on a pull request, and JSON.
package report
