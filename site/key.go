package site

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/codicil/codicil/policy"
)

// key says what a page was made from: two pages with one key have the same
// bytes. The zero key says nothing and equals no other, itself included.
type key [16]byte

// known reports whether k says anything.
func (k key) known() bool { return k != key{} }

// keyer gathers what a key stands for. Every value is written with its length,
// so that no two lists of values read alike. It must not be copied.
type keyer struct {
	data []byte
	room [256]byte // for data: a build makes hundreds of thousands of small ones
}

func (k *keyer) begin() {
	if k.data == nil {
		k.data = k.room[:0]
	}
}

func (k *keyer) text(values ...string) *keyer {
	k.begin()
	for _, v := range values {
		k.data = binary.AppendUvarint(k.data, uint64(len(v)))
		k.data = append(k.data, v...)
	}
	return k
}

func (k *keyer) number(values ...int) *keyer {
	k.begin()
	for _, v := range values {
		k.data = binary.AppendVarint(k.data, int64(v))
	}
	return k
}

func (k *keyer) flag(values ...bool) {
	for _, v := range values {
		if v {
			k.number(1)
		} else {
			k.number(0)
		}
	}
}

func (k *keyer) key(values ...key) *keyer {
	k.begin()
	for _, v := range values {
		k.data = append(k.data, v[:]...)
	}
	return k
}

func (k *keyer) sum() key {
	sum := sha256.Sum256(k.data)
	return key(sum[:len(key{})])
}

// optionsKey stands for all that every page depends on.
func (o Options) optionsKey() key {
	var k keyer
	o.Theme.addTo(&k)
	rules, _ := json.Marshal(o.Book.Changes()) // of strings: it cannot fail
	k.text(string(rules))
	if o.Printer != nil {
		k.text("printed", o.Printer.Name())
	}
	return k.text(program(), o.Title, o.BaseURL, o.SiteRoot, o.Follow, o.Lang, o.Generator).sum()
}

// versionKey stands for a version: its text by the digest, and everything that
// its history says about it. A version whose text has no digest has no key.
func versionKey(v *policy.Version) key {
	if v.SHA256 == "" {
		return key{}
	}
	var k keyer
	f := &v.Front
	k.text(v.Label, stamp(v.Committed), stamp(v.Published), v.Effective.String(), string(v.Certainty), v.Commit, v.Path, v.SHA256, v.Reverts, v.StaleDate.String())
	k.text(f.Title, f.ID, string(f.Version), f.EffectiveDate.String(), f.Announced.String(), f.Summary, f.ChangeReason, f.ApprovedBy, f.Lang, f.TranslationOf, f.Prevails)
	k.text(f.EffectiveNew.String(), string(f.Status), f.StatusReason, v.EffectiveNew.String())
	k.flag(f.Decline.Stated, f.Decline.Offered)
	k.text(f.Decline.Until.String(), f.Decline.Means, string(f.Source), f.Brand)
	for _, name := range slices.Sorted(maps.Keys(f.Variables)) {
		k.text(name, string(f.Variables[name]))
	}
	if c := v.Claim; c != nil {
		k.text(c.Commit, stamp(c.Published), c.Effective.String(), c.Acknowledged)
		k.flag(c.Settled)
	}
	for _, a := range v.Announcements {
		k.text(stamp(a.Published), a.Commit, a.Effective.String(), a.EffectiveNew.String(), string(a.Status), a.Reason)
	}
	if f.Change != nil {
		k.text(f.Change.String())
	}
	k.number(len(f.Notice)).text(f.Notice...).number(len(f.Aliases)).text(f.Aliases...)
	for _, a := range v.Approvals {
		k.text(a.Role, a.Name, a.How, stamp(a.At))
	}
	for _, s := range v.Silent {
		k.text(s.Commit, stamp(s.Published))
	}
	return k.sum()
}

// planKey stands for what all pages of a policy depend on beside the options.
func (pl *plan) planKey(options key) key {
	var k keyer
	p := pl.policy
	for _, s := range pl.siblings {
		k.text(s.Lang, s.Dir).flag(s.Gone)
	}
	for _, a := range pl.former {
		k.text(a.Page())
	}
	return k.number(len(pl.former)).key(options).text(p.ID, p.Title, p.Path, p.Lang, p.TranslationOf, pl.dir, pl.lang, pl.beside).sum()
}

// pageKey stands for the permanent page of the version with index i.
func (pl *plan) pageKey(i int) key {
	if !pl.keys[i].known() {
		return key{}
	}
	var k keyer
	k.text("page").key(pl.key, pl.keys[i], pl.statusKey(i)).text(pl.slugs[i])
	for _, s := range pl.siblings {
		k.text(s.path(pl.versions[i].Label))
	}
	if before := pl.before(i); before < len(pl.versions) {
		k.text(pl.versions[before].Label, pl.slugs[before])
	}
	return k.sum()
}

// redlineKey stands for the redline from one version to another; for one that
// is told by its steps, also for the versions between.
func (pl *plan) redlineKey(kind string, from, to int) key {
	var k keyer
	k.text(kind).key(pl.key).number(from - to)
	for i := min(from, to); i <= max(from, to); i++ {
		if !pl.keys[i].known() {
			return key{}
		}
		k.key(pl.keys[i]).text(pl.slugs[i])
	}
	return k.sum()
}

// stamp stands for all that a site is made from, by what the caller says of the
// texts; empty when nobody knows.
func (o Options) stamp() string {
	if o.Texts == "" || program() == "" {
		return ""
	}
	k := o.dayKey().text(o.Texts).sum()
	return hex.EncodeToString(k[:])
}

// dayKey begins a key with all options.
func (o Options) dayKey() *keyer {
	var k keyer
	return k.key(o.optionsKey()).text(o.On.String(), fmt.Sprint(o.Rules, o.Remind)).number(len(o.Withdrawn)).text(o.Withdrawn...)
}

// wholeKey stands for the whole site.
func (o Options) wholeKey(plans []*plan, log *logData) key {
	k := o.dayKey().key(log.key())
	for _, pl := range plans {
		k.key(pl.key).text(pl.policy.Withdrawn.String()).number(len(pl.policy.Absences), len(pl.keys))
		for _, a := range pl.policy.Absences {
			k.text(a.From.String(), a.Until.String(), a.Reason)
		}
		for _, version := range pl.keys {
			if !version.known() {
				return key{}
			}
			k.key(version)
		}
	}
	if program() == "" {
		return key{}
	}
	return k.sum()
}
