package email_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// faults are the 42 that a sender of notices must survive, each with the test
// that holds it to the outcome. The numbers are those of the study of other
// mailers behind this package.
var faults = map[string]string{
	"1 greylisted with 450 or 451":                       "TestFaultsOfTheServer",
	"2 unknown mailbox":                                  "TestFaultsOfTheServer",
	"2 unknown mailbox is not mailed again":              "TestAnUnknownMailboxIsSuppressed",
	"3 mailbox full":                                     "TestFaultsOfTheServer",
	"4 421 at greeting, MAIL or later":                   "TestSessionEndedByTheServerCostsNothing",
	"5 554 on every connect":                             "TestBannerRefusalsStopTheNotice",
	"6 5.7.515 and 5.7.26":                               "TestRefusalsAboutUsStopTheNotice",
	"7 451 at the end of the message":                    "TestFaultsOfTheServer",
	"8 content refused for everybody":                    "TestRefusalsAboutUsStopTheNotice",
	"9 dropped before the greeting":                      "TestOddServersAreReadRightly",
	"10 dropped in mid-message":                          "TestFaultsOfTheServer",
	"11 answer lost after the end of the message":        "TestFaultsOfTheServer",
	"12 250, then RSET or QUIT fails":                    "TestInterruptedRunFinishesWhatIsOnItsWay",
	"13 reset at any step":                               "TestConnectionsThatAreResetLoseNobody",
	"14 server that keeps silent":                        "TestSilentServerIsLeftAfterItsTime",
	"14 server that answers by the octet":                "TestServerThatAnswersByTheOctetIsLeftAfterItsTime",
	"15 server that takes no body":                       "TestServerThatTakesNoBodyIsLeftAfterItsTime",
	"16 replies in many lines, long or without text":     "TestLongRepliesAreCutAtACharacter",
	"17 garbage, or a reply too many":                    "TestOddServersAreReadRightly",
	"18 a command of a group refused":                    "TestRepliesOfAGroupAreMatchedInOrder",
	"19 no PIPELINING":                                   "TestOddServersAreReadRightly",
	"20 SIZE below the message":                          "TestOddServersAreReadRightly",
	"21 no SMTPUTF8 for such an address":                 "TestAddressBeyondASCIINeedsAServerThatTakesIt",
	"22 STARTTLS stripped":                               "TestNothingIsSentInClearToAnotherMachine",
	"23 certificate of another, expired or unknown":      "TestCertificateMustBeTheServersOwn",
	"24 words in clear behind STARTTLS":                  "TestWordsBeforeTLSAreNotHeard",
	"25 AUTH refused":                                    "TestPasswordIsCheckedAndNeverTold",
	"26 few messages a connection":                       "TestSessionEndedByTheServerCostsNothing",
	"27 few connections":                                 "TestServerThatTakesFewConnectionsGetsFew",
	"28 server down for a while":                         "TestServerThatGoesDownIsWaitedFor",
	"29 kill -9":                                         "TestKilledSenderLosesNobody",
	"29 kill -9 of several at once":                      "TestKilledSendersThatShareALedgerLoseNobody",
	"30 power loss":                                      "TestPowerLossForgetsTheLastMarksAndNothingElse",
	"30 power loss, nothing forgotten":                   "TestPowerSafeWaitsForTheDisk",
	"31 ledger's disk full":                              "TestFullDiskStopsTheSendingAtOnce",
	"32 two processes on one file":                       "TestSecondProcessIsRefusedAndToldWhoHoldsTheLedger",
	"33 database restarts, worker frozen past its claim": "TestPostgres",
	"34 clock set back or forward":                       "TestAClockThatJumpsLosesNoRetryAndKeepsNobodyBusy",
	"34 clock set back under a rate":                     "TestAClockSetBackDoesNotHoldTheRate",
	"35 CR, LF or NUL in a field":                        "TestNothingCanAddAHeader",
	"36 dots at the start of lines, lone CR":             "TestDotsAtTheStartOfLinesSurvive",
	"37 repeated addresses, rubbish in the list":         "TestListWithRubbishReachesEverybodyElse",
	"38 field missing, HTML in a name, other scripts":    "TestNamesArriveAsTheyAre",
	"39 unsubscribed on the way":                         "TestWhoIsSuppressedOnTheWayIsNotTriedAgain",
	"39 token forged or of another":                      "TestTokensNameTheirRecipientAndNothingElse",
	"40 forged, late or monstrous reports":               "TestOtherMailIsNoReport",
	"41 the same notice started again":                   "TestEverybodyIsToldOnce",
	"42 stopped and resumed":                             "TestInterruptedRunFinishesWhatIsOnItsWay",
}

func TestEveryFaultHasItsTest(t *testing.T) {
	var code strings.Builder
	for _, pattern := range []string{"*_test.go", "../*_test.go", "../ledger/*_test.go", "../../cmd/codicil/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	numbers := map[string]bool{}
	for fault, test := range faults {
		number, _, _ := strings.Cut(fault, " ")
		numbers[number] = true
		if !strings.Contains(code.String(), "func "+test+"(t *testing.T)") {
			t.Errorf("fault %s: there is no %s", fault, test)
		}
	}
	if len(numbers) != 42 {
		t.Errorf("%d of the 42 faults have a test", len(numbers))
	}
}
