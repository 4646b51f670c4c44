package materiality

import "strings"

// countries are the names of states and unions that policies tell apart.
var countries = wordSet(`uk eu eea usa u.s u.k ireland england wales scotland germany france spain italy netherlands belgium luxembourg austria switzerland swiss sweden
	norway denmark finland iceland poland portugal greece estonia latvia lithuania hungary romania bulgaria croatia cyprus malta czechia turkey türkiye israel ukraine
	russia belarus china japan korea taiwan singapore india indonesia malaysia philippines thailand vietnam australia brazil canada mexico argentina chile colombia peru
	cuba iran syria crimea sudan nigeria kenya egypt quebec europe european
	alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine
	maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia
	washington wisconsin wyoming brazilian canadian australian german french irish japanese korean indian chinese californian`)

// countryPairs are names of two words.
var countryPairs = wordSet(`new-york new-jersey new-mexico new-hampshire new-zealand united-kingdom united-states hong-kong north-korea south-korea south-africa
	north-carolina south-carolina north-dakota south-dakota west-virginia rhode-island european-union saudi-arabia sri-lanka costa-rica puerto-rico
	united-arab european-economic`)

// countryHeads are the first words of these.
var countryHeads = func() map[string]bool {
	heads := make(map[string]bool)
	for pair := range countryPairs {
		head, _, _ := strings.Cut(pair, "-")
		heads[head] = true
	}
	return heads
}()

// isCountry returns how many words the name of a country takes that is at
// word i, 0 if none does.
func isCountry(list []word, i int) int {
	if i+1 < len(list) && countryHeads[list[i].norm] && countryPairs[list[i].norm+"-"+list[i+1].norm] {
		return 2
	}
	if countries[list[i].norm] {
		return 1
	}
	return 0
}
