// Train fits the model of policy/materiality to labelled pairs of texts, and
// measures it by cross-validation: on pairs of documents, and of kinds of
// change, that it was not fitted to. The same pairs give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	data := flag.String("data", "../shared/corpora", "`FOLDER` of labelled pairs")
	own := flag.String("own", "policy/materiality/testdata/changes.jsonl", "`FILES` of invented pairs, JSON lines, as a glob")
	out := flag.String("o", "", "`FILE` to write the model to; none: only measure")
	flag.Parse()
	if err := run(*data, *own, *out); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, own, out string) error {
	pairs, err := readPairs(data, own)
	if err != nil {
		return err
	}
	measure(os.Stdout, pairs)
	if out == "" {
		return nil
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	if _, err := fit(pairs).WriteTo(file); err != nil {
		return err
	}
	return file.Close()
}
