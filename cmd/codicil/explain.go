package main

import (
	"errors"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/site"
)

// explain parts an error into what went wrong and what to do next.
func (a *app) explain(err error) (message, hint string) {
	message = strings.TrimRight(err.Error(), "\n")
	if own := (*hintError)(nil); errors.As(err, &own) {
		return message, own.hint
	}
	if fault := (*history.Fault)(nil); errors.As(err, &fault) {
		return message, fault.Hint
	}
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		return message, fault.Hint
	}
	if fault := (*site.Fault)(nil); errors.As(err, &fault) {
		return message, fault.Hint
	}
	if stop := (*notify.StopError)(nil); errors.As(err, &stop) {
		return message, stop.Hint
	}
	return message, ""
}
