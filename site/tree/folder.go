package tree

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/gofrs/flock"
)

// ErrChanged says that somebody else has changed the folder during the build.
// Building once more starts from what is there then.
var ErrChanged = errors.New("the folder was changed by somebody else during the build")

// Folder is a folder that this program builds. Close it.
type Folder struct {
	// Files lists what an earlier build has left in the folder; nil when it has
	// left nothing.
	Files *Listing
	// Whole says that this machine's build left the folder and that every file of
	// it is as it was left, so that it may be taken over.
	Whole bool

	dst     string   // absolute, without links
	name    string   // of dst within parent
	parent  *os.Root // the folder that dst is in
	records string   // folder of the records; empty when none are kept
	record  *record
	seen    uint64 // print of the manifest when the folder was looked at; 0 when there was none
	lock    *flock.Flock
}

// lockWait is how often a build looks whether another one of the same folder
// has ended.
const lockWait = 20 * time.Millisecond

// Open looks at the folder dst, which need not exist, and waits for a build of it
// that is running. A folder with files that no build has left comes back as a
// *policy.Diagnostic. Records is the folder in which records are kept; where it is empty,
// nothing is ever taken over.
//
// With verify the digest of each file is checked, too, and not only that the
// system knows of no change.
func Open(ctx context.Context, dst, records string, verify bool) (f *Folder, err error) {
	f = &Folder{records: records}
	defer func() {
		if err != nil {
			f.Close()
			f = nil
		}
	}()
	if err := f.place(dst); err != nil {
		return f, fmt.Errorf("site folder: %w", err)
	}
	if err := f.takeLock(ctx); err != nil {
		return f, fmt.Errorf("site folder: %w", err)
	}
	if err := f.sweep(); err != nil {
		return f, err
	}
	return f, f.look(verify)
}

// place finds out where dst lies, whatever links lead to it.
func (f *Folder) place(dst string) error {
	dst, err := filepath.Abs(dst)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
		return err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(dst))
	if err != nil {
		return err
	}
	f.dst = filepath.Join(dir, filepath.Base(dst))
	if real, err := filepath.EvalSymlinks(f.dst); err == nil {
		f.dst = real
	}
	f.name = filepath.Base(f.dst)
	f.parent, err = os.OpenRoot(filepath.Dir(f.dst))
	return err
}

// takeLock waits until no other build of the folder is running.
func (f *Folder) takeLock(ctx context.Context) error {
	if f.records == "" {
		return nil
	}
	if err := os.MkdirAll(f.records, 0o700); err != nil {
		f.records = "" // a machine without a folder for such things works without
		return nil
	}
	lock := flock.New(recordFile(f.records, f.dst) + ".lock")
	if _, err := lock.TryLockContext(ctx, lockWait); err != nil {
		return err
	}
	f.lock = lock
	return nil
}

// Close ends the work on the folder.
func (f *Folder) Close() {
	if f == nil {
		return
	}
	if f.lock != nil {
		_ = f.lock.Unlock() // the end of the program does it too
	}
	if f.parent != nil {
		f.parent.Close()
	}
}

// look finds out whose folder it is and what of it is still there.
func (f *Folder) look(verify bool) error {
	entries, err := f.entries()
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return &policy.Diagnostic{Level: policy.Error, Message: "cannot use " + f.dst + " for the site: " + err.Error(), Hint: "name a folder with -d", Err: err}
	}
	f.seen = printOf(f.manifest())
	f.record = readRecord(f.records, f.dst, func(*recordHead) bool { return true })
	if f.record != nil {
		files := parseListing(f.record.Lines)
		same, all := f.compare(files, f.record.Prints)
		if same {
			f.Files = files
			f.Whole = all && !f.record.Pending && (!verify || f.check(files) == "")
			return nil
		}
	}
	return f.adopt()
}

func (f *Folder) manifest() string { return filepath.Join(f.dst, ManifestName) }

// undisturbed says ErrChanged where a build that does not know of this one, as in
// another container, has meanwhile built the folder: its files and ours must not mix.
func (f *Folder) undisturbed() error {
	if now := printOf(f.manifest()); now != 0 && now != f.seen {
		return fmt.Errorf("%w: another build has put a site there", ErrChanged)
	}
	return nil
}

// entries lists what is in the folder, but for what a build is working in.
func (f *Folder) entries() ([]fs.DirEntry, error) {
	dir, err := f.parent.Open(f.name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	all, err := dir.ReadDir(-1)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), insidePrefix) }), err
}

// adopt takes over a folder that another machine has built, if it is as it says
// of itself; none of its files is believed.
func (f *Folder) adopt() error {
	text, err := f.Read(ManifestName)
	if err != nil {
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: "folder " + f.dst + " holds files that are not a site built here",
			Hint:    "name another folder with -d, or empty this one; a folder is replaced only when it holds " + ManifestName,
			Err:     err,
		}
	}
	files := parseListing(string(text))
	bad := f.check(files)
	if len(files.lines) == 0 {
		bad = ManifestName
	}
	if bad != "" {
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: fmt.Sprintf("folder %s was not built on this machine, and its file %q is not as its list says", f.dst, bad),
			Hint:    "name another folder with -d, or delete this one if nothing in it is yours",
		}
	}
	f.Files = files
	return nil
}

// check returns the first file that does not have the digest that is listed for
// it, is behind a link or has a name that leads elsewhere; empty when all
// are right.
func (f *Folder) check(files *Listing) string {
	before := ""
	for _, path := range files.paths() {
		if !local(path) || path <= before {
			return path
		}
		before = path
		want, _ := files.Digest(path)
		if digest, err := f.digestOf(path); err != nil || digest != want {
			return path
		}
	}
	return ""
}

// within names a file of the folder as its parent knows it.
func (f *Folder) within(path string) string { return filepath.Join(f.name, filepath.FromSlash(path)) }

// Open opens a file of the folder: a regular one, and not behind a link.
func (f *Folder) Open(path string) (*os.File, error) {
	for dir := range ancestors(path) {
		if info, err := f.parent.Lstat(f.within(dir)); err != nil {
			return nil, err
		} else if !info.IsDir() {
			return nil, fmt.Errorf("%s is not a folder", dir)
		}
	}
	info, err := f.parent.Lstat(f.within(path))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	return f.parent.Open(f.within(path))
}

// ancestors yields the folders that a path leads through, the outermost first.
func ancestors(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i, c := range path {
			if c == '/' && !yield(path[:i]) {
				return
			}
		}
	}
}

// Read returns the content of a file of the folder.
func (f *Folder) Read(path string) ([]byte, error) {
	file, err := f.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var buf bytes.Buffer
	_, err = buf.ReadFrom(file)
	return buf.Bytes(), err
}

// insidePrefix begins the names of the folders that a build makes inside dst.
const insidePrefix = ".codicil-stage-"

// besidePrefix begins the names of the folders that a build makes beside dst.
func (f *Folder) besidePrefix() string { return "." + f.name + ".codicil-" }

// sweep removes what killed builds have left, but nothing that a build is working
// in now which shares no records with this one, as in another container.
func (f *Folder) sweep() error {
	for _, place := range []struct{ dir, prefix string }{{".", f.besidePrefix()}, {f.name, insidePrefix}} {
		for _, name := range f.named(place.dir, place.prefix) {
			name = filepath.Join(place.dir, name)
			lock, busy := f.claim(name)
			if busy {
				continue
			}
			if err := errors.Join(f.parent.RemoveAll(name), lock.Close()); err != nil {
				return fmt.Errorf("removing what an earlier build left: %w", err)
			}
		}
	}
	return nil
}

// claim locks a building folder, and reports whether another build has it. The
// lock ends with the program at the latest. Where a system cannot lock a folder,
// none is ever busy.
func (f *Folder) claim(name string) (lock *flock.Flock, busy bool) {
	lock = flock.New(filepath.Join(f.parent.Name(), name), flock.SetFlag(os.O_RDONLY))
	got, err := lock.TryLock()
	return lock, err == nil && !got
}

// named lists the entries of a folder whose names begin so.
func (f *Folder) named(dir, prefix string) []string {
	open, err := f.parent.Open(dir)
	if err != nil {
		return nil
	}
	defer open.Close()
	names, _ := open.Readdirnames(-1)
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}

// Note remembers what a folder that is whole was now seen to be made from.
func (f *Folder) Note(stamp string) error {
	if !f.Whole || stamp == "" || f.record.Stamp == stamp {
		return nil
	}
	f.record.Stamp = stamp
	return f.record.write(f.records)
}

// UpToDate opens the folder dst if this machine's build left it, made from what
// the stamp says, and every file of it is as it was left; else it returns nil.
// It does not wait for a build that is running.
func UpToDate(dst, records, stamp string, verify bool) *Folder {
	dst, err := filepath.Abs(dst)
	if err != nil || stamp == "" {
		return nil
	}
	if dst, err = filepath.EvalSymlinks(dst); err != nil {
		return nil
	}
	r := readRecord(records, dst, func(h *recordHead) bool { return !h.Pending && h.Stamp == stamp })
	if r == nil {
		return nil
	}
	parent, err := os.OpenRoot(filepath.Dir(dst))
	if err != nil {
		return nil
	}
	f := &Folder{dst: dst, name: filepath.Base(dst), parent: parent, records: records, record: r, Files: parseListing(r.Lines)}
	if _, f.Whole = f.compare(f.Files, r.Prints); !f.Whole || verify && f.check(f.Files) != "" {
		f.Close()
		return nil
	}
	return f
}
