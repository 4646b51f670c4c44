package site

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

func TestAProgramIsNamedByItsBuild(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("programs have no such note here")
	}
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := exec.Command("go", "tool", "buildid", name).Output()
	if err != nil {
		t.Skip("no go command to ask:", err)
	}
	if got := buildID(f); got == "" || got != strings.TrimSpace(string(want)) || program() != got {
		t.Errorf("build is %q, program %q, want %q", got, program(), want)
	}
}

func TestWhatIsNoProgramHasNoBuild(t *testing.T) {
	for _, data := range []string{"", "\x7fELF", "#!/bin/sh\n"} {
		if id := buildID(bytes.NewReader([]byte(data))); id != "" {
			t.Errorf("%q has build %q", data, id)
		}
	}
}
