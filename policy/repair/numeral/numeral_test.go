package numeral

import "testing"

func TestNumbersAreWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][2]string{
		0: {"", ""}, 1: {"I", "一"}, 4: {"IV", "四"}, 9: {"IX", "九"}, 10: {"X", "十"}, 11: {"XI", "十一"}, 19: {"XIX", "十九"}, 20: {"XX", "二十"},
		40: {"XL", "四十"}, 99: {"XCIX", "九十九"}, 100: {"C", ""}, 444: {"CDXLIV", ""}, 3999: {"MMMCMXCIX", ""}, 4000: {"", ""},
	} {
		if roman, han := Roman(n), Han(n); roman != want[0] || han != want[1] {
			t.Errorf("%d is written %q and %q", n, roman, han)
		}
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	for n := 1; n < 400; n++ {
		if got := RomanValue(Roman(n)); got != n {
			t.Errorf("%s is read as %d", Roman(n), got)
		}
	}
	for n := 1; n <= 99; n++ {
		if got := HanValue(Han(n)); got != n {
			t.Errorf("%s is read as %d", Han(n), got)
		}
	}
}

func TestWhatIsNoNumberIsNotRead(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "IIII", "VX", "IC", "CD", "D", "M", "i", "MIX", "LIVID"} {
		if n := RomanValue(s); n != 0 {
			t.Errorf("%q is read as %d", s, n)
		}
	}
	for _, s := range []string{"", "百", "一一", "十十", "十百", "a"} {
		if n := HanValue(s); n != 0 {
			t.Errorf("%q is read as %d", s, n)
		}
	}
}
