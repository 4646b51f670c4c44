// Package needs says in tests what they need of the machine. A test whose program
// is missing is skipped; where CODICIL_REQUIRE names the program, as in CI, it
// fails instead.
package needs

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Program finds a program and returns its path. Debian has it in the package pkg.
func Program(t testing.TB, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, name, name+" is not installed (Debian package "+pkg+")")
	}
	return path
}

// Missing ends a test that cannot run here, and says why.
func Missing(t testing.TB, name, why string) {
	t.Helper()
	if Required(name) {
		t.Fatalf("CODICIL_REQUIRE names %s, and %s", name, why)
	}
	t.Skip(why)
}

// Required reports whether CODICIL_REQUIRE names a program.
func Required(name string) bool {
	separator := func(r rune) bool { return r == ',' || r == ' ' }
	return slices.Contains(strings.FieldsFunc(os.Getenv("CODICIL_REQUIRE"), separator), name)
}
