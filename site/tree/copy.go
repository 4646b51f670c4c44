package tree

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
)

// Copy adds files with the content of others that the new folder has, by their
// paths. Of one that it does not have there is no copy.
func (s *Stage) Copy(files map[string]string) error {
	made := s.Made()
	for to, from := range files {
		if !made[from] && !s.keeps(from) {
			continue
		}
		data, err := s.read(from)
		if err == nil {
			err = s.Write(to, data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keeps reports whether a file of the old folder stays as it is.
func (s *Stage) keeps(file string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, listed := s.folder.Files.Digest(file)
	return listed && (s.kept[file] || s.kept[path.Dir(file)+"/"])
}

// read returns the content of a file that was made, or that stays.
func (s *Stage) read(file string) ([]byte, error) {
	data, err := s.root.ReadFile(filepath.FromSlash(file))
	if errors.Is(err, fs.ErrNotExist) {
		return s.folder.Read(file)
	}
	return data, err
}
