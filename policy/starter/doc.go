// Package starter writes what a folder of policies begins with: a configuration,
// a first text, a .gitignore, the workflows that have a CI service check and
// publish, and a hook. It never touches a file that is there already.
package starter
