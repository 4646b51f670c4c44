package lexicon

// hanDigits are the digits of Chinese and Japanese numbers.
var hanDigits = map[string]float64{"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
	"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}

// formal are digits that are parts of other words, too, where they are alone.
var formal = map[string]bool{"壹": true, "贰": true, "叁": true, "肆": true, "伍": true, "陆": true, "柒": true, "捌": true, "玖": true, "拾": true,
	"两": true, "百": true, "千": true, "万": true, "萬": true, "零": true}

// hanScales multiply what is before them.
var hanScales = map[string]float64{"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}

// hanNumber reads a number in Chinese characters, and returns its value and how
// many atoms it takes, 0 when there is none.
func hanNumber(atoms []atom) (value float64, taken int) {
	total, section, digit := 0.0, 0.0, -1.0
	n := 0
	for ; n < len(atoms); n++ {
		if d, ok := hanDigits[atoms[n].text]; ok {
			if digit > 0 {
				digit = digit*10 + d // read out digit by digit: 二〇二四
			} else {
				digit = d
			}
			continue
		}
		times, ok := hanScales[atoms[n].text]
		if !ok || n == 0 && times > 10 {
			break
		}
		switch {
		case times >= 1e4:
			total, section = total+(section+max(digit, 0))*times, 0
		case digit < 0:
			section += times
		default:
			section += digit * times
		}
		digit = -1
	}
	return total + section + max(digit, 0), n
}
