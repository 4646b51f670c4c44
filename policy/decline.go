package policy

import "fmt"

// Decline says whether readers may decline a change, as front matter writes it:
// yes or no, the last day on which they may, or both that day and what follows.
type Decline struct {
	Stated  bool   // front matter says so, one way or the other
	Offered bool   // they may
	Until   Date   // the last day; zero for the day before the change binds
	Means   string // what follows for who declines, in a sentence for readers; empty where nothing is said
}

// UnmarshalYAML reads a word, a day, or a mapping.
func (d *Decline) UnmarshalYAML(unmarshal func(any) error) error {
	var offered bool
	if unmarshal(&offered) == nil {
		*d = Decline{Stated: true, Offered: offered}
		return nil
	}
	*d = Decline{Stated: true, Offered: true}
	var keys map[string]any
	if unmarshal(&keys) != nil {
		return unmarshal(&d.Until)
	}
	for key := range keys {
		if key != "until" && key != "means" {
			return fmt.Errorf("%q is no key of decline: it is true, false, a date, or {until: DATE, means: TEXT}", key)
		}
	}
	var both struct {
		Until *Date  `yaml:"until"`
		Means string `yaml:"means"`
	}
	if err := unmarshal(&both); err != nil {
		return err
	}
	if d.Means = both.Means; both.Until != nil {
		d.Until = *both.Until
	}
	return nil
}

// DeclineUntil returns the last day on which readers may decline a version: the day
// before it binds those who are there, unless front matter names one. It is zero
// where they may not.
func (v *Version) DeclineUntil() Date {
	switch {
	case !v.Front.Decline.Offered || v.From().IsZero() || v.Cancelled() != nil:
		return Date{}
	case !v.Front.Decline.Until.IsZero():
		return v.Front.Decline.Until
	}
	return v.From().AddDays(-1)
}
