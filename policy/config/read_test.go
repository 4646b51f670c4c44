package config

import "testing"

func TestFilesThatAConfigurationOfARevisionNamesAreOfThatRevision(t *testing.T) {
	cfg, err := Parse("codicil.yaml", []byte("title: Boats\n"))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Dir = t.TempDir()
	if _, err := cfg.Read("holidays.txt", 100); err == nil {
		t.Error("a file that the work tree does not hold was read")
	}
	cfg.ReadFrom(func(name string, _ int64) ([]byte, error) { return []byte(name + " as published"), nil })
	if text, err := cfg.Read("holidays.txt", 100); err != nil || string(text) != "holidays.txt as published" {
		t.Errorf("read %q, %v", text, err)
	}
}
