package materiality

import "github.com/codicil/codicil/policy"

// collectionRules returns the rules about what data is collected.
func collectionRules() []Rule {
	return []Rule{
		{
			ID: "sensitive-data", Category: DataCollection, Severity: policy.Major,
			Looks: "sensitive data or a surprising way to collect it",
			Why:   "The text on collecting sensitive data changed: \"{before}\" became \"{after}\". Sensitive data touches people most and needs their notice.",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DataCollection}, Words: "biometric, geolocation, precise location, latitude, health information, ethnic, racial, fingerprint, microphone, camera, voice recording, genetic, keystroke, background check"},
			Examples: []Example{
				{"We collect your name.", "We collect your name.\n\nWe collect your fingerprint."},
				{"We collect geolocation data from your device. We collect your name.", "We collect your name."},
			},
			Misses: []Example{
				{"We collect your name.", "We collect your name.\n\nWe collect your nickname."},
			},
		},
		{
			ID: "tracking-changed", Category: DataCollection, Severity: policy.Major,
			Looks: "cookies, beacons, logs and other tracking",
			Why:   "The text on tracking changed: \"{before}\" became \"{after}\".",
			When:  Pattern{Shifts: []Shift{Appears, Vanishes, Rewording, Member}, About: []Category{DataCollection}, Words: "cookie, pixel, beacon, tracking technologies, ip address, log data, telemetry, device identifier, browsing history, search history"},
			Examples: []Example{
				{"We collect your name.", "We collect your name.\n\nWe may collect IP addresses and log data."},
				{"We collect your name. We use cookies and web beacons to collect browsing history.", "We collect your name."},
			},
			Misses: []Example{
				{"Cookies are small.", "Cookies are little."},
			},
		},
	}
}
