package desk

import (
	"fmt"
	"net/http"
	"sync"
)

// hub tells open pages that something has changed.
type hub struct {
	mu   sync.Mutex
	open map[chan struct{}]bool
}

func (h *hub) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.open {
		select {
		case c <- struct{}{}:
		default: // it has not yet heard of the change before
		}
	}
}

// stream sends an event for each change, as EventSource reads them.
func (h *hub) stream(w http.ResponseWriter, r *http.Request) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	if h.open == nil {
		h.open = make(map[chan struct{}]bool)
	}
	h.open[c] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.open, c)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, "retry: 500\n: following\n\n")
	for flush := http.NewResponseController(w); ; {
		if flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-c:
			fmt.Fprint(w, "event: change\ndata: saved\n\n")
		}
	}
}
