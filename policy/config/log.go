package config

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/transparency"
	"github.com/codicil/codicil/policy/worktree"
)

// Log says who vouches for the log of versions. The key that signs is in the
// environment, never here.
type Log struct {
	Key       string         `yaml:"key"`       // public: NAME+HASH+KEY
	Witnesses policy.Strings `yaml:"witnesses"` // public keys, of cosignature/v1
	Timestamp Timestamp      `yaml:"timestamp"`
}

// Timestamp names an authority of time (RFC 3161).
type Timestamp struct {
	URL string `yaml:"url"` // where it is asked; empty for nowhere
	CA  string `yaml:"ca"`  // file of certificates in PEM that its own leads to
}

// LogKeys returns the public keys that are configured.
func (c *Config) LogKeys() (transparency.Keys, error) {
	var keys transparency.Keys
	var err error
	if c.Log.Key != "" {
		if keys.Log, err = transparency.ParseKey(c.Log.Key); err != nil {
			return keys, fmt.Errorf("log.key: %w", err)
		}
	}
	for _, text := range c.Log.Witnesses {
		w, err := transparency.ParseWitness(text)
		if err != nil {
			return keys, fmt.Errorf("log.witnesses: %w", err)
		}
		keys.Witnesses = append(keys.Witnesses, w)
	}
	return keys, nil
}

// TimestampRoots returns the certificates that the authority of time leads to;
// empty where none are configured.
func (c *Config) TimestampRoots() ([]byte, error) {
	if c.Log.Timestamp.CA == "" {
		return nil, nil
	}
	roots, err := c.Read(c.Log.Timestamp.CA, worktree.MaxConfig)
	if err != nil {
		return nil, fmt.Errorf("log.timestamp.ca: %w", err)
	}
	return roots, nil
}
