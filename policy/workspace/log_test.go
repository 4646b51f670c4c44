package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
)

func TestTheLogIsNamedAfterTheSite(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{"https://example.com/legal/": "example.com/legal/log", "https://example.com": "example.com/log", "example.com": "", "": ""} {
		if got := LogName(base); got != want {
			t.Errorf("%q: %q, want %q", base, got, want)
		}
	}
	for want, cfg := range map[string]config.Config{
		"example.org/log": {BaseURL: "https://example.com", Log: config.Log{Key: "example.org/log+12345678+abc"}},
		"example.com/log": {BaseURL: "https://example.com"},
		"codicil.sum":     {},
	} {
		if got := (&Workspace{Config: &cfg}).Origin(); got != want {
			t.Errorf("origin %q, want %q", got, want)
		}
	}
}

func TestVersionsArePinnedOnce(t *testing.T) {
	r := leased(t)
	w := r.open()
	if n, err := w.AppendPins(); n != 2 || err != nil {
		t.Fatalf("pinned %d, %v", n, err)
	}
	before := r.read("codicil.sum")
	if n, err := w.AppendPins(); n != 0 || err != nil || r.read("codicil.sum") != before {
		t.Errorf("pinned %d again, %v", n, err)
	}
	pins := must[[]integrity.Pin](t)(w.Pins())
	if len(pins) != 2 || pins[0].Ref != "lease@1.0" || pins[1].SHA256 != w.History.Policies[0].Versions[0].SHA256 {
		t.Errorf("pins: %v", pins)
	}
	if got := w.Options("").Pinned; len(got) != 2 {
		t.Errorf("the history is not told of the pinned commits: %v", got)
	}
	r.write("codicil.sum", strings.Replace(before, pins[0].SHA256, strings.Repeat("0", 64), 1))
	if _, err := w.AppendPins(); err != nil {
		t.Error(err)
	}
	repository, c, err := w.AsRepository()
	if err != nil || c == nil || len(repository.Integrity) == 0 {
		t.Errorf("another digest: %v, %v", repository.Integrity, err)
	}
	r.write("codicil.sum", "not a pin\n")
	if repository, c, err := w.AsRepository(); err != nil || c != nil || rules(repository.Integrity) != "sum-form:error" {
		t.Errorf("a file that cannot be read: %s, %v", rules(repository.Integrity), err)
	}
	w.Known = june
	if repository, c, err := w.AsRepository(); err != nil || c != nil || len(repository.Integrity) > 0 {
		t.Errorf("a day that is past: %s, %v", rules(repository.Integrity), err)
	}
}

// signing is a repository with a log that a key signs, and the secret key.
func signing(t *testing.T) (*repo, *Workspace, string) {
	t.Helper()
	r := leased(t)
	name := filepath.Join(t.TempDir(), "key")
	public := must[string](t)(NewLogKey(&config.Config{BaseURL: "https://example.com"}, name))
	secret := must[[]byte](t)(os.ReadFile(name))
	r.write("codicil.yaml", "base_url: https://example.com\nlog: {key: "+public+"}\n")
	r.commit("2027-05-21")
	w := r.open()
	must[int](t)(w.AppendPins())
	return r, w, string(secret)
}

func TestTheLogIsSignedAsFarAsItGoes(t *testing.T) {
	r, w, secret := signing(t)
	if cp, err := w.SignLog(""); cp != nil || err != nil {
		t.Errorf("without a key: %v, %v", cp, err)
	}
	digest := w.History.Policies[0].Versions[0].SHA256
	if proof, _, err := w.ProvedInLog(digest); proof != nil || err != nil {
		t.Errorf("proved by nothing signed: %q, %v", proof, err)
	}
	if l := must[*integrity.Log](t)(w.PublishedLog()); l.Checkpoint != nil || l.Tree.Size() != 2 {
		t.Errorf("the log before it is signed: %+v", l)
	}
	cp := must[*transparency.Checkpoint](t)(w.SignLog(secret))
	if cp == nil || cp.Size != 2 || r.read("codicil.checkpoint") != string(cp.Note) {
		t.Fatalf("checkpoint %+v", cp)
	}
	if cp, err := w.SignLog(secret); cp != nil || err != nil {
		t.Errorf("signed anew with nothing new: %v, %v", cp, err)
	}
	if proof, stamp, err := w.ProvedInLog(digest); len(proof) == 0 || stamp != nil || err != nil {
		t.Errorf("proof %q, timestamp %q, %v", proof, stamp, err)
	}
	if proof, _, err := w.ProvedInLog(strings.Repeat("0", 64)); proof != nil || err != nil {
		t.Errorf("a text that nobody published is proved: %q, %v", proof, err)
	}
	r.commit("2027-05-23", "lease.md", lease("3.0", "2027-08-01", nightly))
	w = r.open()
	must[int](t)(w.AppendPins())
	if l := must[*integrity.Log](t)(w.PublishedLog()); l.Checkpoint == nil || l.Checkpoint.Size != 2 {
		t.Errorf("the site shows more than is signed: %+v", l.Checkpoint)
	}
	if proof, _, err := w.ProvedInLog(w.History.Policies[0].Versions[0].SHA256); proof != nil || err != nil {
		t.Errorf("a version beyond the checkpoint is proved: %q, %v", proof, err)
	}
	if cp := must[*transparency.Checkpoint](t)(w.SignLog(secret)); cp == nil || cp.Size != 3 {
		t.Errorf("grown: %+v", cp)
	}
}

func TestOnlyTheConfiguredKeySigns(t *testing.T) {
	_, w, _ := signing(t)
	name := filepath.Join(t.TempDir(), "other")
	must[string](t)(NewLogKey(w.Config, name))
	_, err := w.SignLog(string(must[[]byte](t)(os.ReadFile(name))))
	wantError(t, err, "the key that signs is not that of `log.key`")
	_, err = w.SignLog("nonsense")
	wantError(t, err, "key")
}

func TestASecretKeyStaysOutOfGit(t *testing.T) {
	newRepo(t)
	site := &config.Config{BaseURL: "https://example.com"}
	away := filepath.Join(t.TempDir(), "key")
	for _, c := range []struct {
		cfg        *config.Config
		name, want string
	}{
		{&config.Config{}, away, "set `base_url`"},
		{site, "key", "key lies in the work tree"},
		{site, filepath.Join("legal", "..", "key"), "lies in the work tree"},
		{site, away, ""},
		{site, away, "is there already"},
	} {
		_, err := NewLogKey(c.cfg, c.name)
		wantError(t, err, c.want)
	}
	if info, err := os.Stat(away); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is %v, %v", info.Mode(), err)
	}
}

func TestTheEnvironmentGivesTheKey(t *testing.T) {
	r := leased(t)
	w := r.open()
	r.write("key", "from a file\n")
	for want, env := range map[string]map[string]string{
		"":              {},
		"itself":        {"CODICIL_LOG_KEY": "itself", "CODICIL_LOG_KEY_FILE": "key"},
		"from a file\n": {"CODICIL_LOG_KEY_FILE": "key"},
	} {
		if got, err := w.LogKey(func(name string) string { return env[name] }); got != want || err != nil {
			t.Errorf("%v: %q, %v", env, got, err)
		}
	}
	_, err := w.LogKey(func(name string) string { return map[string]string{"CODICIL_LOG_KEY_FILE": "gone"}[name] })
	wantError(t, err, "CODICIL_LOG_KEY_FILE")
}

func TestAnAuthorityIsAskedOnceThereIsSomethingToStamp(t *testing.T) {
	_, w, secret := signing(t)
	asked := 0
	ask := func(_ context.Context, url string, request []byte) ([]byte, error) {
		asked++
		if url != "https://time.example" || len(request) == 0 {
			t.Errorf("asked %s for %q", url, request)
		}
		return nil, errors.New("closed today")
	}
	for range 2 {
		if stamp, err := w.TimestampLog(t.Context(), ask); stamp != nil || err != nil || asked > 0 {
			t.Errorf("asked for %v, %v", stamp, err)
		}
		w.Config.Log.Timestamp.URL = "https://time.example"
	}
	must[*transparency.Checkpoint](t)(w.SignLog(secret))
	_, err := w.TimestampLog(t.Context(), ask)
	wantError(t, err, "closed today")
	wantError(t, err, "run `codicil verify --update` again later")
	_, err = w.TimestampLog(t.Context(), func(context.Context, string, []byte) ([]byte, error) { return []byte("no stamp"), nil })
	wantError(t, err, "log.timestamp: ")
	if text, _ := w.readIfThere(w.TimestampFile(), 100); text != nil {
		t.Errorf("what is no timestamp was kept: %q", text)
	}
}

func TestWhatSomebodyKeptOfTheLogHolds(t *testing.T) {
	r, w, secret := signing(t)
	must[*transparency.Checkpoint](t)(w.SignLog(secret))
	note := r.read("codicil.checkpoint")
	other := filepath.Join(t.TempDir(), "kept")
	verify := func(note string) (string, error) {
		if err := os.WriteFile(other, []byte(note), 0o644); err != nil {
			t.Fatal(err)
		}
		kept, err := w.Kept([]string{other})
		if err != nil {
			return "", err
		}
		_, c, err := w.AsRepository()
		if err != nil {
			return "", err
		}
		found, err := w.Verify(t.Context(), c, kept)
		return rules(found), err
	}
	if got, err := verify(note); got != "" || err != nil {
		t.Errorf("the same log: %s, %v", got, err)
	}
	sum := r.read("codicil.sum")
	lines := strings.SplitAfter(sum, "\n")
	r.write("codicil.sum", strings.Join(lines[len(lines)-2:], ""))
	if got, err := verify(note); err == nil && !strings.Contains(got, "error") {
		t.Errorf("a log that lost an entry: %s, %v", got, err)
	}
	if _, err := w.Kept([]string{filepath.Join(t.TempDir(), "none")}); err == nil {
		t.Error("a file that is not there is kept")
	}
}
