package config

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// Channels are ways to tell people besides those that are built in.
type Channels struct {
	Custom map[string]CustomChannel `yaml:"custom"` // by name, such as sms
}

// CustomChannel tells people by a program of the publisher's own.
type CustomChannel struct {
	Command     policy.Strings `yaml:"command"`     // the program and its arguments; gets JSON on its input
	Column      string         `yaml:"column"`      // of the list, that says where it reaches people; default the name of the channel
	Batch       int            `yaml:"batch"`       // people in one call; default 1
	Connections int            `yaml:"connections"` // calls at once; default 4
	Timeout     string         `yaml:"timeout"`     // of one call; default 30s
	Rate        string         `yaml:"rate"`        // people told in which time: 20/s
}

// channelName is the form of a channel's name: it is in the ids of notices.
var channelName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// mostAtOnce is how many people may be on their way by one channel.
const mostAtOnce = 500

// defaultCalls is how many calls of a program are made at once.
const defaultCalls = 4

func (c *Channels) check() error {
	for name, one := range c.Custom {
		if err := one.check(name); err != nil {
			return fmt.Errorf("channels.custom.%s: %w", name, err)
		}
	}
	return nil
}

func (c CustomChannel) check(name string) error {
	switch {
	case !channelName.MatchString(name):
		return fmt.Errorf("the name is not made of small letters, digits and hyphens, a letter first")
	case notice.Channel(name).Valid():
		return fmt.Errorf("%s is built in: give the channel another name", name)
	case len(c.Command) == 0 || c.Command[0] == "":
		return policy.Hinted(fmt.Errorf("command names no program"), "write the program and its arguments as a list: command: [/usr/local/bin/send-sms, --from, Example]")
	case c.Batch < 0 || c.Connections < 0 || c.AtOnce() > mostAtOnce:
		return fmt.Errorf("batch times connections is %d, and %d people at most may be on their way", c.AtOnce(), mostAtOnce)
	}
	if _, err := c.MaxWait(); err != nil {
		return err
	}
	return nil
}

// AtOnce is how many people are on their way at once.
func (c CustomChannel) AtOnce() int { return max(c.Batch, 1) * cmp.Or(c.Connections, defaultCalls) }

// MaxWait is how long one call may take; 0 for the default.
func (c CustomChannel) MaxWait() (time.Duration, error) {
	if c.Timeout == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(c.Timeout)
	if err != nil || d <= 0 || d > time.Hour {
		return 0, policy.Hinted(fmt.Errorf("timeout: %q is not a time", c.Timeout), "write it as 30s or 2m, an hour at most")
	}
	return d, nil
}

// Args returns the program and its arguments. A program that is named with its
// folder is found from the folder of the configuration.
func (c *Config) Args(one CustomChannel) []string {
	args := append([]string{}, one.Command...)
	if !strings.ContainsRune(args[0], filepath.Separator) {
		return args
	}
	if full, err := filepath.Abs(c.Path(args[0])); err == nil { // else it is looked for from here
		args[0] = full
	}
	return args
}
