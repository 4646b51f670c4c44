package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy/materiality"
)

// How directions are learned: of words that stand in so many places, by their
// neighbours this near, along so many axes, of which the first are kept.
const (
	leastPlaces     = 8
	nearness        = 4
	axes            = 80
	keptAxes        = 24
	turns           = 4    // how often the axes are turned towards where the words lie
	smoothing       = 0.75 // how much less rare neighbours say than they seem to
	familyCount     = 500
	turnsOfFamilies = 15
	commonFrom      = 1000 // places from which a word counts half
)

// writeMeanings writes the directions of words: each is the sum of what its
// neighbours say (positive pointwise mutual information) along the axes in which that
// differs most (a truncated singular value decomposition), so that words which stand
// among the same words point the same way.
func writeMeanings(data, out string) error {
	texts, err := newestTexts(data)
	if err != nil {
		return err
	}
	lines := linesOf(texts)
	words, places := common(lines)
	vectors := project(surprise(neighbours(lines, words)))
	kin := families(vectors)
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "# Made by go run ./policy/materiality/train -meanings of the newest English texts of the four public collections that bundle.go names: how words stand")
	fmt.Fprintln(w, "# among others, not a sentence of theirs. A word, a tab, how much it counts, its family, and its direction: a letter a number.")
	order := slices.SortedFunc(maps.Keys(words), strings.Compare)
	for _, word := range order {
		fmt.Fprintf(w, "%s\t%s\n", word, letters(1/(1+float64(places[word])/commonFrom), kin[words[word]], vectors[words[word]]))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// letters writes numbers as materiality reads them.
func letters(weight float64, family int, vector []float64) string {
	b := []byte{byte('0' + math.Round(63*weight)), byte('0' + family/64), byte('0' + family%64)}
	for _, x := range vector[:keptAxes] {
		b = append(b, byte('0'+32+max(-32, min(31, math.Round(48*x)))))
	}
	return string(b)
}

// families sorts words into kinds of those that point most nearly the same way: spherical
// k-means, begun with some of the common words.
func families(vectors [][]float64) []int {
	random := rand.New(rand.NewPCG(2, 2))
	centres := make([][]float64, familyCount)
	for i, k := range random.Perm(3 * familyCount)[:familyCount] {
		centres[i] = slices.Clone(vectors[k])
	}
	kin := make([]int, len(vectors))
	for range turnsOfFamilies {
		for i, v := range vectors {
			best := math.Inf(-1)
			for k, centre := range centres {
				if x := product(v, centre); x > best {
					kin[i], best = k, x
				}
			}
		}
		for _, centre := range centres {
			clear(centre)
		}
		for i, v := range vectors {
			for axis, x := range v {
				centres[kin[i]][axis] += x
			}
		}
		for _, centre := range centres {
			unit(centre)
		}
	}
	return kin
}

func product(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// unit gives a vector the length 1.
func unit(v []float64) {
	length := max(math.Sqrt(product(v, v)), 1e-9)
	for i := range v {
		v[i] /= length
	}
}

// linesOf takes texts apart into sentences of words, each line of the texts once.
func linesOf(texts []string) [][]string {
	var list [][]string
	seen := map[string]bool{}
	for _, text := range texts {
		for line := range strings.Lines(text) {
			if seen[line] {
				continue
			}
			seen[line] = true
			for sentence := range strings.SplitSeq(line, ". ") {
				if keys := materiality.Keys(sentence); len(keys) > 2 {
					list = append(list, keys)
				}
			}
		}
	}
	return list
}

// common numbers the words that stand in many places, the most common first.
func common(lines [][]string) (words, places map[string]int) {
	places, words = map[string]int{}, map[string]int{}
	for _, line := range lines {
		for _, w := range line {
			places[w]++
		}
	}
	var list []string
	for w, n := range places {
		if n >= leastPlaces && !strings.ContainsAny(w, "\t/@") {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(places[b]-places[a], strings.Compare(a, b)) })
	for i, w := range list {
		words[w] = i
	}
	return words, places
}

// neighbours counts how often words stand beside others, the nearer the more. The
// cells of a row are sorted by the other word.
func neighbours(lines [][]string, words map[string]int) [][]cell {
	counts := make([]map[int]float64, len(words))
	for i := range counts {
		counts[i] = map[int]float64{}
	}
	for _, line := range lines {
		for i, w := range line {
			at, ok := words[w]
			for k := max(0, i-nearness); ok && k < min(len(line), i+nearness+1); k++ {
				if other, ok := words[line[k]]; ok && k != i {
					counts[at][other] += 1 / math.Abs(float64(i-k))
				}
			}
		}
	}
	rows := make([][]cell, len(counts))
	for i, row := range counts {
		for _, other := range slices.Sorted(maps.Keys(row)) {
			rows[i] = append(rows[i], cell{other, row[other]})
		}
	}
	return rows
}

// surprise says how much more often words stand beside others than chance would
// have it, where they do: the logarithm.
func surprise(rows [][]cell) [][]cell {
	own, smooth, all := make([]float64, len(rows)), make([]float64, len(rows)), 0.0
	for i, row := range rows {
		for _, x := range row {
			own[i] += x.value
		}
		smooth[i] = math.Pow(own[i], smoothing)
		all += smooth[i]
	}
	out := make([][]cell, len(rows))
	for i, row := range rows {
		for _, x := range row {
			if v := math.Log(x.value * all / (own[i] * smooth[x.at])); v > 0 {
				out[i] = append(out[i], cell{x.at, v})
			}
		}
	}
	return out
}

// project returns the direction of each row along the axes in which rows differ most,
// those that differ more weighing no more than the root of it.
func project(rows [][]cell) [][]float64 {
	random := rand.New(rand.NewPCG(1, 1))
	q := make([][]float64, len(rows))
	for i := range q {
		for range axes {
			q[i] = append(q[i], random.NormFloat64())
		}
	}
	square(q)
	for range turns {
		q = back(rows, along(rows, q))
		square(q)
	}
	u := along(rows, q)
	for axis := range axes {
		length := 0.0
		for i := range u {
			length += u[i][axis] * u[i][axis]
		}
		for i := range u {
			u[i][axis] /= math.Pow(length, 0.25)
		}
	}
	for _, v := range u {
		unit(v)
	}
	return u
}

// along multiplies rows with a narrow matrix; back does so with the rows turned round.
func along(rows [][]cell, x [][]float64) [][]float64 {
	y := make([][]float64, len(rows))
	for i, row := range rows {
		y[i] = make([]float64, axes)
		for _, c := range row {
			for axis, v := range x[c.at] {
				y[i][axis] += c.value * v
			}
		}
	}
	return y
}

func back(rows [][]cell, x [][]float64) [][]float64 {
	y := make([][]float64, len(rows))
	for i := range y {
		y[i] = make([]float64, axes)
	}
	for i, row := range rows {
		for _, c := range row {
			for axis, v := range x[i] {
				y[c.at][axis] += c.value * v
			}
		}
	}
	return y
}

// square makes the columns of a matrix stand at right angles, and of length 1.
func square(x [][]float64) {
	dot := func(a, b int) (sum float64) {
		for i := range x {
			sum += x[i][a] * x[i][b]
		}
		return sum
	}
	for a := range axes {
		for b := range a {
			d := dot(a, b)
			for i := range x {
				x[i][a] -= d * x[i][b]
			}
		}
		length := math.Sqrt(dot(a, a))
		for i := range x {
			x[i][a] /= length
		}
	}
}
