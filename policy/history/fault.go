package history

import (
	"errors"
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// missing is a git object that should be there.
type missing struct{ id plumbing.Hash }

func (m *missing) Error() string { return fmt.Sprintf("object %s is not in the repository", m.id) }

// damaged is the fault of an object that git itself would refuse.
func damaged(kind string, id plumbing.Hash, err error) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("the repository is damaged: %s %s cannot be read: %v", kind, id, err),
		Hint:    "look into it with: git fsck",
	}
}

// explain turns the lack of an object into the fault that this kind of clone
// calls for. Other errors stay as they are.
func (r *Repository) explain(err error) error {
	var m *missing
	var long *tooLong
	switch {
	case errors.As(err, &long):
		return long.fault()
	case !errors.As(err, &m):
		return err
	case r.partial:
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("this is a partial clone without object %s", m.id),
			Hint:    "fetch the rest with: git fetch --refetch --no-filter",
		}
	case len(r.boundary) > 0:
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("this is a shallow clone without object %s", m.id),
			Hint:    "fetch the rest with: git fetch --unshallow",
		}
	}
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("the repository is damaged: object %s is missing", m.id),
		Hint:    "look into it with: git fsck",
	}
}
