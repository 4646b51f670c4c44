package config

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// said are the keys that are no more than words: on pages, in texts, which are
// compared themselves, or about this very change.
var said = []string{"title", "lang", "variables", "brands", "withdrawn", "acknowledge"}

// acting are the keys that say what is run and where something is sent or kept;
// all others rule the gate.
var acting = []string{
	"base_url", "site_root", "site", "notice.remind", "email", "channels", "recipients", "ledger", "durable", "retain", "serve", "webhooks", "reader",
}

// Loosened names what a changed configuration would let through, and did not
// before. It counts once it is published; this check is ruled by the one before.
func Loosened(now, before *Config) []*policy.Diagnostic {
	var ruling, doing []string
	for _, key := range changedKeys("", reflect.ValueOf(*now), reflect.ValueOf(*before)) {
		switch {
		case slices.Contains(said, key):
		case slices.Contains(acting, key):
			doing = append(doing, key)
		default:
			ruling = append(ruling, key)
		}
	}
	found := func(keys []string, what, hint string) []*policy.Diagnostic {
		if len(keys) == 0 {
			return nil
		}
		return []*policy.Diagnostic{{File: cmp.Or(now.File, Name), Line: 1, Column: 1, Level: policy.Warning, Rule: "configuration-changed",
			Message: fmt.Sprintf(what, strings.Join(keys, ", ")), Hint: hint}}
	}
	return append(
		found(ruling, "this change also changes what rules the gate: %s. It was judged by the configuration that is published",
			"publish the configuration by a change of its own, so that whoever approves it sees what it loosens"),
		found(doing, "this change also changes what is run, or where texts, notices and addresses go: %s",
			"look at it as at a change of a program; publish it by a change of its own")...)
}

// changedKeys lists the keys of which the values differ, those of a mapping that
// has no type of its own one by one.
func changedKeys(prefix string, now, before reflect.Value) []string {
	var keys []string
	for i := range now.NumField() {
		field := now.Type().Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case key == "" || key == "-":
		case field.Type.Kind() == reflect.Struct && field.Type.Name() == "":
			keys = append(keys, changedKeys(prefix+key+".", now.Field(i), before.Field(i))...)
		case !reflect.DeepEqual(now.Field(i).Interface(), before.Field(i).Interface()):
			keys = append(keys, prefix+key)
		}
	}
	return keys
}
