package email

import (
	"net/textproto"
	"testing"

	"github.com/codicil/codicil/notify"
)

func TestEveryAnswerOfFiveHundredIsPermanent(t *testing.T) {
	for code, want := range map[int]notify.ErrorKind{499: notify.Temporary, 500: notify.Permanent, 501: notify.Permanent, 550: notify.Permanent, 421: notify.Temporary} {
		if got := fault(notify.StageRcpt, &textproto.Error{Code: code, Msg: "no"}); got.Kind != want || got.Code != code {
			t.Errorf("%d is of kind %d, want %d", code, got.Kind, want)
		}
	}
}
