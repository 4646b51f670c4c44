package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
)

// config is codicil.yaml. Every key may be left out.
type config struct {
	Title     string         `yaml:"title"`
	BaseURL   string         `yaml:"base_url"`
	Policies  []string       `yaml:"policies"`
	Versions  versionsConfig `yaml:"versions"`
	Lang      string         `yaml:"lang"` // of the pages about all policies, and of policies that name none
	Site      themeConfig    `yaml:"site"`
	Strict    bool           `yaml:"strict"`    // publish nothing while a newest text is broken
	Withdrawn []string       `yaml:"withdrawn"` // addresses of the site that may vanish, such as old-terms/
	Notice    struct {
		Period    map[string]string   `yaml:"period"`
		Channels  map[string][]string `yaml:"channels"`
		Audiences []string            `yaml:"audiences"` // whose laws ask for more: gdpr, p2b, hk, pipl
		Holidays  string              `yaml:"holidays"`  // file of days on which no business is done
		Remind    bool                `yaml:"remind"`    // show a notice again on the day the change takes effect
	} `yaml:"notice"`
	Lint       map[string]policy.Level `yaml:"lint"`  // rules of the linter: off, warning or error
	Rules      []ruleConfig            `yaml:"rules"` // changes to the rule book of the assessment
	Email      emailConfig             `yaml:"email"`
	Recipients string                  `yaml:"recipients"`
	Ledger     string                  `yaml:"ledger"`
	Timezone   string                  `yaml:"timezone"` // whose days deadlines and dates are: Europe/Berlin; UTC unless given
	Durable    string                  `yaml:"durable"`  // what a record of the ledger outlives: process (default) or power
	Retain     string                  `yaml:"retain"`   // how long addresses stay in it once nothing more is sent to them
	Serve      serveConfig             `yaml:"serve"`    // the pages for people without an account
	Webhooks   []webhookConfig         `yaml:"webhooks"` // other systems to tell of announcements
	Signers    []signer                `yaml:"signers"`  // who may publish; empty for anyone
	Reader     readerConfig            `yaml:"reader"`   // a second reader of changes, asked by the verb read alone

	file string // where it was read from; empty when there is none
	dir  string // the folder that its paths are relative to
}

// versionsConfig says what starts a version: in one word, or as a mapping that
// names commits of the published branch too.
type versionsConfig struct {
	Starts   policy.Start   `yaml:"starts"`
	Mainline policy.Strings `yaml:"mainline"` // commits that the published branch pointed to, where a merge leaves that open
}

// UnmarshalYAML reads a word or a mapping.
func (v *versionsConfig) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&v.Starts) == nil {
		return nil
	}
	var both struct {
		Starts   policy.Start   `yaml:"starts"`
		Mainline policy.Strings `yaml:"mainline"`
	}
	if err := unmarshal(&both); err != nil {
		return err
	}
	*v = versionsConfig(both)
	return nil
}

// themeConfig says how the site looks.
type themeConfig struct {
	Logo      string       `yaml:"logo"`      // file of a picture
	Links     []linkConfig `yaml:"links"`     // in the head of every page
	Style     string       `yaml:"style"`     // file of CSS, read after the site's own
	Templates string       `yaml:"templates"` // folder of templates that take the place of those of the same name
}

// linkConfig is a link to another page of the publisher.
type linkConfig struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// emailConfig says how notices are mailed. Secrets come from the environment or
// from files.
type emailConfig struct {
	From        string       `yaml:"from"`
	SMTP        string       `yaml:"smtp"`
	Connections int          `yaml:"connections"`
	Rate        string       `yaml:"rate"`
	PerDomain   domainConfig `yaml:"per_domain"`
	Canary      canaryConfig `yaml:"canary"`      // who is told first
	MaxRefused  int          `yaml:"max_refused"` // percent of unknown addresses at which sending stops; default 10, -1 for never
	Retry       string       `yaml:"retry"`       // before the second attempt for a recipient: 1m, which doubles up to 4h
	ReturnPath  string       `yaml:"return_path"` // takes reports of what could not be delivered
	Unsubscribe string       `yaml:"unsubscribe"` // https address by which followers leave
	DKIM        dkimConfig   `yaml:"dkim"`

	Templates string              `yaml:"templates"` // folder of email.txt.tmpl, email.html.tmpl, or email.LANG.txt.tmpl and so on
	Languages []string            `yaml:"languages"` // to write in, besides those of the policy's texts
	Actions   map[string][]string `yaml:"actions"`   // what else the reader can do, by language
}

// serveConfig says how serve --public is reached. Its secrets come from the
// environment.
type serveConfig struct {
	URL        string   `yaml:"url"`         // under which readers reach it: https://notices.example.com
	Listen     string   `yaml:"listen"`      // host:port, behind a proxy that adds TLS; default 127.0.0.1:8081
	Proxies    []string `yaml:"proxies"`     // networks whose X-Forwarded-For is believed, such as 10.0.0.0/8
	PerNetwork string   `yaml:"per_network"` // requests that lead to mail, from one network; default 30/h
	PerAddress string   `yaml:"per_address"` // letters to one address; default 3/d

	Relays []relayConfig `yaml:"relays"` // that report at /v1/returns/NAME, besides generic, ses and postmark
}

// relayConfig says where the JSON of a relay holds what counts, as
// subscribe.Mapping does.
type relayConfig struct {
	Name      string         `yaml:"name"`
	List      string         `yaml:"list"`
	Unwrap    string         `yaml:"unwrap"`
	Kind      policy.Strings `yaml:"kind"`
	Failed    policy.Strings `yaml:"failed"`
	Complaint policy.Strings `yaml:"complaint"`
	Email     policy.Strings `yaml:"email"`
	Status    policy.Strings `yaml:"status"`
	Reason    policy.Strings `yaml:"reason"`
	Ask       string         `yaml:"ask"`
}

// webhookConfig is another system to tell. What it gets is signed with
// CODICIL_WEBHOOK_KEY.
type webhookConfig struct {
	URL   string `yaml:"url"`
	Kind  string `yaml:"kind"`  // slack, mattermost or teams, which take a message; empty for the event itself
	Slack bool   `yaml:"slack"` // the same as kind: slack
}

// canaryConfig has a few people told first.
type canaryConfig struct {
	First int    `yaml:"first"` // how many
	Pause string `yaml:"pause"` // how long the others then wait: 1h
}

// domainConfig bounds what one receiving domain gets.
type domainConfig struct {
	Connections int    `yaml:"connections"`
	Rate        string `yaml:"rate"`
}

// dkimConfig says how messages are signed; its key is a file.
type dkimConfig struct {
	Domain   string `yaml:"domain"`
	Selector string `yaml:"selector"`
	Key      string `yaml:"key"`
}

// ruleConfig turns a rule off, gives it another severity, or adds one.
type ruleConfig struct {
	ID       string           `yaml:"id"`
	Off      bool             `yaml:"off"`
	Severity *policy.Severity `yaml:"severity"`
	Category string           `yaml:"category"`
	Words    []string         `yaml:"words"`
	Clauses  []string         `yaml:"clauses"`
	Why      string           `yaml:"why"`
}

// book returns the rule book with what the configuration changes in it.
func (c *config) book() (*materiality.Book, error) {
	changes := make([]materiality.RuleChange, 0, len(c.Rules))
	for _, r := range c.Rules {
		changes = append(changes, materiality.RuleChange{
			ID: r.ID, Off: r.Off, Severity: r.Severity, Category: materiality.Category(r.Category),
			Words: r.Words, Clauses: r.Clauses, Why: r.Why,
		})
	}
	book, err := materiality.NewBook(changes)
	if err != nil {
		return nil, fmt.Errorf("%s: rules: %w", c.file, err)
	}
	return book, nil
}

// configName is the file that is looked for.
const configName = "codicil.yaml"

// loadConfig reads the configuration: the named file, else codicil.yaml in the
// current folder or its content folder, else none.
func loadConfig(named string) (*config, error) {
	candidates := []string{configName, filepath.Join("content", configName)}
	if named != "" {
		candidates = []string{named}
	}
	for _, file := range candidates {
		src, err := readNamedFile(workTreeRoot("."), file, maxConfig)
		if errors.Is(err, fs.ErrNotExist) && named == "" {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the configuration: %w", err)
		}
		return parseConfig(file, src)
	}
	return &config{dir: "."}, nil
}

// parseConfig reads and checks one configuration file.
func parseConfig(file string, src []byte) (*config, error) {
	c := &config{file: file, dir: filepath.Dir(file)}
	if err := policy.UnmarshalYAML(file, 1, src, true, c); err != nil {
		return nil, err
	}
	if _, err := c.rules(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := c.checkLint(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if c.Durable != "" && c.Durable != durableProcess && c.Durable != durablePower {
		return nil, fmt.Errorf("%s: durable: %q is unknown: write process or power", file, c.Durable)
	}
	if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "Local" {
		return nil, fmt.Errorf("%s: timezone: %q is unknown: write a name such as Europe/Berlin", file, c.Timezone)
	}
	if _, err := c.retain(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if c.Email.Unsubscribe == "" && c.Serve.URL != "" {
		c.Email.Unsubscribe = strings.TrimRight(c.Serve.URL, "/") + "/unsubscribe"
	}
	switch c.Versions.Starts {
	case "", policy.StartAuto, policy.StartLabel, policy.StartCommit, policy.StartTag:
		return c, nil
	}
	return nil, fmt.Errorf("%s: versions: %q is not a way to start a version: write auto, label, commit or tag", file, c.Versions.Starts)
}

// checkLint refuses levels and rules that do not exist.
func (c *config) checkLint() error {
	for id, level := range c.Lint {
		if review.LintRule(id) == nil {
			return fmt.Errorf("lint: %q is no rule of the linter: `codicil rules` lists them", id)
		}
		if level != review.Off && level != policy.Warning && level != policy.Error {
			return fmt.Errorf("lint.%s: %q is not off, warning or error", id, level)
		}
	}
	return nil
}

// What the records of a ledger outlive.
const (
	durableProcess = "process"
	durablePower   = "power"
)

// retain returns how long addresses are kept once nothing more is sent to them.
func (c *config) retain() (time.Duration, error) {
	if c.Retain == "" {
		return 0, nil
	}
	period, err := notice.ParsePeriod(c.Retain)
	if err == nil && period.Business {
		err = errors.New("write days of the calendar: 30d")
	}
	if err != nil {
		return 0, fmt.Errorf("retain: %w", err)
	}
	return time.Duration(period.Days) * 24 * time.Hour, nil
}

// rules returns the rules of notice, with the defaults where none are set.
func (c *config) rules() (notice.Rules, error) {
	rules := notice.DefaultRules()
	for _, step := range []func(*notice.Rules) error{c.periods, c.channels, c.audiences, c.holidays} {
		if err := step(&rules); err != nil {
			return rules, err
		}
	}
	return rules, nil
}

func (c *config) periods(rules *notice.Rules) error {
	for word, text := range c.Notice.Period {
		severity, err := policy.ParseSeverity(word)
		if err != nil {
			return fmt.Errorf("notice.period: %w", err)
		}
		if rules.Period[severity], err = notice.ParsePeriod(text); err != nil {
			return fmt.Errorf("notice.period.%s: %w", word, err)
		}
	}
	return nil
}

func (c *config) channels(rules *notice.Rules) error {
	for word, names := range c.Notice.Channels {
		severity, err := policy.ParseSeverity(word)
		if err != nil {
			return fmt.Errorf("notice.channels: %w", err)
		}
		list := make([]notice.Channel, 0, len(names))
		for _, name := range names {
			channel := notice.Channel(name)
			if !channel.Valid() {
				return fmt.Errorf("notice.channels.%s: %q is not a channel: write banner, popup, email or feed", word, name)
			}
			list = append(list, channel)
		}
		rules.Channels[severity] = list
	}
	return nil
}

func (c *config) audiences(rules *notice.Rules) error {
	for _, id := range c.Notice.Audiences {
		audience, ok := notice.AudienceByID(id)
		if !ok {
			return fmt.Errorf("notice.audiences: %q is not an audience: write gdpr, p2b, hk or pipl", id)
		}
		rules.Audiences = append(rules.Audiences, audience)
	}
	return nil
}

func (c *config) holidays(rules *notice.Rules) error {
	if c.Notice.Holidays == "" {
		return nil
	}
	name := c.path(c.Notice.Holidays)
	text, err := c.read(c.Notice.Holidays, maxConfig)
	if err != nil {
		return fmt.Errorf("notice.holidays: %w", err)
	}
	rules.Holidays, err = notice.ReadHolidays(name, string(text))
	return err
}

// path resolves a path of the configuration against the folder it stands in.
func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// read reads a file of the work tree that the configuration names.
func (c *config) read(p string, limit int64) ([]byte, error) {
	return readRepoFile(workTreeRoot(c.dir), c.path(p), limit)
}

// recipients returns the list that the configuration names; empty when it names
// none. It may be missing, as lists are not kept in git.
func (c *config) recipients() (string, error) {
	if c.Recipients == "" {
		return "", nil
	}
	name := c.path(c.Recipients)
	place, below, err := resolveBelow(workTreeRoot(c.dir), name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name, nil
	case err != nil:
		return "", hinted(fmt.Errorf("recipients: %w", err), "name a list that is kept elsewhere with --recipients")
	}
	return filepath.Join(place, below), nil
}
