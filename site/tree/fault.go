package tree

import "errors"

// Fault is a fault of the user: what is wrong, and what to do about it.
type Fault struct {
	Message string
	Hint    string
	Err     error // cause, if there is one
}

// Error returns the message.
func (f *Fault) Error() string { return f.Message }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// ErrChanged says that somebody else has changed the folder during the build.
// Building once more starts from what is there then.
var ErrChanged = errors.New("the folder was changed by somebody else during the build")
