package tree

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// record is what is remembered about a folder that was built on this machine.
// It is outside of the folder, where no clone can bring one.
type record struct {
	recordHead
	Prints []uint64 // of the manifest, and of each file in its order
	Lines  string   // of the manifest
}

// recordHead begins the file. It alone tells whether the rest, which is as long as
// the folder is large, is of any use.
type recordHead struct {
	Place   string // of the folder
	Stamp   string // what the folder was last seen to be made from
	Pending bool   // the files were on their way when this was written
	Count   int    // of the prints that follow
	Size    int    // of the lines behind them, in bytes
}

// recordFile returns where the record of a folder is kept; empty when records
// are not kept.
func recordFile(records, dst string) string {
	if records == "" {
		return ""
	}
	name := sha256.Sum256([]byte(dst))
	return filepath.Join(records, hex.EncodeToString(name[:16]))
}

// readRecord reads the record of a folder, if its head is wanted; nil when there is
// none that can be read.
func readRecord(records, dst string, wanted func(*recordHead) bool) *record {
	name := recordFile(records, dst)
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	r, in := new(record), bufio.NewReaderSize(f, pieceSize)
	if gob.NewDecoder(in).Decode(&r.recordHead) != nil || r.Place != dst || !wanted(&r.recordHead) {
		return nil
	}
	info, err := f.Stat()
	if err != nil || r.Count < 0 || r.Size < 0 || int64(r.Count) > info.Size()/8 || int64(r.Size) > info.Size() {
		return nil
	}
	r.Prints = make([]uint64, r.Count)
	if err := binary.Read(in, binary.LittleEndian, r.Prints); err != nil {
		return nil
	}
	var lines strings.Builder
	lines.Grow(r.Size)
	if _, err := io.CopyN(&lines, in, int64(r.Size)); err != nil {
		return nil
	}
	r.Lines = lines.String()
	return r
}

// write remembers r, whole or not at all.
func (r *record) write(records string) error {
	name := recordFile(records, r.Place)
	if name == "" {
		return nil
	}
	f, err := os.CreateTemp(records, ".record-")
	if err != nil {
		return err
	}
	err = errors.Join(r.encode(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func (r *record) encode(w io.Writer) error {
	out := bufio.NewWriterSize(w, pieceSize)
	r.Count, r.Size = len(r.Prints), len(r.Lines)
	err := errors.Join(gob.NewEncoder(out).Encode(r.recordHead), binary.Write(out, binary.LittleEndian, r.Prints))
	if err == nil {
		_, err = out.WriteString(r.Lines)
	}
	return errors.Join(err, out.Flush())
}
