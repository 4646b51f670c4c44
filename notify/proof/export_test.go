package proof

import (
	"bytes"
	"encoding/hex"
	"encoding/json"

	"github.com/codicil/codicil/notify/ledger"
)

// Line writes an attempt as the bundle does, and as the package json does.
func Line(before []byte, a *ledger.Attempt) (ours, theirs []byte) {
	whole := newAttempt(*a)
	whole.Before = hex.EncodeToString(before)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(whole) // of texts and numbers it cannot fail
	return appendAttempt(nil, before, a), b.Bytes()
}
