package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/render"
	rendered "github.com/codicil/codicil/render/email"
)

//go:embed desk
var deskFiles embed.FS

// deskAssets are the files that the pages of the desk load.
func deskAssets() fs.FS {
	assets, err := fs.Sub(deskFiles, "desk/assets")
	if err != nil {
		return deskFiles // cannot be: the name is a constant
	}
	return assets
}

// deskPolicy is what the desk says of one policy: the change of the work tree
// against what is published or, when there is none, what the newest version
// changed.
type deskPolicy struct {
	ID, Title, Label string
	Page             string // address of the text on the preview
	Before           string // reference of the text that it is compared with; empty for none
	Pending          bool   // the change is not published yet
	Stat             string
	Redline          template.HTML
	Assessment       *materiality.Assessment
	Notice           *notice.Notice
	Found            []*policy.Diagnostic
	Errors           int
	Subject          string // of the email
	Text, HTML       string
	NoEmail          string // why there is no email to show
}

// makeDesk works out what the desk says.
func (p *preview) makeDesk(ctx context.Context, w *workspace) ([]*deskPolicy, error) {
	published, err := w.published(ctx, "")
	if err != nil {
		return nil, err
	}
	living, err := w.chosen(nil)
	if err != nil {
		return nil, err
	}
	desk := make([]*deskPolicy, 0, len(living))
	candidates, err := w.candidates(living)
	if err != nil {
		return nil, err
	}
	reviewer := p.app.reviewer(w, published)
	for _, c := range candidates {
		result, err := reviewer.Candidate(c)
		if err != nil {
			return nil, err
		}
		d, err := p.deskFor(w, result)
		if err != nil {
			return nil, err
		}
		desk = append(desk, d)
	}
	return desk, nil
}

func (p *preview) deskFor(w *workspace, result *review.Reviewed) (*deskPolicy, error) {
	q := result.Policy
	d := &deskPolicy{ID: q.ID, Title: q.Title, Page: "/" + q.ID + "/", Found: result.Findings, Errors: review.Errors(result.Findings)}
	n, r, m := result.Notice, result.Redline, result.Assessment
	d.Pending, d.Before = n != nil, result.Before
	if n == nil && len(q.Versions) > 1 {
		newest := q.Versions[0]
		c, err := w.compare(q, newest)
		if err != nil {
			return nil, err
		}
		n, r, m = c.Notice(w.rules), c.Redline, c.Assessment
		d.Before = q.Ref(q.Previous(newest))
	}
	if n == nil {
		return d, nil
	}
	d.Label, d.Notice, d.Assessment, d.Stat = n.Label, n, m, r.Stat().String()
	d.Page = "/" + q.ID + "/" + n.Label + "/"
	d.Redline = redlineFor(r)
	p.composeDesk(w, q, d)
	return d, nil
}

func redlineFor(r *redline.Redline) template.HTML {
	var b bytes.Buffer
	render.RedlineHTML(&b, r, render.RedlineOptions{Lang: "en", Shift: 1})
	return template.HTML(b.String()) // valid and free of scripts by construction
}

// composeDesk writes the email as a recipient would get it, with what the
// configuration lacks filled in.
func (p *preview) composeDesk(w *workspace, q *policy.Policy, d *deskPolicy) {
	n := *d.Notice
	n.Class, n.Lang = notice.ServiceClass, orElse(n.Lang, "en")
	templates, err := w.config.emailTemplates(n.Lang)
	if err == nil && !n.Through(notice.Email) {
		err = fmt.Errorf("this notice is not given by email: its channels are %s", channelNames(n.Channels))
	}
	if err == nil && n.Previous == "" {
		err = errors.New("there is no change to tell of yet")
	}
	if err != nil {
		d.NoEmail = err.Error()
		return
	}
	cfg := w.config
	body, err := rendered.Compose(&n, rendered.Options{
		Policy: p.address + "/" + q.ID + "/", Compare: p.address + "/" + q.ID + "/compare/" + n.Previous + "..." + n.Label + "/",
		Sender: cfg.Title, ReplyTo: orElse(cfg.Email.From, "you@example.com"), On: p.day(), Actions: cfg.Email.Actions[n.Lang],
		Lang: n.Lang, Templates: templates,
	})
	if err != nil {
		d.NoEmail = err.Error()
		return
	}
	fill := strings.NewReplacer(rendered.NameMark, " Alex Reader", rendered.TokenMark, "")
	d.Subject, d.Text, d.HTML = fill.Replace(body.Subject), fill.Replace(body.Text), fill.Replace(body.HTML)
}

// deskPage is what the templates of the desk are given.
type deskPage struct {
	Title, Day, Back, Fault, CSS string
	Policies                     []*deskPolicy
	One                          *deskPolicy
	BannerOnly                   bool // show no dialog
}

func (p *preview) overview(w http.ResponseWriter, r *http.Request) {
	p.refresh(r.Context())
	p.mu.Lock()
	defer p.mu.Unlock()
	p.render(w, http.StatusOK, "overview.html", p.deskPage(nil))
}

func (p *preview) deskOf(w http.ResponseWriter, r *http.Request) {
	p.refresh(r.Context())
	p.withPolicy(w, r, func(d *deskPolicy) { p.render(w, http.StatusOK, "policy.html", p.deskPage(d)) })
}

// sample is a page of another site that shows the notice.
func (p *preview) sample(w http.ResponseWriter, r *http.Request) {
	p.withPolicy(w, r, func(d *deskPolicy) {
		page := p.deskPage(d)
		page.BannerOnly = r.FormValue("max") == "banner"
		p.render(w, http.StatusOK, "sample.html", page)
	})
}

// email is the body of the email alone, for a frame of the desk.
func (p *preview) email(w http.ResponseWriter, r *http.Request) {
	p.withPolicy(w, r, func(d *deskPolicy) {
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox")
		fmt.Fprint(w, d.HTML)
	})
}

// withPolicy finds the policy that a page of the desk is about.
func (p *preview) withPolicy(w http.ResponseWriter, r *http.Request, show func(*deskPolicy)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range p.desk {
		if d.ID == r.PathValue("id") {
			show(d)
			return
		}
	}
	http.NotFound(w, r)
}

// deskPage gathers what every page of the desk shows.
func (p *preview) deskPage(one *deskPolicy) deskPage {
	page := deskPage{Title: "Desk", Day: p.day().String(), Back: deskPath, Fault: p.faultText(), Policies: p.desk, One: one}
	if one != nil {
		page.Title, page.Back = one.Title, deskPath+one.ID+"/"
	}
	if styles, _ := fs.Glob(os.DirFS(p.dir), "assets/site*.css"); len(styles) > 0 {
		page.CSS = "/" + styles[0]
	}
	return page
}

// render writes a page of the desk.
func (p *preview) render(w http.ResponseWriter, code int, name string, page deskPage) {
	t, err := template.ParseFS(deskFiles, "desk/*.html")
	var b bytes.Buffer
	if err == nil {
		err = t.ExecuteTemplate(&b, name, page)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
	w.WriteHeader(code)
	_, _ = w.Write(b.Bytes()) // a client that has gone away is no fault of ours
}
