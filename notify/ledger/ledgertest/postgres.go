//go:build unix

// Package ledgertest runs a PostgreSQL server of its own for a test, from the
// programs of the system's package, on the loopback address.
package ledgertest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/codicil/codicil/policy/needs"
)

// Server is a running server.
type Server struct {
	t    testing.TB
	bin  string // folder of the programs
	data string
	port int
	user *syscall.Credential // nil for our own
}

// Postgres starts a server that ends with the test. Without the programs, the
// test is skipped, unless CODICIL_REQUIRE names postgres.
func Postgres(t testing.TB) *Server {
	t.Helper()
	bin := programs()
	if bin == "" {
		needs.Missing(t, "postgres", "there is no PostgreSQL server (Debian package postgresql)")
	}
	s := &Server{t: t, bin: bin, data: filepath.Join(t.TempDir(), "data"), port: freePort(t)}
	s.drop()
	s.must("initdb", "--pgdata="+s.data, "--username=codicil", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
	s.start()
	t.Cleanup(s.stop)
	return s
}

// programs returns the folder of the newest server there is.
func programs() string {
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// drop gives the folder to another user where we are root: the server refuses
// to run as root.
func (s *Server) drop() {
	s.t.Helper()
	if err := os.Mkdir(s.data, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		return
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		s.t.Skip("a PostgreSQL server cannot run as root, and there is no other user")
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	s.user = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	if err := os.Chown(s.data, uid, gid); err != nil {
		s.t.Fatal(err)
	}
	for folder := filepath.Dir(s.data); folder != filepath.Clean(os.TempDir()) && folder != "/"; folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.data
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.user}
	return c
}

func (s *Server) must(name string, args ...string) {
	s.t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (s *Server) start() {
	s.t.Helper()
	s.must("pg_ctl", "start", "--wait", "--silent", "--pgdata="+s.data, "--log="+filepath.Join(s.data, "log"),
		"--options", fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50", s.port, s.data))
}

func (s *Server) stop() {
	if out, err := s.command("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate", "--pgdata="+s.data).CombinedOutput(); err != nil {
		s.t.Logf("stop the server: %v\n%s", err, out)
	}
}

// Restart ends all connections and starts the server again.
func (s *Server) Restart() {
	s.t.Helper()
	s.must("pg_ctl", "stop", "--wait", "--silent", "--mode=fast", "--pgdata="+s.data)
	s.start()
}

// Address returns the address of a ledger of the given name, each of which is
// empty at first.
func (s *Server) Address(name string) string {
	return fmt.Sprintf("postgres://codicil@127.0.0.1:%d/postgres?sslmode=disable&search_path=%s", s.port, name)
}
