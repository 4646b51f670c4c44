package transparency

import (
	"encoding/binary"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is that of tlog-tiles: a tile holds up to 256 hashes.
const tileHeight = 8

// TileWidth is how many hashes, or entries, a full tile holds.
const TileWidth = 1 << tileHeight

// Tile is a file of the log, as tlog-tiles has it.
type Tile struct {
	Path string // slash-separated, below the prefix of the log: tile/0/000.p/3
	Data []byte
}

// Tiles returns the files of the tree over the first entries: the tiles of its
// hashes, and the bundles of its entries.
func (l *Log) Tiles(size int64) ([]Tile, error) {
	if size < 0 || size > l.Size() {
		return nil, ErrSize
	}
	var list []Tile
	for _, t := range tlog.NewTiles(tileHeight, 0, size) {
		data, err := tlog.ReadTileData(t, l.stored)
		if err != nil {
			return nil, err
		}
		// Package tlog names the height, which is fixed here.
		list = append(list, Tile{"tile/" + strings.TrimPrefix(t.Path(), "tile/8/"), data})
		if t.L == 0 {
			first := t.N << tileHeight
			list = append(list, Tile{
				"tile/entries/" + strings.TrimPrefix(t.Path(), "tile/8/0/"), bundle(l.entries[first : first+int64(t.W)]),
			})
		}
	}
	return list, nil
}

// bundle writes entries one after the other, each behind its length.
func bundle(entries []string) []byte {
	var data []byte
	for _, entry := range entries {
		data = binary.BigEndian.AppendUint16(data, uint16(len(entry)))
		data = append(data, entry...)
	}
	return data
}
