package config

import (
	"reflect"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Schema is a JSON Schema, or a part of one.
type Schema map[string]any

// ForConfig describes codicil.yaml. It is strict: a key that is not there is
// a slip of the pen.
func ForConfig() Schema {
	s := schemaOf(reflect.TypeFor[Config](), "", configWords())
	s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", "codicil.yaml"
	return s
}

// ForFrontMatter describes the head of a text. Keys of other tools are left
// alone.
func ForFrontMatter() Schema {
	s := schemaOf(reflect.TypeFor[policy.FrontMatter](), "", frontMatterWords())
	s["$schema"], s["title"], s["additionalProperties"] = "https://json-schema.org/draft/2020-12/schema", "Front matter of a policy", true
	day := Schema{"type": "string", "format": "date"}
	dates := s["properties"].(Schema)["effective_date"].(Schema)
	delete(dates, "type")
	delete(dates, "format")
	dates["anyOf"] = []Schema{day, {"type": "object", "additionalProperties": false, "properties": Schema{"new": day, "existing": day}}}
	return s
}

// schemaOf describes a type by the keys that its fields bear, so that the
// schema cannot fall behind what is read.
func schemaOf(t reflect.Type, path string, words map[string]string) Schema {
	s := knownSchema(t)
	if s == nil {
		s = schemaOfKind(t, path, words)
	}
	if text := words[path]; text != "" {
		s["description"] = text
	}
	return s
}

func startWords() []string { return []string{"auto", "label", "commit", "tag"} }

// knownSchema describes the types that read themselves.
func knownSchema(t reflect.Type) Schema {
	switch t {
	case reflect.TypeFor[policy.Date]():
		return Schema{"type": "string", "format": "date"}
	case reflect.TypeFor[policy.Severity](), reflect.TypeFor[*policy.Severity]():
		return Schema{"enum": []string{"none", "editorial", "minor", "major"}}
	case reflect.TypeFor[policy.Start]():
		return Schema{"enum": startWords()}
	case reflect.TypeFor[Versions]():
		return Schema{"anyOf": []Schema{{"enum": startWords()}, {
			"type": "object", "additionalProperties": false, "properties": Schema{
				"starts":   Schema{"enum": startWords()},
				"mainline": Schema{"type": []string{"string", "array"}, "items": Schema{"type": "string"}, "description": "Commits that the published branch pointed to, where a merge leaves that open."},
			},
		}}}
	case reflect.TypeFor[policy.Decline]():
		return Schema{"anyOf": []Schema{{"type": "boolean"}, {"type": "string", "format": "date"}, {
			"type": "object", "additionalProperties": false, "properties": Schema{
				"until": Schema{"type": "string", "format": "date", "description": "The last day; by default the day before the version binds."},
				"means": Schema{"type": "string", "description": "What follows for who declines, in a sentence for readers."},
			},
		}}}
	case reflect.TypeFor[policy.Scalar]():
		return Schema{"type": []string{"string", "number"}}
	case reflect.TypeFor[policy.Strings]():
		return Schema{"type": []string{"string", "array"}, "items": Schema{"type": "string"}}
	}
	return nil
}

func schemaOfKind(t reflect.Type, path string, words map[string]string) Schema {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem(), path, words)
	case reflect.Struct:
		return schemaOfStruct(t, path, words)
	case reflect.Slice:
		return Schema{"type": "array", "items": schemaOf(t.Elem(), path+"[]", words)}
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": schemaOf(t.Elem(), path+".*", words)}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Int:
		return Schema{"type": "integer"}
	}
	return Schema{"type": "string"}
}

func schemaOfStruct(t reflect.Type, path string, words map[string]string) Schema {
	properties := Schema{}
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if key == "-" { // a key of several forms, which is read apart from the others
			key = t.Field(i).Tag.Get("written")
		}
		if key == "" {
			continue
		}
		properties[key] = schemaOf(t.Field(i).Type, strings.TrimPrefix(path+"."+key, "."), words)
	}
	return Schema{"type": "object", "additionalProperties": false, "properties": properties}
}

// frontMatterWords describe the keys of front matter.
func frontMatterWords() map[string]string {
	return map[string]string{
		"title":          "What readers call the policy.",
		"id":             "Its short name, as in addresses: privacy. By default the name of the file.",
		"version":        "The label of this version. A new label starts a new version.",
		"effective_date": "The day from which this version binds; or two days, {new: DATE, existing: DATE}, for accounts made from then on and for those that are there.",
		"announced":      "The day on which people were, or will be, told; by default the day of publication.",
		"summary":        "What changes for the reader, in plain words. A major change needs it.",
		"change":         "How much the change matters, in the editor's judgement. It wins over the proposal.",
		"change_reason":  "Why `change` is less than the change reads as.",
		"approved_by":    "Who decided that.",
		"notice":         "The channels of this notice, instead of those configured: banner, popup, email, feed.",
		"lang":           "The language of the text, as a BCP 47 tag.",
		"translation_of": "The id of the policy that this text translates.",
		"prevails":       "The language of the text that prevails where translations differ, as a BCP 47 tag; pages claim nothing where nobody states it.",
		"aliases":        "Ids that the policy had before; their addresses lead to it.",
		"draft":          "Whether the text is not to be published yet.",
		"status":         "draft, cancelled (an announced version that will not take effect) or withdrawn; other words are left alone.",
		"status_reason":  "Why it was cancelled or withdrawn, in a sentence for readers.",
		"source":         "The Markdown file that the body is made of, as seen from this one; `codicil expand` writes the body. Other values are left to other tools.",
		"brand":          "The brand of codicil.yaml whose values the source is given.",
		"variables":      "Values of names in the source, for this policy alone.",
		"decline":        "Whether readers may decline the change: true, the last day on which they may, or {until: DATE, means: TEXT}. `serve --public` takes it.",
	}
}

// configWords describe the keys of codicil.yaml.
func configWords() map[string]string {
	return map[string]string{
		"title":                         "Who publishes the policies, as readers know it.",
		"base_url":                      "The address of the site.",
		"site_root":                     "The address that links from the root of the host (/help) lead to; by default the host of the site.",
		"policies":                      "Globs of the texts, relative to this file.",
		"versions":                      "What starts a version; auto finds it out for each repository.",
		"strict":                        "Publish nothing while the newest text of any policy is broken, instead of all but that text.",
		"lang":                          "The language of the pages about all policies.",
		"site.icon":                     "File of the picture in a tab of the browser.",
		"site.accent":                   "The one colour of links and buttons, as \"#1a4b8c\"; made darker or lighter where it could not be read.",
		"withdrawn":                     "Addresses of the site that may vanish.",
		"notice.period":                 "How long before it takes effect a change is told, by severity: 30d, 10bd for business days.",
		"notice.channels":               "How it is told, by severity: banner, popup, email, feed.",
		"notice.audiences":              "Whose laws ask for more: gdpr, p2b, hk, pipl.",
		"notice.holidays":               "File of days on which no business is done.",
		"lint":                          "Rules of the linter, each with off, warning or error.",
		"rules":                         "Rules of the assessment to turn off, to give another severity, or to add.",
		"email.from":                    "Who writes, as in Example <privacy@example.com>.",
		"email.smtp":                    "The mail server: smtp://host:587 or smtps://host:465. User and password come from the environment.",
		"email.rate":                    "How many messages in which time: 600/min.",
		"email.quiet":                   "Hours in which nobody is told, by the clock of each person (column timezone of the list), else of `timezone`.",
		"email.quiet.from":              "When they begin: \"21:00\".",
		"email.quiet.to":                "When they end: \"08:00\".",
		"email.warm_up":                 "How many messages go out on each of the first days: [500, 1000, 5000]; after the last, nothing bounds them.",
		"email.seeds":                   "Mailboxes of your own that are told first, with the header X-Codicil-Seed, and not counted.",
		"email.return_path":             "The mailbox for reports of what could not be delivered.",
		"email.unsubscribe":             "The https address by which followers leave.",
		"channels":                      "Ways to tell people besides those that are built in.",
		"channels.custom":               "Channels of your own by name, such as sms, each a program that tells people.",
		"channels.custom.*.command":     "The program and its arguments. It gets JSON on its input and answers by JSON or its exit code; no shell is run.",
		"channels.custom.*.column":      "The column of the list that says where it reaches a person; by default the name of the channel.",
		"channels.custom.*.batch":       "How many people one call is about; default 1.",
		"channels.custom.*.connections": "How many calls are made at once; default 4.",
		"channels.custom.*.timeout":     "How long one call may take; default 30s.",
		"channels.custom.*.rate":        "How many people are told in which time: 20/s.",
		"recipients":                    "File of recipients, CSV or a JSON object a line.",
		"ledger":                        "Where the record of who was told is kept: a file, or postgres://host/database.",
		"serve.url":                     "The https address under which readers reach the pages of `serve --public`.",
		"serve.listen":                  "Where it listens, behind a proxy that adds TLS: 127.0.0.1:8081.",
		"serve.proxies":                 "Networks of proxies whose X-Forwarded-For is believed.",
		"serve.per_network":             "How many requests that lead to mail are taken from one network: 30/h.",
		"serve.per_address":             "How many letters one address gets: 3/d.",
		"serve.relays":                  "Relays that report bounces and complaints as JSON, besides generic, ses and postmark.",
		"serve.relays[].name":           "The end of the address it posts to: /v1/returns/NAME.",
		"serve.relays[].list":           "Path of the reports; names with dots between them. Without it the body is the report.",
		"serve.relays[].unwrap":         "Path of a string that holds the JSON itself.",
		"serve.relays[].kind":           "Paths whose values, with a space between them, say what happened.",
		"serve.relays[].failed":         "Kinds of what will never arrive.",
		"serve.relays[].complaint":      "Kinds of complaints.",
		"serve.relays[].email":          "Paths of the address; the first that leads somewhere counts.",
		"serve.relays[].status":         "Paths of the status code, such as 5.1.1.",
		"serve.relays[].reason":         "Paths of the words of the reason.",
		"serve.relays[].ask":            "Path of an address by which the relay asks to be confirmed; it is logged, for a person to open.",
		"webhooks":                      "Systems to tell when a version is announced and when it takes effect.",
		"signers":                       "Who may publish; each names an email address and a key.",
		"log":                           "Who vouches for the log of versions. The key that signs is in CODICIL_LOG_KEY, never here.",
		"log.key":                       "The public key of the log, as `codicil verify --new-key` prints it.",
		"log.witnesses":                 "Public keys of witnesses whose cosignatures count (cosignature/v1).",
		"log.timestamp":                 "An authority that says when a checkpoint existed (RFC 3161).",
		"log.timestamp.url":             "Its address, asked by `codicil verify --update`.",
		"log.timestamp.ca":              "File of certificates in PEM that the certificate of the authority leads to.",
		"acknowledge":                   "Silent changes that are put on record, because they cannot be undone.",
		"acknowledge[].commit":          "The commit that made it: at least seven digits of its id.",
		"acknowledge[].reason":          "Why it is left as it is.",
		"acknowledge[].by":              "Who answers for that.",
		"approvals":                     "Who must approve a change before it is published: roles, each with people.",
		"approvals[].role":              "What the people of it are called together, such as legal.",
		"approvals[].count":             "How many of them; default 1.",
		"approvals[].from":              "The least severity of a change that needs them; default major.",
		"approvals[].people":            "Who they are, each by name with a key, a login, or both.",
		"approvals[].people[].key":      "The public key that they sign commits and tags with: SSH in one line, or OpenPGP.",
		"approvals[].people[].login":    "Their login on the host of the repository, whose reviews count.",
		"variables":                     "Values of the names in shared sources, for all policies: {contact: privacy@example.com}.",
		"brands":                        "Values for the policies of a brand, which name it in their front matter: {acme: {company: Acme Ltd, country: DE}}.",
		"reader":                        "A second reader of changes, asked by `codicil read` alone: a language model behind a server, or a program.",
		"reader.url":                    "Base address of its chat completions, such as http://127.0.0.1:11434/v1.",
		"reader.model":                  "The model, as the server names it.",
		"reader.key_env":                "Variable of the environment that holds the key of the server; its name begins with CODICIL_READER_.",
		"reader.command":                "A program with its arguments, in place of a server: it gets JSON on its input and writes JSON.",
		"reader.timeout":                "How long one answer may take, such as 90s; default 3m.",
		"reader.drafts":                 "Whether texts that are not published may leave this machine.",
	}
}
