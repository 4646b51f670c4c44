package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/site/desk"
)

func (a *app) serveCommand() *cobra.Command {
	var port int
	var public bool
	var listen, ledger string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site on this machine",
		Long: "Serve builds the site with the texts of the work tree as if they were published today, and shows\n" +
			"it on the loopback address, to whoever has the link that it prints. Under /-/ is the desk: for each\n" +
			"policy the redline against what is published, the assessment, the findings of check, the banner and\n" +
			"the email, on any day you pick.\n" +
			"Where a policy is made of a `source`, its text is written anew when that is saved.\n" +
			"A page that is open follows each save; a fault in a text is shown on it.\n\n" +
			"With --public it serves readers instead: pages to follow changes by email, with confirmation, and\n" +
			"to leave by one click; reports of relays (CODICIL_INTAKE_KEY), acknowledgements of your own server\n" +
			"(CODICIL_ACKNOWLEDGE_KEY), and webhooks (CODICIL_WEBHOOK_KEY). A proxy in front adds TLS.",
		Example: "  codicil serve\n  codicil serve --port 9000 --on 2027-02-01\n  codicil serve --public --listen 127.0.0.1:8081",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if public {
				return a.servePublic(cmd.Context(), listen, ledger)
			}
			return a.serve(cmd.Context(), port)
		},
	}
	cmd.Flags().BoolVar(&public, "public", false, "serve the pages for followers instead of the preview")
	cmd.Flags().StringVar(&listen, "listen", "", "with --public: listen at `HOST:PORT` (default 127.0.0.1:8081)")
	cmd.Flags().StringVar(&ledger, "ledger", "", "with --public: keep followers beside the ledger in this `FILE`, or at postgres://user@host/database")
	cmd.Flags().IntVar(&port, "port", 8080, "listen on this `PORT`; 0 takes a free one")
	return cmd
}

func (a *app) serve(ctx context.Context, port int) error {
	a.unhurried.Store(true)
	dir, err := os.MkdirTemp("", "codicil-preview-")
	if err != nil {
		return fmt.Errorf("make a folder for the preview: %w", err)
	}
	defer os.RemoveAll(dir)
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return hinted(fmt.Errorf("listen: %w", err), "choose another --port; 0 takes a free one")
	}
	defer listener.Close()
	address := "http://" + listener.Addr().String()
	d := a.newDesk(filepath.Join(dir, "site"), address)
	follow, stop, err := d.Watch()
	if err != nil {
		return err
	}
	defer stop()
	d.Refresh(ctx)
	if fault := d.Fault(); fault != nil {
		fmt.Fprintf(a.stderr, "codicil: error: %s\n", message(fault))
	}
	go follow(ctx)
	if a.json {
		if err := printJSON(a.stdout, map[string]string{"preview": d.Link("/"), "desk": d.Link(desk.Path)}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.stdout, "preview at %s\ndesk at %s\n", d.Link("/"), d.Link(desk.Path))
		a.say("only these links open them, on this machine; Ctrl-C ends both")
	}
	return a.listen(ctx, listener, d)
}

// listen serves until the context ends, then lets requests on their way finish.
func (a *app) listen(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		// Open streams of events end with the preview.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end the preview: %w", err)
	}
	return nil
}
