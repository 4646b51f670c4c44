package mailing

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/channel"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/notice"
)

// way is how a notice reaches people: by mail, or by a channel of the publisher's
// own.
type way struct {
	channel notice.Channel
	reach   notify.ChannelList   // the zero value for mail
	custom  config.CustomChannel // the zero value for mail
}

// wayOf finds a channel of the configuration; no name stands for mail.
func (r *Room) wayOf(name string) (way, error) {
	if name == "" {
		return way{channel: notice.Email}, nil
	}
	custom, known := r.Config.Channels.Custom[name]
	if !known {
		hint := "codicil.yaml describes none; write one under channels.custom"
		if len(r.Config.Channels.Custom) > 0 {
			hint = policy.Listed(slices.Sorted(maps.Keys(r.Config.Channels.Custom)))
		}
		return way{}, policy.Hinted(fmt.Errorf("%q is no channel of channels.custom", name), hint)
	}
	return way{notice.Channel(name), notify.ChannelList{Channel: name, Column: cmp.Or(custom.Column, name)}, custom}, nil
}

// Way is the channel by which the notice goes: email, or one of the publisher's own.
func (m *Mailing) Way() notice.Channel { return m.way.channel }

// column is that of the list that says where people are reached.
func (w *way) column() string { return cmp.Or(w.reach.Column, "email") }

// stranger is somebody who is on no list.
func (w *way) stranger(address, lang string) notify.Recipient {
	if w.reach.Channel == "" {
		return notify.Recipient{Email: address, Lang: lang}
	}
	return notify.Recipient{Email: w.reach.Identity(address), Address: address, Lang: lang}
}

// sender opens the way for texts on record.
func (m *Mailing) sender(texts []ledger.Text, key notify.Key) (notify.Sender, error) {
	if m.Channel != "" {
		return m.program(texts, key)
	}
	messages := make([]*email.Message, 0, len(texts))
	for _, text := range texts {
		message, err := email.Load(m.Notice.ID(), text.Lang, text.Message, key)
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	return m.room.sender(messages...)
}

// program makes what calls the program of the channel.
func (m *Mailing) program(texts []ledger.Text, key notify.Key) (*channel.Sender, error) {
	n := channel.Notice{Channel: m.Channel, ID: m.Notice.ID(), Key: key}
	for _, text := range texts {
		message, err := channel.Load(text.Message)
		if err != nil {
			return nil, err
		}
		n.Messages = append(n.Messages, message)
	}
	wait, err := m.way.custom.MaxWait()
	if err != nil {
		return nil, err
	}
	return channel.NewSender(n, channel.Options{
		Command: m.room.Config.Args(m.way.custom), Timeout: wait, Batch: m.way.custom.Batch, Now: m.room.Now,
	})
}

// shortTexts writes the message for small screens, in each language.
func (m *Mailing) shortTexts() (texts []ledger.Text, err error) {
	publisher := m.room.Publisher()
	for _, t := range m.texts {
		short, err := publisher.Short(t, m.on)
		if err != nil {
			return nil, err
		}
		message := channel.Message{
			Policy: m.Notice.PolicyID, Title: t.Notice.Title, Version: m.Notice.Label, Severity: m.Notice.Severity.String(),
			Effective: m.Notice.Effective.String(), Lang: t.Lang, Subject: short.Subject, Text: short.Text, URL: short.Compare,
		}
		texts = append(texts, ledger.Text{Lang: t.Lang, Message: message.Bytes()})
	}
	return texts, nil
}

// requests returns what writes what the program would get for one person.
func (m *Mailing) requests() (func(notify.Recipient) ([]byte, error), string, error) {
	texts, err := m.shortTexts()
	if err != nil {
		return nil, "", err
	}
	sender, err := m.program(texts, unrecorded())
	if err != nil {
		return nil, "", err
	}
	return func(r notify.Recipient) ([]byte, error) {
		data, _, err := sender.Request(r)
		return data, err
	}, ".json", nil
}

// channelOptions says how the notice is told by a channel of the publisher's own.
// Whose night it is counts there as well; what is about mail servers does not.
func (m *Mailing) channelOptions() (notify.Options, error) {
	custom := m.way.custom
	o := notify.Options{Connections: custom.AtOnce(), Now: m.room.Now, Breaker: notify.Breaker{Percent: m.room.Config.Email.MaxRefused}}
	var err error
	if o.Rate, err = notify.ParseRate("channels.custom."+m.Channel+".rate", custom.Rate); err != nil {
		return o, err
	}
	if o.Backoff, err = m.room.backoff(); err != nil {
		return o, err
	}
	o.Quiet, err = m.room.quiet()
	return o, err
}
