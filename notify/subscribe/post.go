package subscribe

import (
	"context"
	"sync"
	"time"

	"github.com/codicil/codicil/notify"
)

// post sends letters after the answer is given: how long a letter takes tells
// nothing to who asked for it.
type post struct {
	*Options
	perAddress *limiter
	perDomain  *limiter
	overall    *limiter
	waiting    chan letter
	open       context.Context // ends when the time to finish is over
	shut       context.CancelFunc
	ended      sync.WaitGroup
	mu         sync.RWMutex
	closed     bool
	keptEvery  time.Duration // how often letters that are kept are looked for
	kept       sync.WaitGroup
}

// letter is one that waits to be sent.
type letter struct {
	to      notify.Recipient
	compose func() (notify.Letter, error)
	known   bool   // only for one who follows something
	kind    string // words of the page that says that it will come; empty for those of a subscription
}

// How the post works.
const (
	carriers   = 4      // letters on their way at once
	maxWaiting = 10_000 // letters in the queue
	tries      = 5
	firstWait  = 2 * time.Second // between two tries, doubling
	lastCall   = 10 * time.Second
)

func newPost(o *Options) *post {
	p := &post{Options: o, perAddress: newLimiter(o.PerAddress, o.Now), perDomain: newLimiter(o.PerDomain, o.Now), overall: newLimiter(o.Overall, o.Now), waiting: make(chan letter, maxWaiting)}
	p.open, p.shut = context.WithCancel(context.Background())
	p.keptEvery = 10 * time.Second
	p.kept.Go(p.deliverKept)
	for range carriers {
		p.ended.Go(func() {
			for l := range p.waiting {
				p.carry(l)
			}
		})
	}
	return p
}

// hand takes a letter in. It reports false when too many wait already.
func (p *post) hand(l letter) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return false
	}
	select {
	case p.waiting <- l:
		return true
	default:
		return false
	}
}

// carry sends a letter, if its address may have it.
func (p *post) carry(l letter) {
	recipient := p.Key.Recipient(l.to.Email)
	if why := p.tooMany(l.to.Email); why != "" {
		p.Log.Info("letter not sent", "why", why)
		return
	}
	if wanted, err := p.wanted(recipient, l.known); err != nil || !wanted {
		if err != nil {
			p.Log.Error("letter not sent", "why", err.Error())
		}
		return
	}
	content, err := l.compose()
	if err != nil {
		p.Log.Error("letter not sent", "why", err.Error())
		return
	}
	wait := firstWait
	for try := 1; ; try++ {
		err := p.Mailer.Mail(p.open, l.to, content)
		if err == nil {
			p.Log.Info("letter sent")
			return
		}
		if !retried(err) {
			p.Log.Error("letter not sent", "why", withoutReply(err))
			return
		}
		if try == tries || !p.pause(wait) {
			p.keep(l.to, content, withoutReply(err))
			return
		}
		wait *= 2
	}
}

// The waits of a letter that is kept double from the first to the longest; after
// so many tries, some two days, whoever asked for it asks again.
const (
	keptWait    = time.Minute
	longestKept = 4 * time.Hour
	keptTries   = 20
)

// keep has a letter outlive a server that is away or puts strangers off, and this
// process as well.
func (p *post) keep(to notify.Recipient, content notify.Letter, why string) {
	retry := p.Now().Add(keptWait)
	// The time to finish may be over, and the letter must not be lost by it.
	if err := p.Ledger.KeepLetter(context.WithoutCancel(p.open), to, content, retry); err != nil {
		p.Log.Error("letter not sent, and not kept", "why", err.Error())
		return
	}
	p.Log.Warn("letter kept", "why", why, "again", moment(retry))
}

// deliverKept tries the letters whose time has come, until the post is shut.
func (p *post) deliverKept() {
	for {
		select {
		case <-p.open.Done():
			return
		case <-time.After(p.keptEvery):
		}
		list, err := p.Ledger.DueLetters(p.open, p.Now())
		if err != nil && p.open.Err() == nil {
			p.Log.Error("the letters that are kept cannot be read", "why", err.Error())
		}
		for _, k := range list {
			if p.open.Err() != nil {
				return
			}
			p.tryKept(k)
		}
	}
}

func (p *post) tryKept(k notify.KeptLetter) {
	err := p.Mailer.Mail(p.open, k.To, k.Letter)
	var retry time.Time
	if err != nil && retried(err) && k.Attempts+1 < keptTries {
		retry = p.Now().Add(min(keptWait<<min(k.Attempts+1, 12), longestKept))
	}
	switch {
	case err == nil:
		p.Log.Info("letter sent")
	case p.open.Err() != nil:
		return // it was cut short by us
	default:
		p.Log.Warn("letter not sent", "why", withoutReply(err), "again", moment(retry))
	}
	if err := p.Ledger.MarkLetter(context.WithoutCancel(p.open), k.ID, retry); err != nil {
		p.Log.Error("the ledger does not answer", "why", err.Error())
	}
}

// tooMany says why another letter to an address would be one too many: somebody
// may be signing strangers up.
func (p *post) tooMany(address string) string {
	switch {
	case !p.perAddress.take(string(p.Key.Recipient(mailbox(address)))):
		return "the mailbox had enough of them"
	case !p.perDomain.take(domainOf(address)):
		return "the domain had enough of them"
	case !p.overall.take("all"):
		return "there were enough of them in all"
	}
	return ""
}

// wanted reports whether the address takes mail from us: it did not come back
// or complain.
func (p *post) wanted(recipient []byte, known bool) (bool, error) {
	list, err := p.Ledger.Suppressions(p.open, notify.SuppressionFilter{Recipient: recipient})
	if err != nil {
		return false, err
	}
	for _, s := range list {
		if s.Policy == "" {
			return false, nil
		}
	}
	if !known {
		return true, nil
	}
	f, err := p.Ledger.Follower(p.open, recipient)
	return f != nil && f.Left.IsZero(), err
}

func (p *post) pause(wait time.Duration) bool {
	select {
	case <-time.After(wait):
		return true
	case <-p.open.Done():
		return false
	}
}

// close sends what waits, as far as there is time for it.
func (p *post) close() {
	p.mu.Lock()
	if !p.closed {
		p.closed = true
		close(p.waiting)
	}
	p.mu.Unlock()
	done := make(chan struct{})
	go func() {
		p.ended.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(lastCall):
	}
	p.shut()
	<-done
	p.kept.Wait()
}
