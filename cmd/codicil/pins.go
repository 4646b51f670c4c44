package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
)

// sumFile returns where the pins of this workspace are kept.
func (w *workspace) sumFile() string { return filepath.Join(w.config.dir, integrity.SumName) }

// pins reads the pins. A workspace without the file has none.
func (w *workspace) pins() ([]integrity.Pin, error) {
	src, err := os.ReadFile(w.sumFile())
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the digests: %w", err)
	}
	return integrity.ParseSum(w.sumFile(), src)
}

// checker makes what compares the pins with the history.
func (w *workspace) checker() (*integrity.Checker, error) {
	pins, err := w.pins()
	return &integrity.Checker{
		Repository: w.repo, Policies: w.history.Policies, Head: w.history.Head, Pins: pins, File: path.Join(w.base, integrity.SumName),
	}, err
}

// changedPins returns how the pins differ from the history.
func (w *workspace) changedPins() ([]*policy.Diagnostic, error) {
	c, err := w.checker()
	if err != nil {
		return nil, err
	}
	return c.Changed()
}

// pinFindings is changedPins with a file that cannot be read among what it finds.
func (w *workspace) pinFindings() ([]*policy.Diagnostic, error) {
	if w.history.Shallow { // what is cut off is not gone
		return nil, nil
	}
	found, err := w.changedPins()
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		return []*policy.Diagnostic{fault}, nil
	}
	return found, err
}
