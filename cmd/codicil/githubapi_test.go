package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// startGitHub runs the few calls of GitHub's API that the action makes, for the
// rest of a script: githubapi FILE [refuse]. It writes each call to FILE, keeps
// the comments of the one pull request behind a first page of other people's,
// and wants the token "secret". $GITHUB_API_URL is its address.
func startGitHub(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: githubapi FILE [refuse]")
	}
	api := &fakeGitHub{file: ts.MkAbs(args[0]), refuse: len(args) == 2}
	for i := range 100 {
		api.comments = append(api.comments, githubComment{ID: i + 1, Body: "looks good to me <!-- codicil:check -->", User: githubUser{"colleague"}})
	}
	api.comments[50].Body = "<!-- codicil:check -->\nNo check found a fault." // of somebody else
	server := httptest.NewServer(api)
	ts.Defer(server.Close)
	ts.Setenv("GITHUB_API_URL", server.URL)
}

type githubComment struct {
	ID   int        `json:"id"`
	Body string     `json:"body"`
	User githubUser `json:"user"`
}

type githubUser struct {
	Login string `json:"login"`
}

type fakeGitHub struct {
	file   string
	refuse bool // to write, as for a fork

	mu       sync.Mutex
	comments []githubComment
}

func (g *fakeGitHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.note(r)
	if r.Header.Get("Authorization") != "Bearer secret" || g.refuse && r.Method != http.MethodGet {
		http.Error(w, `{"message":"Resource not accessible by integration"}`, http.StatusForbidden)
		return
	}
	list, one := "/repos/shop/legal/issues/7/comments", "/repos/shop/legal/issues/comments/"
	var sent githubComment
	switch {
	case r.Method == http.MethodGet && r.URL.Path == list:
		var page int
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		from := min(100*(page-1), len(g.comments))
		_ = json.NewEncoder(w).Encode(g.comments[from:min(from+100, len(g.comments))])
		return
	case json.NewDecoder(r.Body).Decode(&sent) != nil || sent.Body == "":
		http.Error(w, "no body", http.StatusUnprocessableEntity)
		return
	case r.Method == http.MethodPost && r.URL.Path == list:
		sent.ID, sent.User = len(g.comments)+1, githubUser{"github-actions[bot]"}
		g.comments = append(g.comments, sent)
		w.WriteHeader(http.StatusCreated)
	case r.Method == http.MethodPatch && strings.HasPrefix(r.URL.Path, one):
		var id int
		if _, err := fmt.Sscan(strings.TrimPrefix(r.URL.Path, one), &id); err != nil || id < 1 || id > len(g.comments) {
			http.NotFound(w, r)
			return
		}
		g.comments[id-1].Body = sent.Body
	default:
		http.NotFound(w, r)
		return
	}
	_ = os.WriteFile(g.file+".md", []byte(sent.Body), 0o600)
	fmt.Fprintln(w, "{}")
}

// note writes a call to the file.
func (g *fakeGitHub) note(r *http.Request) {
	f, err := os.OpenFile(g.file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintln(f, r.Method, r.URL.RequestURI())
}

// startGitLab starts a stand-in of GitLab's API that answers with the files of a
// folder, by the last part of the address: gitlabapi DIR. CI_API_V4_URL names it.
func startGitLab(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gitlabapi DIR")
	}
	dir := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		what, of := strings.CutPrefix(r.URL.Path, "/projects/42/merge_requests/7/")
		if r.Header.Get("PRIVATE-TOKEN") != "secret" || !of {
			http.Error(w, `{"message":"401 Unauthorized"}`, http.StatusUnauthorized)
			return
		}
		if page := r.URL.Query().Get("page"); page != "" && page != "1" {
			what = "none"
		}
		http.ServeFile(w, r, filepath.Join(dir, what+".json"))
	}))
	ts.Defer(server.Close)
	ts.Setenv("CI_API_V4_URL", server.URL)
}
