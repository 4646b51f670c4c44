package config

import (
	"errors"
	"fmt"
	"time"

	"github.com/codicil/codicil/policy"
)

// Email says how notices are mailed. Secrets come from the environment or
// from files.
type Email struct {
	From        string   `yaml:"from"`
	SMTP        string   `yaml:"smtp"`
	Connections int      `yaml:"connections"`
	Rate        string   `yaml:"rate"`
	PerDomain   Domain   `yaml:"per_domain"`
	Canary      Canary   `yaml:"canary"`      // who is told first
	Quiet       Quiet    `yaml:"quiet"`       // hours in which nobody is told, by the clock of each person
	WarmUp      []int    `yaml:"warm_up"`     // how many are tried on each of the first days: [500, 1000, 5000]
	Seeds       []string `yaml:"seeds"`       // own mailboxes that are told first, to see how the message arrives
	MaxRefused  int      `yaml:"max_refused"` // percent of unknown addresses at which sending stops; default 10, -1 for never
	Retry       string   `yaml:"retry"`       // before the second attempt for a recipient: 1m, which doubles up to 4h
	ReturnPath  string   `yaml:"return_path"` // takes reports of what could not be delivered
	Unsubscribe string   `yaml:"unsubscribe"` // https address by which followers leave
	DKIM        DKIM     `yaml:"dkim"`

	Templates string              `yaml:"templates"` // folder of email.txt.tmpl, email.html.tmpl, or email.LANG.txt.tmpl and so on
	Languages []string            `yaml:"languages"` // to write in, besides those of the policy's texts
	Actions   map[string][]string `yaml:"actions"`   // what else the reader can do, by language
}

// Canary has a few people told first.
type Canary struct {
	First int    `yaml:"first"` // how many
	Pause string `yaml:"pause"` // how long the others then wait: 1h
}

// Domain bounds what one receiving domain gets.
type Domain struct {
	Connections int    `yaml:"connections"`
	Rate        string `yaml:"rate"`
}

// DKIM says how messages are signed; its key is a file.
type DKIM struct {
	Domain   string `yaml:"domain"`
	Selector string `yaml:"selector"`
	Key      string `yaml:"key"`
}

// Quiet are hours of the day, in 24-hour notation.
type Quiet struct {
	From string `yaml:"from"` // "21:00"
	To   string `yaml:"to"`   // "08:00"
}

// Minutes returns the hours as minutes of the day; both 0 where there are none.
func (q Quiet) Minutes() (from, to int, err error) {
	if q == (Quiet{}) {
		return 0, 0, nil
	}
	for _, each := range []struct {
		text   string
		minute *int
	}{{q.From, &from}, {q.To, &to}} {
		at, err := time.Parse("15:04", each.text)
		if err != nil {
			return 0, 0, policy.Hinted(fmt.Errorf("email.quiet: %q is not a time of the day", each.text), `write when the quiet hours begin and end: {from: "21:00", to: "08:00"}`)
		}
		*each.minute = at.Hour()*60 + at.Minute()
	}
	if from == to {
		return 0, 0, policy.Hinted(errors.New("email.quiet: from and to are the same"), "leave it out for no quiet hours")
	}
	return from, to, nil
}

// check refuses settings of the mail that cannot be meant.
func (e *Email) check() error {
	if _, _, err := e.Quiet.Minutes(); err != nil {
		return err
	}
	for _, n := range e.WarmUp {
		if n <= 0 {
			return policy.Hinted(fmt.Errorf("email.warm_up: %d is not a number of messages", n), "write how many go out on each of the first days: [500, 1000, 5000]")
		}
	}
	return nil
}
