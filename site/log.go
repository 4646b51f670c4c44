package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/transparency"
)

// logDir is the folder of the log of versions, in the form of c2sp.org/tlog-tiles.
const logDir = "log/"

// logData is the log as it is shown: up to its checkpoint.
type logData struct {
	*integrity.Log
	shown   *transparency.Checkpoint
	indexes map[string]int64 // by the name of the version
}

// logged reads the log that the options name, else makes one of all versions,
// which nobody has signed.
func (o Options) logged(policies []*policy.Policy) (*logData, error) {
	d := &logData{Log: o.Log, indexes: make(map[string]int64)}
	if d.Log == nil {
		tree, err := integrity.LogOf(integrity.PinsOf(policies))
		if err != nil {
			return nil, err
		}
		d.Log = &integrity.Log{Tree: tree}
	}
	name := strings.TrimSuffix(o.BaseURL[strings.Index(o.BaseURL, "//")+1:], "/") // "" where it is not known
	shown, err := d.Shown(cmp.Or(strings.Trim(name+"/log", "/"), "log"))
	if err != nil {
		return nil, err
	}
	d.shown = shown
	for i, entry := range d.Tree.Entries()[:shown.Size] {
		ref, _, _ := strings.Cut(entry, " ")
		d.indexes[ref] = int64(i)
	}
	return d, nil
}

// key stands for all that the site shows of the log.
func (d *logData) key() key {
	var k keyer
	k.text(string(d.shown.Note), string(d.Response)).flag(d.shown.Signed)
	for _, c := range d.shown.Cosigned {
		k.text(c.Name, stamp(c.At))
	}
	return k.sum()
}

// writeLog writes the log of versions: its checkpoint, the tiles of its tree, its
// entries, a proof for each version, and the page that says what they are good for.
func (b *builder) writeLog(histories []*policyBuild) error {
	tiles, err := b.log.Tree.Tiles(b.log.shown.Size)
	if err != nil {
		return err
	}
	b.proofs = b.proofsKey()
	for _, t := range tiles {
		if err := b.stage.Write(logDir+t.Path, t.Data); err != nil {
			return err
		}
		if full := len(t.Data) == transparency.TileWidth*len(transparency.Hash{}); full && strings.HasPrefix(t.Path, "tile/0/") {
			b.proved = append(b.proved, b.proofsStand(logDir+t.Path, t.Data))
		}
	}
	lines := strings.Join(b.log.Tree.Entries()[:b.log.shown.Size], "\n")
	if lines != "" {
		lines += "\n"
	}
	if err := b.stage.Write(logDir+integrity.SumName, []byte(lines)); err != nil {
		return err
	}
	if err := b.stage.Write(logDir+"checkpoint", b.log.shown.Note); err != nil {
		return err
	}
	if b.log.Response != nil {
		if err := b.stage.Write(logDir+"checkpoint.tsr", b.log.Response); err != nil {
			return err
		}
	}
	if err := b.writeProofs(histories); err != nil {
		return err
	}
	return b.writeLogPage()
}

// proofData is the proof that a version is in the log, for programs.
type proofData struct {
	Version    string              `json:"version"` // as the entry names it
	Log        string              `json:"log"`
	Checkpoint string              `json:"checkpoint"` // address
	Included   bool                `json:"included"`   // false until the version is pinned, and a checkpoint signed over it
	Index      int64               `json:"index"`      // in the log, from 0
	Entry      string              `json:"entry,omitempty"`
	Hash       *transparency.Hash  `json:"entry_hash,omitempty"` // SHA-256 of a zero byte and the entry
	Size       int64               `json:"size,omitempty"`
	Root       *transparency.Hash  `json:"root,omitempty"`
	Path       []transparency.Hash `json:"path,omitempty"`       // from the entry up to the root, or to the tile of 256 that it is in
	Above      string              `json:"path_above,omitempty"` // address of the rest of the path, from that tile to the root
}

// aboveData is the path from a full tile to the root.
type aboveData struct {
	Tile int64               `json:"tile"`
	Size int64               `json:"size"`
	Root transparency.Hash   `json:"root"`
	Path []transparency.Hash `json:"path"`
}

// proofPath returns where the proof of the version in a folder is.
func proofPath(dir string) string { return logDir + "proof/" + strings.TrimSuffix(dir, "/") + ".json" }

// Proof returns where the proof of the version is.
func (r *record) Proof() string { return proofPath(r.Dir) }

// proofsKey stands for what all proofs depend on beside the entries.
func (b *builder) proofsKey() key {
	var k keyer
	return k.text("proofs").key(b.key).text(b.log.shown.Origin).sum()
}

// proofsStand reports whether the last build has made the proofs in a full tile, whose
// hashes vouch for its entries, from the same.
func (b *builder) proofsStand(tile string, hashes []byte) bool {
	digest, _ := b.folder.Files.Digest(tile)
	sum := sha256.Sum256(hashes)
	return b.old != nil && b.old.proofs == b.proofs && digest == hex.EncodeToString(sum[:])
}

// writeProofs writes the proof of each version. Those in a tile that is full stay
// as they are while the log grows: only the short way from there to the root is
// written anew, so that a site of many versions is not.
func (b *builder) writeProofs(histories []*policyBuild) error {
	above := make(map[int64]bool)
	var stand []string
	for _, h := range histories {
		for _, r := range h.Records {
			ref := integrity.OneWord(h.policy.Ref(r.Version))
			tile, full := b.log.tileOf(ref)
			if full && !above[tile] {
				above[tile] = true
				if err := b.writeAbove(tile); err != nil {
					return err
				}
			}
			if full && b.proved[tile] && b.madeProof(h, r) {
				stand = append(stand, r.Proof())
			} else if err := b.writeProof(r, ref); err != nil {
				return err
			}
		}
	}
	b.stage.Keep(stand...)
	return nil
}

// madeProof reports whether the last build has made the proof of a version: it has
// that of each version which it knew.
func (b *builder) madeProof(h *policyBuild, r *record) bool {
	if h.stood {
		return true
	}
	_, made := b.folder.Files.Digest(r.Proof())
	return made
}

// writeProof writes the proof of one version.
func (b *builder) writeProof(r *record, ref string) error {
	p, err := b.proofOf(ref)
	if err != nil {
		return err
	}
	return b.writeJSON(r.Proof(), p)
}

// tileOf returns the number of the tile that the entry of a version is in, and whether
// that tile is full; it is not where the log has no such entry.
func (d *logData) tileOf(ref string) (tile int64, full bool) {
	index, known := d.indexes[ref]
	tile = index / transparency.TileWidth
	return tile, known && (tile+1)*transparency.TileWidth <= d.shown.Size
}

// withinTile is how many hashes of a path are within a tile.
const withinTile = 8

// aboveName is the file with the path from a full tile to the root.
func aboveName(tile int64) string { return fmt.Sprintf("%sabove/%d.json", logDir, tile) }

func (b *builder) writeAbove(tile int64) error {
	path, err := b.log.Tree.Inclusion(tile*transparency.TileWidth, b.log.shown.Size)
	if err != nil {
		return err
	}
	return b.writeJSON(aboveName(tile), aboveData{tile, b.log.shown.Size, b.log.shown.Root, append([]transparency.Hash{}, path[withinTile:]...)})
}

// proofOf makes the proof of one version.
func (b *builder) proofOf(ref string) (*proofData, error) {
	l := b.log
	p := &proofData{Version: ref, Log: l.shown.Origin, Checkpoint: b.address(logDir + "checkpoint"), Index: -1}
	index, known := l.indexes[ref]
	if !known {
		return p, nil
	}
	path, err := l.Tree.Inclusion(index, l.shown.Size)
	if err != nil {
		return nil, err
	}
	hash := transparency.EntryHash(l.Tree.Entry(index))
	p.Included, p.Index, p.Entry, p.Hash, p.Path = true, index, l.Tree.Entry(index), &hash, path
	if tile, full := l.tileOf(ref); full {
		p.Path, p.Above = path[:withinTile], b.address(aboveName(tile))
	} else {
		p.Size, p.Root = l.shown.Size, &l.shown.Root
	}
	return p, nil
}

// logPage says what the log is and how to check it.
type logPage struct {
	*transparency.Checkpoint
	Text  string // the checkpoint as it is served
	Stamp *transparency.Timestamp
	Base  string // address of the log; empty when it is not known
}

func (b *builder) writeLogPage() error {
	w := b.words(b.Lang)
	base, _ := b.absolute(logDir)
	return b.writePage("log", &page{
		Dir: logDir, Title: w.say("log.title"), Description: w.say("log.describe"),
		C: logPage{b.log.shown, string(b.log.shown.Note), b.log.Timestamp, base},
	})
}
