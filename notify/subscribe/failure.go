package subscribe

import (
	"errors"
	"fmt"

	"github.com/codicil/codicil/notify"
)

// retried reports whether another try may go better. A letter whose fate is
// unknown is not sent again: whoever misses it asks anew.
func retried(err error) bool {
	var failed *notify.SendError
	return !errors.As(err, &failed) || failed.Kind == notify.Temporary
}

// withoutReply says what broke without the words of the server, which may
// repeat the address.
func withoutReply(err error) string {
	var failed *notify.SendError
	if !errors.As(err, &failed) {
		return "the server cannot be reached"
	}
	return fmt.Sprintf("%s, code %d %s", failed.Stage, failed.Code, failed.Enhanced)
}
