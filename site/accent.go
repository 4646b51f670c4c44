package site

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// colour is red, green and blue, from 0 to 1.
type colour [3]float64

// readColour reads #rgb or #rrggbb.
func readColour(s string) (c colour, ok bool) {
	digits, found := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !found || err != nil || len(digits) != 6 {
		return c, false
	}
	return colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}, true
}

func (c colour) String() string {
	at := func(v float64) int { return int(math.Round(v * 255)) }
	return fmt.Sprintf("#%02x%02x%02x", at(c[0]), at(c[1]), at(c[2]))
}

// luminance is relative luminance by WCAG 2.2.
func (c colour) luminance() float64 {
	sum := 0.0
	for i, share := range []float64{0.2126, 0.7152, 0.0722} {
		v := c[i] / 12.92
		if c[i] > 0.04045 {
			v = math.Pow((c[i]+0.055)/1.055, 2.4)
		}
		sum += share * v
	}
	return sum
}

// contrast is the ratio by WCAG 2.2, from 1 to 21.
func (c colour) contrast(other colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// readable returns the colour, mixed with another until it can be read on a ground:
// 4.5 to 1 (WCAG 2.2, 1.4.3), with a little to spare for rounding.
func (c colour) readable(ground, with colour) colour {
	const enough, steps = 4.6, 50
	for n := 0; n <= steps; n++ {
		part := float64(n) / steps
		mixed := colour{}
		for i := range c {
			mixed[i] = c[i]*(1-part) + with[i]*part
		}
		if mixed.contrast(ground) >= enough {
			return mixed
		}
	}
	return with
}

// accentStyle sets the accent colour of the pages, darker or lighter where it could not
// be read: on the washes of the style sheet, which stand nearer to it than its papers.
func accentStyle(accent string) (string, error) {
	c, ok := readColour(accent)
	if !ok {
		return "", &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("the accent colour %q is none that the pages can show", accent), Hint: "write it as #1a4b8c"}
	}
	light, _ := readColour("#f5f2ea")
	dark, _ := readColour("#21201d")
	return fmt.Sprintf(":root{--accent:%s}@media(prefers-color-scheme:dark){:root{--accent:%s}}", c.readable(light, colour{}), c.readable(dark, colour{1, 1, 1})), nil
}
