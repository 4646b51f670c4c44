package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/subscribe"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/site"
)

// defaultListen is where serve --public listens: a proxy adds TLS.
const defaultListen = "127.0.0.1:8081"

// refreshEvery is how often the history is read anew, and webhooks are told.
const refreshEvery = time.Minute

// servePublic serves the pages for followers until it is interrupted.
func (a *app) servePublic(ctx context.Context, listen, flag string) error {
	a.unhurried.Store(true)
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	if err := w.Publishable(); err != nil {
		return err
	}
	key, err := a.room(w).LedgerKey(ctx, flag)
	if err != nil {
		return err
	}
	register, err := a.room(w).OpenRegister(flag, key, false)
	if err != nil {
		return err
	}
	defer register.Close()
	p := &publicServer{app: a, register: register, log: slog.New(slog.NewJSONHandler(a.stderr, nil))}
	if err := p.learn(w); err != nil {
		return err
	}
	o, err := p.options(w, key)
	if err != nil {
		return err
	}
	server, err := subscribe.New(o)
	if err != nil {
		return hinted(err, "set serve.url and email in codicil.yaml")
	}
	listener, err := net.Listen("tcp", cmp.Or(listen, cmp.Or(w.Config.Serve.Listen, defaultListen)))
	if err != nil {
		server.Close()
		return hinted(fmt.Errorf("listen: %w", err), "choose another address with --listen or serve.listen")
	}
	webhookSender, err := p.webhookSender(w)
	if err != nil {
		server.Close()
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintf(a.stdout, "pages for followers at http://%s/, for readers at %s/ (Ctrl-C ends it)\n", listener.Addr(), o.URL)
	go p.follow(ctx, webhookSender)
	return server.Serve(ctx, listener)
}

// publicServer is the pages for followers with what they need of the policies.
type publicServer struct {
	app      *app
	register *ledger.Ledger
	log      *slog.Logger
	policies atomic.Pointer[[]*policy.Policy]
	offers   atomic.Pointer[[]subscribe.Offer] // what can, or could, be declined
	told     int64                             // the last refusal of which webhooks know
}

// learn takes from the history what the pages need.
func (p *publicServer) learn(w *workspace.Workspace) error {
	zone, err := time.LoadLocation(w.Config.Timezone)
	if err != nil {
		return err
	}
	offers := subscribe.Offers(w.History.Policies, zone, w.Config.BaseURL)
	p.policies.Store(&w.History.Policies)
	p.offers.Store(&offers)
	return nil
}

// options gathers what the pages are made of.
func (p *publicServer) options(w *workspace.Workspace, key []byte) (subscribe.Options, error) {
	a, cfg := p.app, w.Config
	o := subscribe.Options{
		Title: cmp.Or(cfg.Title, "Policies"), URL: cfg.Serve.URL, Site: cfg.BaseURL, Lang: cmp.Or(cfg.Lang, "en"),
		Key: key, Ledger: p.register, Log: p.log, Now: a.now,
		IntakeKey: a.getenv("CODICIL_INTAKE_KEY"), AcknowledgeKey: a.getenv("CODICIL_ACKNOWLEDGE_KEY"), Digest: p.digest,
		Since:  subscribe.SinceLinks(cfg.BaseURL, p.policies.Load),
		Offers: func() []subscribe.Offer { return *p.offers.Load() },
		Keys: subscribe.RelayKeys{
			Mailgun: a.getenv("CODICIL_MAILGUN_KEY"), SendGrid: a.getenv("CODICIL_SENDGRID_KEY"), SNS: a.getenv("CODICIL_SNS_TOPIC"),
		},
	}
	o.Policies, o.Former = subscribe.Followable(w.History.Policies)
	for _, r := range cfg.Serve.Relays {
		o.Relays = append(o.Relays, subscribe.Mapping{
			Name: r.Name, Unwrap: r.Unwrap, List: r.List, Kind: r.Kind, Failed: r.Failed, Complaint: r.Complaint,
			Email: r.Email, Status: r.Status, Reason: r.Reason, Ask: r.Ask,
		})
	}
	var err error
	if o.Proxies, err = subscribe.Networks("serve.proxies", cfg.Serve.Proxies); err != nil {
		return o, err
	}
	if o.PerNetwork, err = notify.ParseRate("serve.per_network", cfg.Serve.PerNetwork); err != nil {
		return o, err
	}
	if o.PerAddress, err = notify.ParseRate("serve.per_address", cfg.Serve.PerAddress); err != nil {
		return o, err
	}
	if o.Style, err = site.Style(); err != nil {
		return o, err
	}
	if cfg.BaseURL != "" {
		if o.TimeGate, err = site.TimeGate(cfg.BaseURL, p.policies.Load, a.today); err != nil {
			return o, err
		}
	}
	o.Mailer, err = a.room(w).Mailer(key)
	return o, err
}

// digest returns that of a version, in hex.
func (p *publicServer) digest(id, label string) (string, bool) {
	for _, q := range *p.policies.Load() {
		if v := q.Lookup(label); v != nil && q.ID == id {
			return v.SHA256, true
		}
	}
	return "", false
}

// webhookSender tells the configured webhooks; nil when there are none.
func (p *publicServer) webhookSender(w *workspace.Workspace) (*subscribe.WebhookSender, error) {
	key := p.app.getenv("CODICIL_WEBHOOK_KEY")
	t := &subscribe.WebhookSender{Ledger: p.register, Log: p.log, Now: p.app.now}
	for _, c := range w.Config.Webhooks {
		h := subscribe.Hook{URL: c.URL, Kind: c.Kind, Key: key}
		if c.Slack {
			h.Kind = subscribe.Slack
		}
		if err := h.Check(); err != nil {
			return nil, err
		}
		t.Hooks = append(t.Hooks, h)
	}
	if len(t.Hooks) > 0 && key == "" {
		return nil, hinted(errors.New("webhooks are configured, and nothing to sign them with"), "set CODICIL_WEBHOOK_KEY")
	}
	return t, nil
}

// follow reads the history anew from time to time, and tells webhooks what has
// happened. What fails is tried again at the next turn.
func (p *publicServer) follow(ctx context.Context, t *subscribe.WebhookSender) {
	for {
		if err := p.turn(ctx, t); err != nil && ctx.Err() == nil {
			p.log.Error("the policies could not be read", "why", message(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(refreshEvery):
		}
	}
}

func (p *publicServer) turn(ctx context.Context, t *subscribe.WebhookSender) error {
	w, err := p.app.open(ctx)
	if err != nil {
		return err
	}
	if err := p.learn(w); err != nil || len(t.Hooks) == 0 {
		return err
	}
	events, err := subscribe.Events(w.History.Policies, policy.DateOf(p.app.now()), w.Config.BaseURL, func(q *policy.Policy, v *policy.Version) (*notice.Notice, error) {
		c, err := w.Compare(q, v)
		if err != nil {
			return nil, err
		}
		return c.Notice(w.Rules), nil
	})
	if err != nil {
		return err
	}
	refusals, last, err := p.register.Refusals(ctx, "", p.told)
	if err != nil {
		return err
	}
	events = append(events, subscribe.Refusals(refusals, *p.offers.Load(), policy.DateOf(p.app.now()))...)
	if err := t.Tell(ctx, events); err != nil {
		return err
	}
	p.told = last
	return nil
}
