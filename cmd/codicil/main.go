// Codicil versions, publishes and gives notice of policy documents: privacy
// policies, terms of service. Texts are Markdown in git. Run `codicil help`
// for its verbs; package policy describes how it is built.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(runIn(newApp())) }

// newApp is the command as the system runs it.
func newApp() *app {
	return &app{
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
		now:    time.Now,
	}
}

// runIn carries out the command line of the process until it is interrupted.
func runIn(a *app) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return a.run(ctx, os.Args[1:])
}
