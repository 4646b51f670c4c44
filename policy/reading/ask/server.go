package ask

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/reading"
)

// Server is a language model behind POST {URL}/chat/completions.
type Server struct {
	URL     string // base address: http://127.0.0.1:11434/v1
	Model   string
	Key     string        // sent as a bearer token; never to plain HTTP beyond this machine
	Timeout time.Duration // of one attempt; 0 is DefaultTimeout
	Retries int           // further attempts; 0 is DefaultRetries, -1 is none
	Pause   time.Duration // before the second attempt, doubled each time; 0 is two seconds

	Client *http.Client // nil is one that follows no redirect
}

// Name is the model and the host that it answers from.
func (s *Server) Name() string {
	if u, err := url.Parse(s.URL); err == nil && u.Host != "" {
		return s.Model + " at " + u.Host
	}
	return s.Model
}

// Local reports whether the server is this machine, so that a text that is sent
// to it does not leave it.
func (s *Server) Local() bool {
	u, err := url.Parse(s.URL)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// Check returns what keeps the server from being asked.
func (s *Server) Check() error {
	u, err := url.Parse(s.URL)
	switch {
	case err == nil && u.User != nil:
		return &policy.Diagnostic{Rule: "reader-address", Level: policy.Error, Message: "reader.url: it holds a name or a password, which everybody who sees the configuration could read",
			Hint: "put the key into the environment, and its name into reader.key_env"}
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return &policy.Diagnostic{Rule: "reader-address", Level: policy.Error, Message: fmt.Sprintf("reader.url: %q is no address of a server", s.URL),
			Hint: "write the base address: http://127.0.0.1:11434/v1"}
	case u.Scheme == "http" && !s.Local():
		return &policy.Diagnostic{Rule: "reader-address", Level: policy.Error, Message: "reader.url: a server that is not this machine must be reached by https",
			Hint: "write https://" + u.Host + u.Path}
	case s.Model == "":
		return &policy.Diagnostic{Rule: "reader-model", Level: policy.Error, Message: "reader.model: the name of the model is missing"}
	}
	return nil
}

// Ask puts a question to the server.
func (s *Server) Ask(ctx context.Context, q *reading.Question) (reading.Reply, error) {
	if err := s.Check(); err != nil {
		return reading.Reply{}, err
	}
	retries, pause := s.Retries, s.Pause
	if retries == 0 {
		retries = DefaultRetries
	}
	if pause == 0 {
		pause = 2 * time.Second
	}
	started := time.Now()
	bySchema := true
	reply, err := retried(ctx, retries, pause, func() (reading.Reply, error) {
		reply, err := s.once(ctx, q, bySchema)
		if r := (*refusal)(nil); bySchema && errors.As(err, &r) && r.status == http.StatusBadRequest {
			bySchema = false // servers that know no schema refuse it
			reply, err = s.once(ctx, q, false)
		}
		return reply, err
	})
	if s.Key != "" && bytes.Contains(reply.Text, []byte(s.Key)) {
		reply.Text, err = nil, errors.New("the answer holds the key that it was asked with: it is not kept")
	}
	reply.Cost.Seconds = time.Since(started).Round(100 * time.Millisecond).Seconds()
	return reply, err
}

// request and response are what is used of the chat completions.
type request struct {
	Model       string    `json:"model"`
	Temperature float64   `json:"temperature"`
	Seed        int       `json:"seed"`
	Messages    []message `json:"messages"`
	Format      any       `json:"response_format,omitempty"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type response struct {
	Choices []struct {
		Message struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
		Finish string `json:"finish_reason"`
	} `json:"choices"`
	Usage struct {
		In  int `json:"prompt_tokens"`
		Out int `json:"completion_tokens"`
	} `json:"usage"`
}

func (s *Server) body(q *reading.Question, bySchema bool) ([]byte, error) {
	r := request{Model: s.Model, Seed: 1, Messages: []message{
		{"system", reading.Instructions()}, {"user", string(q.Material())},
	}}
	if bySchema {
		r.Format = map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": "reading", "strict": true, "schema": reading.Schema()}}
	}
	return json.Marshal(r)
}

// once makes one attempt.
func (s *Server) once(ctx context.Context, q *reading.Question, bySchema bool) (reading.Reply, error) {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	body, err := s.body(q, bySchema)
	if err != nil {
		return reading.Reply{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(s.URL, "/")+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return reading.Reply{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	if s.Key != "" {
		req.Header.Set("Authorization", "Bearer "+s.Key)
	}
	resp, err := s.client().Do(req)
	if err != nil {
		return reading.Reply{}, &passing{err: err}
	}
	defer resp.Body.Close()
	text, err := readAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		return reading.Reply{}, refused(resp)
	}
	if err != nil {
		return reading.Reply{}, err
	}
	return parse(text)
}

func (s *Server) client() *http.Client {
	if s.Client != nil {
		return s.Client
	}
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func parse(text []byte) (reading.Reply, error) {
	var r response
	if err := json.Unmarshal(text, &r); err != nil {
		return reading.Reply{}, fmt.Errorf("the server's answer is no chat completion: %w", err)
	}
	reply := reading.Reply{Cost: reading.Cost{TokensIn: r.Usage.In, TokensOut: r.Usage.Out}}
	switch {
	case len(r.Choices) == 0:
		return reply, errors.New("the server's answer has no choices")
	case r.Choices[0].Message.Refusal != "":
		return reply, errors.New("the model refused to answer")
	case r.Choices[0].Finish == "length":
		return reply, errors.New("the model stopped at its limit of length before the answer was complete")
	}
	reply.Text = []byte(r.Choices[0].Message.Content)
	return reply, nil
}

// refusal is an answer of the server other than 200. Its text is not shown: it
// may hold the key.
type refusal struct{ status int }

func (r *refusal) Error() string {
	return fmt.Sprintf("the server answered %d %s", r.status, http.StatusText(r.status))
}

// refused makes of a refusal one that may pass, where the server says so.
func refused(resp *http.Response) error {
	err := &refusal{resp.StatusCode}
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode < 500 {
		return err
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // absent or a date: our own pause
	return &passing{err: err, wait: time.Duration(max(seconds, 0)) * time.Second}
}
