// Package tree keeps a folder of files that a program has built: it stages the
// new files, puts them in their place at once, lists them with their digests,
// and knows which of them still are as they were left. It exists so that the
// one place that writes and deletes below a folder of the user can be read by
// itself; what the files say is no matter of its.
//
// # Trust
//
// A folder can come from anywhere: a clone may carry one that looks like ours.
// What was built here is therefore remembered in a record outside of the folder,
// with the state of each file as the system tells it. Only what the record
// bears out is taken over into a new build. A folder without a record that says
// of itself what it holds is checked against that, byte by byte, and then
// replaced as a whole; any other belongs to somebody else and is refused.
//
// Everything below the folder is reached through an [os.Root], so that neither a
// link nor a name with ".." leads out of it.
//
// # Laws
//
// A build that fails or is killed leaves the old files. A reader sees the old
// files or the new ones: the folders change places in one step. Where the system
// or the size does not allow that, new files come first, then those that changed,
// and what is to go goes last, so that no page leads to what is not there; a
// build that is killed meanwhile is made good by the next one.
package tree
