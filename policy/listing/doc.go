// Package listing holds what there is to tell of policies, versions and texts to
// somebody who lists them: the shapes that the command prints as JSON, and the
// words for what a reader should know besides. Days and cohorts are arguments.
package listing
