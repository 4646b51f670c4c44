package policy

// AnnouncedText is what people were told of a version, as something beside git
// has it: the site that was built last, or the ledger of notices.
type AnnouncedText struct {
	Policy    string // its id
	Label     string
	SHA256    string // of the text, as git holds it
	Revision  string // the commit that has the text
	Path      string // where
	Effective Date   // from when it was to bind; zero when that is not known
	Cancelled bool   // that it does not take effect

	By   string // who told: "the site in .build/site"; empty for a notice
	Day  Date   // on which a notice was sent
	Many int    // how many people a notice reached
}
