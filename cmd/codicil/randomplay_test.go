package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// player carries out the moves of a random history in a repository: a published
// line, and at times one beside it that is merged, one way or the other.
type player struct {
	git     *gitFixture
	main    *line
	commits []string // of the published line, oldest first
	states  []*line  // of each of them
	side    *line
	apart   []string // commits of the side, oldest first, without the one it began with
	began   int      // the commit of the published line at which the side began
	day     time.Time
	doubt   bool // a clock was wrong, or nothing tells which parent of a merge was published

	// before is called when a commit lies in the work tree and in the index,
	// after when it was published.
	before, after func(p *player)
	pins          func(p *player) string // the pins of what is published
}

func newPlayer(t *testing.T, dir string) *player {
	p := &player{git: newGitFixture(t, dir), main: &line{texts: map[string]*sheet{}, other: map[string]string{}}, day: time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)}
	p.git.write(".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote \"origin\"]\n\turl = https://example.com/rules.git\n")
	return p
}

func (p *player) play(m move) {
	r := rand.New(rand.NewPCG(m.seed, 1))
	p.day = p.day.AddDate(0, 0, r.IntN(45))
	switch m.kind {
	case "fork":
		if p.side == nil && len(p.commits) > 0 {
			p.began = len(p.commits) - 1 - r.IntN(min(2, len(p.commits)))
			p.side, p.apart = p.states[p.began].clone(), nil
		}
	case "merge", "pull":
		p.join(m.kind, r)
	case "back to an older state":
		if len(p.states) > 1 {
			p.main = p.states[r.IntN(len(p.states)-1)].clone()
			p.publish(p.day, "Revert", p.parents()...)
		}
	case "pinned":
		if len(p.commits) > 0 {
			p.main.other["codicil.sum"] = p.pins(p)
			p.publish(p.day, "pin", p.parents()...)
		}
	case "clock ahead", "clock behind":
		days := 1 + r.IntN(500)
		if m.kind == "clock behind" {
			days = -days
		}
		p.doubt = true
		edit(p.main, "other words", r, p.day)
		p.publish(p.day.AddDate(0, 0, days), "publish", p.parents()...)
	default:
		if p.side != nil && r.IntN(2) == 0 {
			edit(p.side, m.kind, r, p.day)
			p.apart = append(p.apart, p.git.commit(p.side.files(), p.day, "write", p.sideEnd()))
			return
		}
		edit(p.main, m.kind, r, p.day)
		p.publish(p.day, "publish", p.parents()...)
	}
}

// edit makes a move on one text of a line, or on the line.
func edit(l *line, kind string, r *rand.Rand, day time.Time) {
	if shift := shifts[kind]; shift != nil {
		shift(l, r, day)
	} else if path := l.pick(r); path != "" {
		moves[kind](l.texts[path], r, day)
	}
}

func (p *player) parents() []string {
	if len(p.commits) == 0 {
		return nil
	}
	return p.commits[len(p.commits)-1:]
}

func (p *player) sideEnd() string {
	if len(p.apart) == 0 {
		return p.commits[p.began]
	}
	return p.apart[len(p.apart)-1]
}

// join merges the side into the published line, or the other way round.
func (p *player) join(kind string, r *rand.Rand) {
	if p.side == nil || len(p.apart) == 0 {
		return
	}
	p.main = merged(p.states[p.began], p.main, p.side)
	published, side := p.commits[len(p.commits)-1], p.sideEnd()
	p.side = nil
	if kind == "merge" {
		said := r.IntN(3)
		p.doubt = p.doubt || said == 2
		p.publish(p.day, []string{"Merge branch 'topic'", "Merge pull request #7 from example/topic", "Put both together"}[said], published, side)
		return
	}
	known := r.IntN(2) == 0
	if known {
		p.git.recall("refs/remotes/origin/main", p.commits...)
	}
	said := r.IntN(3)
	p.doubt = p.doubt || !known && said > 0
	p.publish(p.day, []string{"Merge branch 'main' of https://example.com/rules", "Merge branch 'main'", "Put both together"}[said], side, published)
}

// merged is what git makes of two lines that never touch one text both, and of
// others what an editor might: the side wins.
func merged(base, main, side *line) *line {
	out := main.clone()
	for path := range base.texts {
		if side.texts[path] == nil {
			delete(out.texts, path)
		}
	}
	for path, t := range side.texts {
		if b := base.texts[path]; b == nil || b.bytes() != t.bytes() {
			out.texts[path] = t.clone()
		}
	}
	if side.config != base.config {
		out.config = side.config
	}
	maps.Copy(out.other, side.other)
	return out
}

func (p *player) publish(at time.Time, message string, parents ...string) {
	files := p.main.files()
	p.git.add(files)
	p.before(p)
	id := p.git.commit(files, at, message, parents...)
	p.git.point("refs/heads/main", id)
	p.commits, p.states = append(p.commits, id), append(p.states, p.main.clone())
	p.after(p)
}

// tell plays a history in a folder and returns the first law that it breaks.
func tell(t *testing.T, list []move, w *watch) (fault error) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Errorf("panic: %v", r)
		}
	}()
	p := newPlayer(t, t.TempDir())
	keep := func(law func(*player) error) func(*player) {
		return func(p *player) {
			if fault == nil {
				fault = law(p)
			}
		}
	}
	p.before, p.after, p.pins = keep(w.before), keep(w.after), w.pins
	for _, m := range list {
		if p.play(m); fault != nil {
			return fault
		}
	}
	if len(p.commits) == 0 {
		return nil
	}
	return w.atTheEnd(p)
}

// shortest takes moves out of a history for as long as it still breaks a law.
func shortest(list []move, broken func([]move) error) []move {
	for i := 0; i < len(list); {
		shorter := slices.Delete(slices.Clone(list), i, i+1)
		if broken(shorter) != nil {
			list = shorter
		} else {
			i++
		}
	}
	return list
}
