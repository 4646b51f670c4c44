package tree

import (
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
)

// record is what is remembered about a folder that was built on this machine.
// It is outside of the folder, where no clone can bring one.
type record struct {
	Place   string   // of the folder
	Stamp   string   // what the folder was last seen to be made from
	Pending bool     // the files were on their way when this was written
	Lines   []byte   // of the manifest
	Prints  []uint64 // of the manifest, and of each file in its order
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

// readRecord reads the record of a folder; nil when there is none that can be
// read.
func readRecord(records, dst string) *record {
	name := recordFile(records, dst)
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	r := new(record)
	if err := gob.NewDecoder(f).Decode(r); err != nil || r.Place != dst {
		return nil
	}
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
	err = errors.Join(gob.NewEncoder(f).Encode(r), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
