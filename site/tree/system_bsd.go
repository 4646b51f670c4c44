//go:build unix && !linux && !darwin

package tree

import (
	"errors"
	"os"
)

// exchanges says that two folders can change places on this system.
const exchanges = false

func exchange(*os.File, string, string) error { return errors.ErrUnsupported }
