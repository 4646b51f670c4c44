package channel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/codicil/codicil/notify"
)

// Message is what a notice says in one language, as the program gets it.
type Message struct {
	Policy    string `json:"policy"` // id
	Title     string `json:"title"`
	Version   string `json:"version"` // label
	Severity  string `json:"severity"`
	Effective string `json:"effective"` // civil date
	Lang      string `json:"lang"`      // BCP 47 tag
	Subject   string `json:"subject"`
	Text      string `json:"text"` // complete by itself, for a small screen: it holds the address of the redline
	URL       string `json:"url"`  // of the redline
}

// Bytes returns the message as a ledger keeps it: compact JSON.
func (m *Message) Bytes() []byte { return compact(m) }

// Load reads a message that Bytes wrote.
func Load(data []byte) (*Message, error) {
	m := &Message{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("read the message of a channel: %w", err)
	}
	return m, nil
}

// request is what one call of the program gets.
type request struct {
	Schema   int                 `json:"schema"` // 1
	Channel  string              `json:"channel"`
	Notice   string              `json:"notice"`
	Messages map[string]*Message `json:"messages"` // by language
	People   []person            `json:"people"`
}

// person is one to tell. The id is the same at every attempt.
type person struct {
	ID      string `json:"id"`
	Address string `json:"address"`
	Lang    string `json:"lang"` // a key of messages
	Name    string `json:"name,omitempty"`
}

// Notice is what all calls about one notice have in common.
type Notice struct {
	Channel  string // its name: sms
	ID       string
	Key      notify.Key
	Messages []*Message // in each language; the first is for all others
}

// person returns how somebody is named in a request.
func (n *Notice) person(r notify.Recipient) person {
	langs := make([]string, len(n.Messages))
	for i, m := range n.Messages {
		langs[i] = m.Lang
	}
	return person{n.Key.MessageID(n.ID, r.Email), r.Address, notify.MatchLanguage(langs, r.Lang), r.Name}
}

// request puts people into one call.
func (n *Notice) request(people ...person) request {
	q := request{Schema: 1, Channel: n.Channel, Notice: n.ID, Messages: map[string]*Message{}, People: people}
	for _, p := range people {
		i := slices.IndexFunc(n.Messages, func(m *Message) bool { return m.Lang == p.Lang })
		q.Messages[p.Lang] = n.Messages[i]
	}
	return q
}

// Request returns what the program gets for one person alone, and its SHA-256 in
// hex: what the ledger keeps of an attempt, however many are told by one call.
func (n *Notice) Request(r notify.Recipient) (data []byte, digest string, err error) {
	if len(n.Messages) == 0 || len(n.Key) == 0 {
		return nil, "", errors.New("a channel needs a message and a key")
	}
	data = compact(n.request(n.person(r)))
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:]), nil
}

// compact writes JSON on one line.
func compact(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // of texts and numbers it cannot fail
	return b.Bytes()
}
