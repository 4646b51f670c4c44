// Package config reads codicil.yaml, strictly, and turns what it says into the
// rules and settings of the other packages. Keys that are not there have
// defaults; one that nobody reads is a slip of the pen and refused. It exists so
// that every program that opens a repository of policies reads it alike.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// Config is codicil.yaml. Every key may be left out.
type Config struct {
	Title     string   `yaml:"title"`
	BaseURL   string   `yaml:"base_url"`
	SiteRoot  string   `yaml:"site_root"`
	Policies  []string `yaml:"policies"`
	Versions  Versions `yaml:"versions"`
	Lang      string   `yaml:"lang"` // of the pages about all policies, and of policies that name none
	Site      Site     `yaml:"site"`
	Strict    bool     `yaml:"strict"`    // publish nothing while a newest text is broken
	Withdrawn []string `yaml:"withdrawn"` // addresses of the site that may vanish, such as old-terms/
	Notice    struct {
		Period    map[string]string   `yaml:"period"`
		Channels  map[string][]string `yaml:"channels"`
		Audiences []string            `yaml:"audiences"` // whose laws ask for more: gdpr, p2b, hk, pipl
		Holidays  string              `yaml:"holidays"`  // file of days on which no business is done
		Remind    bool                `yaml:"remind"`    // show a notice again on the day the change takes effect
	} `yaml:"notice"`
	Lint        map[string]policy.Level `yaml:"lint"`  // rules of the linter: off, warning or error
	Rules       []Rule                  `yaml:"rules"` // changes to the rule book of the assessment
	Email       Email                   `yaml:"email"`
	Channels    Channels                `yaml:"channels"` // ways to tell people besides those that are built in
	Recipients  string                  `yaml:"recipients"`
	Ledger      string                  `yaml:"ledger"`
	Timezone    string                  `yaml:"timezone"`    // whose days deadlines and dates are: Europe/Berlin; UTC unless given
	Durable     string                  `yaml:"durable"`     // what a record of the ledger outlives: process (default) or power
	Retain      string                  `yaml:"retain"`      // how long addresses stay in it once nothing more is sent to them
	Serve       Serve                   `yaml:"serve"`       // the pages for people without an account
	Webhooks    []Webhook               `yaml:"webhooks"`    // other systems to tell of announcements
	Signers     []Signer                `yaml:"signers"`     // who may publish; empty for anyone
	Log         Log                     `yaml:"log"`         // who vouches for the log of versions
	Acknowledge []Acknowledgement       `yaml:"acknowledge"` // silent changes that are put on record
	Approvals   []Approval              `yaml:"approvals"`   // who must approve a change before it is published
	Reader      Reader                  `yaml:"reader"`      // a second reader of changes, asked by the verb read alone

	Variables map[string]policy.Scalar            `yaml:"variables"` // values of names in shared sources, for all policies; package expand reads them
	Brands    map[string]map[string]policy.Scalar `yaml:"brands"`    // and for those of a brand, which win

	File string `yaml:"-"` // where it was read from; empty when there is none
	Dir  string `yaml:"-"` // the folder that its paths are relative to

	readAt func(name string, limit int64) ([]byte, error) // nil for the work tree
}

// Versions says what starts a version: in one word, or as a mapping that
// names commits of the published branch too.
type Versions struct {
	Starts   policy.Start   `yaml:"starts"`
	Mainline policy.Strings `yaml:"mainline"` // commits that the published branch pointed to, where a merge leaves that open
}

// UnmarshalYAML reads a word or a mapping.
func (v *Versions) UnmarshalYAML(unmarshal func(any) error) error {
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
	*v = Versions(both)
	return nil
}

// Site says how the site looks.
type Site struct {
	Logo      string `yaml:"logo"`      // file of a picture
	Icon      string `yaml:"icon"`      // file of the picture in a tab of the browser
	Accent    string `yaml:"accent"`    // the one colour of links and buttons: "#1a4b8c"
	Links     []Link `yaml:"links"`     // in the head of every page
	Style     string `yaml:"style"`     // file of CSS, read after the site's own
	Templates string `yaml:"templates"` // folder of templates that take the place of those of the same name
}

// Link is a link to another page of the publisher.
type Link struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// Serve says how serve --public is reached. Its secrets come from the
// environment.
type Serve struct {
	URL        string   `yaml:"url"`         // under which readers reach it: https://notices.example.com
	Listen     string   `yaml:"listen"`      // host:port, behind a proxy that adds TLS; default 127.0.0.1:8081
	Proxies    []string `yaml:"proxies"`     // networks whose X-Forwarded-For is believed, such as 10.0.0.0/8
	PerNetwork string   `yaml:"per_network"` // requests that lead to mail, from one network; default 30/h
	PerAddress string   `yaml:"per_address"` // letters to one address; default 3/d

	Relays []Relay `yaml:"relays"` // that report at /v1/returns/NAME, besides generic, ses and postmark
}

// Relay says where the JSON of a relay holds what counts, as
// subscribe.Mapping does.
type Relay struct {
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

// Webhook is another system to tell. What it gets is signed with
// CODICIL_WEBHOOK_KEY.
type Webhook struct {
	URL   string `yaml:"url"`
	Kind  string `yaml:"kind"`  // slack, mattermost or teams, which take a message; empty for the event itself
	Slack bool   `yaml:"slack"` // the same as kind: slack
}

// Rule turns a rule off, gives it another severity, or adds one.
type Rule struct {
	ID       string           `yaml:"id"`
	Off      bool             `yaml:"off"`
	Severity *policy.Severity `yaml:"severity"`
	Category string           `yaml:"category"`
	Words    []string         `yaml:"words"`
	Clauses  []string         `yaml:"clauses"`
	Why      string           `yaml:"why"`
}

// Reader names the second reader: a server, or a program.
type Reader struct {
	URL     string         `yaml:"url"`     // base address of chat completions: http://127.0.0.1:11434/v1
	Model   string         `yaml:"model"`   // as the server names it
	KeyEnv  string         `yaml:"key_env"` // variable of the environment that holds the key; its name begins with CODICIL_READER_
	Command policy.Strings `yaml:"command"` // program and arguments; gets JSON on its input and writes JSON
	Timeout string         `yaml:"timeout"` // of one attempt; default 3m
	Drafts  bool           `yaml:"drafts"`  // whether unpublished texts may leave this machine
}

// Signer is someone whose signature makes a commit a publication.
type Signer struct {
	Email string `yaml:"email"`
	Key   string `yaml:"key"` // an SSH public key, an armoured OpenPGP key, or a file that holds one
}

// Book returns the rule book with what the configuration changes in it.
func (c *Config) Book() (*materiality.Book, error) {
	changes := make([]materiality.RuleChange, 0, len(c.Rules))
	for _, r := range c.Rules {
		changes = append(changes, materiality.RuleChange{
			ID: r.ID, Off: r.Off, Severity: r.Severity, Category: materiality.Category(r.Category),
			Words: r.Words, Clauses: r.Clauses, Why: r.Why,
		})
	}
	book, err := materiality.NewBook(changes)
	if err != nil {
		return nil, fmt.Errorf("%s: rules: %w", c.File, err)
	}
	return book, nil
}

// Name is the file that is looked for.
const Name = "codicil.yaml"

// Parse reads and checks one configuration file.
func Parse(file string, src []byte) (*Config, error) {
	c := &Config{File: file, Dir: filepath.Dir(file)}
	if err := policy.UnmarshalYAML(file, 1, src, true, c); err != nil {
		return nil, err
	}
	if _, err := c.NoticeRules(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := c.checkLint(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := errors.Join(c.checkAcknowledged(), c.checkApprovals()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := errors.Join(c.Email.check(), c.Channels.check()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if c.Durable != "" && c.Durable != DurableProcess && c.Durable != DurablePower {
		return nil, fmt.Errorf("%s: durable: %q is unknown: write process or power", file, c.Durable)
	}
	if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "Local" {
		return nil, fmt.Errorf("%s: timezone: %q is unknown: write a name such as Europe/Berlin", file, c.Timezone)
	}
	if _, err := c.Retention(); err != nil {
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
func (c *Config) checkLint() error {
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
	DurableProcess = "process"
	DurablePower   = "power"
)

// Retention returns how long addresses are kept once nothing more is sent to them.
func (c *Config) Retention() (time.Duration, error) {
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

// NoticeRules returns the rules of notice, with the defaults where none are set.
func (c *Config) NoticeRules() (notice.Rules, error) {
	rules := notice.DefaultRules()
	for _, step := range []func(*notice.Rules) error{c.periods, c.channels, c.audiences, c.holidays} {
		if err := step(&rules); err != nil {
			return rules, err
		}
	}
	return rules, nil
}

func (c *Config) periods(rules *notice.Rules) error {
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

func (c *Config) channels(rules *notice.Rules) error {
	for _, name := range slices.Sorted(maps.Keys(c.Channels.Custom)) {
		rules.Custom = append(rules.Custom, notice.Channel(name))
	}
	for word, names := range c.Notice.Channels {
		severity, err := policy.ParseSeverity(word)
		if err != nil {
			return fmt.Errorf("notice.channels: %w", err)
		}
		list := make([]notice.Channel, 0, len(names))
		for _, name := range names {
			channel := notice.Channel(name)
			if _, own := c.Channels.Custom[name]; !own && !channel.Valid() {
				return fmt.Errorf("notice.channels.%s: %q is not a channel: write banner, popup, email, feed or a name of channels.custom", word, name)
			}
			list = append(list, channel)
		}
		rules.Channels[severity] = list
	}
	return nil
}

func (c *Config) audiences(rules *notice.Rules) error {
	for _, id := range c.Notice.Audiences {
		audience, ok := notice.AudienceByID(id)
		if !ok {
			return fmt.Errorf("notice.audiences: %q is not an audience: write gdpr, p2b, hk or pipl", id)
		}
		rules.Audiences = append(rules.Audiences, audience)
	}
	return nil
}

func (c *Config) holidays(rules *notice.Rules) error {
	if c.Notice.Holidays == "" {
		return nil
	}
	name := c.Path(c.Notice.Holidays)
	text, err := c.Read(c.Notice.Holidays, worktree.MaxConfig)
	if err != nil {
		return fmt.Errorf("notice.holidays: %w", err)
	}
	rules.Holidays, err = notice.ReadHolidays(name, string(text))
	return err
}

// Path resolves a path of the configuration against the folder it is in.
func (c *Config) Path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Dir, p)
}

// Read reads a file that the configuration names: of the work tree, or of the
// revision whose configuration it is.
func (c *Config) Read(p string, limit int64) ([]byte, error) {
	if c.readAt != nil && !filepath.IsAbs(p) {
		return c.readAt(p, limit)
	}
	return worktree.Read(worktree.Root(c.Dir), c.Path(p), limit)
}

// ReadFrom lets the files that the configuration names be read by a function: a
// change must rule its own gate by none of them.
func (c *Config) ReadFrom(read func(name string, limit int64) ([]byte, error)) { c.readAt = read }

// RecipientsFile returns the list that the configuration names; empty when it names
// none. It may be missing, as lists are not kept in git.
func (c *Config) RecipientsFile() (string, error) {
	if c.Recipients == "" {
		return "", nil
	}
	name := c.Path(c.Recipients)
	place, below, err := worktree.Resolve(worktree.Root(c.Dir), name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name, nil
	case err != nil:
		return "", policy.Hinted(fmt.Errorf("recipients: %w", err), "name a list that is kept elsewhere with --recipients")
	}
	return filepath.Join(place, below), nil
}
