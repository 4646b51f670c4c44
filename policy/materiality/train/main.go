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
	own := flag.String("own", "policy/materiality/testdata", "`FOLDER` of invented pairs: JSON lines")
	held := flag.String("held", "", "`FILE` of pairs that are held back from fitting, to measure the model on")
	out := flag.String("o", "", "`FILE` to write the model to; none: only measure")
	only := flag.Bool("fit", false, "fit, and do not measure by cross-validation")
	meanings := flag.String("meanings", "", "`FILE` to write the directions of words to, and do no more")
	learned := flag.String("learned", "", "`FILE` to write to which topics words belong, and do no more")
	flag.Parse()
	for file, write := range map[string]func(data, out string) error{*meanings: writeMeanings, *learned: writeLearned} {
		if file != "" {
			exit(write(*data, file))
		}
	}
	if *meanings+*learned != "" {
		return
	}
	exit(run(*data, *own, *held, *out, *only))
}

// exit ends the program where something went wrong.
func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, own, held, out string, only bool) error {
	pairs, err := readPairs(data, own)
	if err != nil {
		return err
	}
	t := newTrainer(pairs)
	if !only {
		measure(os.Stdout, t)
	}
	m := t.fit(none)
	if held != "" {
		unseen, err := readSet(held, "held back", func(*pair) error { return nil })
		if err != nil {
			return err
		}
		measureHeld(os.Stdout, m, unseen)
	}
	if out == "" {
		return nil
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	if _, err := m.WriteTo(file); err != nil {
		return err
	}
	return file.Close()
}
