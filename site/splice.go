package site

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"github.com/codicil/codicil/policy/integrity"
)

// What an overview says of a policy whose pages all stand is what it said: a large
// overview is put together of the pieces of the last one, and of those of the
// policies that changed.

// lastText returns a file as the last build left it; empty where it holds no more.
func (b *builder) lastText(path string) string {
	digest, listed := b.folder.Files.Digest(path)
	if b.old == nil || !listed {
		return ""
	}
	f, err := b.folder.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(&text, sum), f); err != nil || hex.EncodeToString(sum.Sum(nil)) != digest {
		return ""
	}
	return text.String()
}

// objectsOf returns the objects of the one list of objects in a JSON file as marshal
// writes it, each by its first line.
func objectsOf(text string) map[string]string {
	const begin, end = "\n  {\n", "\n  }"
	objects := make(map[string]string)
	for {
		_, rest, found := strings.Cut(text, begin)
		body, after, whole := strings.Cut(rest, end)
		if !found || !whole {
			return objects
		}
		first, _, _ := strings.Cut(body, "\n")
		objects[first] = "{\n" + body + end
		text = after
	}
}

// linesOf returns the lines that a list of all versions has of a policy, the oldest
// first, and what follows them; nothing where it has not as many. Lists have the
// policies in order, and so are asked for them.
func linesOf(h *policyBuild, list string) (lines, after string) {
	ref := integrity.OneWord(h.policy.Ref(h.versions[len(h.versions)-1])) + " "
	if !strings.HasPrefix(list, ref) {
		at := strings.Index(list, "\n"+ref)
		if at < 0 {
			return "", list
		}
		list = list[at+1:]
	}
	end := 0
	for range h.versions {
		n := strings.IndexByte(list[end:], '\n')
		if n < 0 {
			return "", list
		}
		end += n + 1
	}
	return list[:end], list[end:]
}
