package ask

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/reading"
)

// keyName bounds which variables of the environment a configuration can send
// to a server: a repository that one cloned must not reach for other secrets.
var keyName = regexp.MustCompile(`^CODICIL_READER_[A-Z0-9_]+$`)

// New returns the second reader that a configuration names. The key of a server
// comes from the environment.
func New(c config.Reader, getenv func(string) string) (reading.Reader, error) {
	var timeout time.Duration
	if c.Timeout != "" {
		var err error
		if timeout, err = time.ParseDuration(c.Timeout); err != nil || timeout <= 0 {
			return nil, policy.Hinted(fmt.Errorf("reader.timeout: %q is not a time", c.Timeout), "write it as 90s or 3m")
		}
	}
	switch {
	case len(c.Command) > 0 && c.URL != "":
		return nil, errors.New("reader: give url or command, not both")
	case len(c.Command) > 0:
		return &Command{Args: c.Command, Timeout: timeout}, nil
	case c.URL == "":
		return nil, policy.Hinted(errors.New("no second reader is configured"), "set reader.url and reader.model, or reader.command, in codicil.yaml")
	}
	s := &Server{URL: c.URL, Model: c.Model, Timeout: timeout}
	if c.KeyEnv != "" {
		if !keyName.MatchString(c.KeyEnv) {
			return nil, policy.Hinted(fmt.Errorf("reader.key_env: %q is not the name of a key for a reader", c.KeyEnv), "name it CODICIL_READER_KEY, or begin with CODICIL_READER_")
		}
		if s.Key = getenv(c.KeyEnv); s.Key == "" {
			return nil, policy.Hinted(fmt.Errorf("reader.key_env: %s is not set", c.KeyEnv), "put the key of the server into the environment")
		}
	}
	return s, s.Check()
}

// Local reports whether what a reader is told stays on this machine for sure.
func Local(r reading.Reader) bool {
	s, ok := r.(*Server)
	return ok && s.Local()
}
