package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// startReader runs a language model for the rest of a script: readerserver FILE.
// What FILE holds when it is asked decides what it does: a number is a status,
// "busy" is 429 once and then answer.json, "slow" never answers the first time,
// "endless" never ends, "elsewhere" leads to another address, and anything else
// is what the model says, where KEY stands for the key that it got. $READER is its
// base address; each call is a line of the file calls.
func startReader(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: readerserver FILE")
	}
	m := &fakeReader{does: ts.MkAbs(args[0]), answer: ts.MkAbs("answer.json"), calls: ts.MkAbs("calls")}
	server := httptest.NewServer(m)
	ts.Defer(server.Close)
	ts.Setenv("READER", server.URL+"/v1")
}

type fakeReader struct {
	does, answer, calls string

	mu    sync.Mutex
	times int
}

func (m *fakeReader) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.times++
	first := m.times == 1
	note, err := os.OpenFile(m.calls, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		fmt.Fprintln(note, r.Method, r.URL.Path)
		err = note.Close()
	}
	m.mu.Unlock()
	does, reading := os.ReadFile(m.does)
	if err != nil || reading != nil {
		http.Error(w, "the test is broken", http.StatusTeapot)
		return
	}
	m.act(w, r, strings.TrimSpace(string(does)), first)
}

func (m *fakeReader) act(w http.ResponseWriter, r *http.Request, does string, first bool) {
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	var status int
	switch _, err := fmt.Sscanf(does, "%d", &status); {
	case err == nil:
		http.Error(w, "no, "+key, status)
		return
	case first && does == "busy":
		w.Header().Set("Retry-After", "1")
		http.Error(w, "later", http.StatusTooManyRequests)
		return
	case first && does == "slow":
		<-r.Context().Done()
		return
	case does == "busy" || does == "slow":
		text, _ := os.ReadFile(m.answer) // the script would fail without it
		does = string(text)
	case does == "elsewhere":
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusTemporaryRedirect)
		return
	case does == "endless":
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, strings.Repeat("x", 1<<16)); err != nil {
				return
			}
		}
	}
	said, _ := json.Marshal(strings.ReplaceAll(does, "KEY", key)) // a string cannot fail
	fmt.Fprintf(w, `{"choices":[{"message":{"content":%s},"finish_reason":"stop"}],"usage":{"prompt_tokens":70,"completion_tokens":30}}`, said)
}
