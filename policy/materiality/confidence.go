package materiality

// Confidence is a band of probability. README.md tells what was measured for
// each.
type Confidence string

// The bands.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low" // read the text yourself
)
