package subscribe

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

// Ledger keeps who follows what. The ledgers of package notify/ledger do.
type Ledger interface {
	// Follow puts a confirmed follower on record; notify.ErrLeft says that they
	// left after they had asked.
	Follow(ctx context.Context, f notify.Follower, asked time.Time) error
	// Choose changes what a follower follows; false when they follow nothing.
	Choose(ctx context.Context, recipient []byte, lang string, policies []string, at time.Time) (bool, error)
	// Leave ends one policy, or all when policy is empty; known are all there are.
	Leave(ctx context.Context, recipient []byte, policy string, known []string, at time.Time) error
	// Erase is Leave from all, and removes the address wherever it is.
	Erase(ctx context.Context, recipient []byte, known []string, at time.Time) (notify.Erased, error)
	// Follower returns who is on record, or nil.
	Follower(ctx context.Context, recipient []byte) (*notify.Follower, error)
	// Suppressions gives those that a filter picks.
	Suppressions(ctx context.Context, f notify.SuppressionFilter) ([]notify.Suppression, error)
	// RecordBounce records what came back.
	RecordBounce(ctx context.Context, b notify.Bounce) (recorded bool, err error)
	// KeepLetter keeps a letter that the server did not take; DueLetters gives
	// those whose time has come, and MarkLetter ends one or puts it off.
	KeepLetter(ctx context.Context, to notify.Recipient, l notify.Letter, retry time.Time) error
	DueLetters(ctx context.Context, now time.Time) ([]notify.KeptLetter, error)
	MarkLetter(ctx context.Context, id int64, retry time.Time) error
	// Decline records the first refusal of a person and version, and says when that
	// was; Declined says when a person declined, zero for never.
	Decline(ctx context.Context, r notify.Refusal) (at time.Time, first bool, err error)
	Declined(ctx context.Context, version string, recipient []byte) (time.Time, error)
	// Acknowledge records the first acknowledgement of a person and version.
	Acknowledge(ctx context.Context, a notify.Acknowledgement) (first bool, err error)
}

// Mailer sends one letter to one person. Those of package notify/email do.
type Mailer interface {
	Mail(ctx context.Context, to notify.Recipient, l notify.Letter) error
}

// Policy is one that can be followed.
type Policy struct {
	ID    string
	Title string
}

// Offer is a version that people may decline, or might once.
type Offer struct {
	Version   string // privacy@2.0
	Title     string // of the policy
	Label     string
	SHA256    string // of the text
	Announced policy.Date
	Effective policy.Date
	Until     policy.Date // the last day
	End       time.Time   // when that day is over
	Means     string      // what follows for who declines, in the publisher's words
	Lang      string      // of these words: a BCP 47 tag
	URL       string      // of the text; empty when there is none
	Compare   string      // of what it changes; empty when there is none
	Since     string      // of what changed between the version before it and whatever is in force; empty when there is none
}

// Options say what the server is made of.
type Options struct {
	Title    string   // of the publisher
	URL      string   // under which the world reaches the server: https://notices.example.com
	Site     string   // where the policies are published; empty for nowhere
	Lang     string   // of pages for those who ask for a language that we do not speak
	Policies []Policy // at least one
	Former   []Policy // that were withdrawn: nobody can follow them, and the links of their notices still unsubscribe
	Style    []byte   // the style sheet of the site

	Key     notify.Key
	Ledger  Ledger
	Mailer  Mailer
	Log     *slog.Logger
	Now     func() time.Time
	Proxies []netip.Prefix // machines whose X-Forwarded-For is believed; this machine's is always

	// PerNetwork is how many requests that lead to mail are taken from one
	// network (IPv4 /24, IPv6 /48); default 30 an hour. PerAddress is how many
	// letters one address gets; default 3 a day. A negative count is no bound.
	PerNetwork, PerAddress notify.Rate
	// PerDomain and Overall are how many letters go to one domain and to all;
	// default 600 and 3000 an hour.
	PerDomain, Overall notify.Rate

	// Offers lists what can, or could, be declined; nil for nothing.
	Offers func() []Offer

	Keys RelayKeys // of relays that sign their reports

	TimeGate http.Handler // leads programs to the text of a moment, at /timegate/; nil for none

	IntakeKey      string    // of relays that report; empty refuses them
	Relays         []Mapping // besides those that are known
	AcknowledgeKey string    // of the operator's own server; empty refuses it
	// Digest returns the SHA-256 of a version, in hex; false for one that was
	// never published. Needed for acknowledgements.
	Digest func(policy, label string) (string, bool)
	// Since returns the address of what changed since a version, empty when there is
	// none; nil for nowhere. Answers to acknowledgements name it.
	Since func(policy, label string) string
}

// The bounds that hold unless the options say otherwise.
const (
	defaultPerNetwork = 30
	defaultPerAddress = 3
	defaultPerDomain  = 600
	defaultOverall    = 3000
)

func (o *Options) check() error {
	u, err := url.Parse(o.URL)
	local := err == nil && (u.Hostname() == "localhost" || isLoopback(u.Hostname()))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && local):
		return fmt.Errorf("%q is not an https address under which followers reach the server", o.URL)
	case u.RawQuery != "" || u.Fragment != "":
		return errors.New("the address of the server has a query or a fragment; leave it out")
	case len(o.Policies) == 0:
		return errors.New("there is no policy to follow")
	case len(o.Key) == 0:
		return errors.New("the server needs the key of the ledger")
	}
	o.URL = strings.TrimRight(o.URL, "/")
	if o.PerNetwork.Count == 0 {
		o.PerNetwork = notify.Rate{Count: defaultPerNetwork, Per: time.Hour}
	}
	if o.PerDomain.Count == 0 {
		o.PerDomain = notify.Rate{Count: defaultPerDomain, Per: time.Hour}
	}
	if o.Overall.Count == 0 {
		o.Overall = notify.Rate{Count: defaultOverall, Per: time.Hour}
	}
	if o.PerAddress.Count == 0 {
		o.PerAddress = notify.Rate{Count: defaultPerAddress, Per: 24 * time.Hour}
	}
	for _, m := range o.Relays {
		if err := m.check(); err != nil {
			return err
		}
	}
	return nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// ids lists what can be followed.
func (o *Options) ids() []string {
	ids := make([]string, 0, len(o.Policies))
	for _, p := range o.Policies {
		ids = append(ids, p.ID)
	}
	return ids
}

// title returns how a policy is called.
func (o *Options) title(id string) string {
	for _, p := range slices.Concat(o.Policies, o.Former) {
		if p.ID == id {
			return p.Title
		}
	}
	return id
}
