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
	_ "time/tzdata" // zones on machines that have none
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

// maxWait is how long a verb that was interrupted may take to end by itself.
// After that the program ends: nothing is lost by that, as files take their place
// whole, except where a verb says that it is tidying up.
const maxWait = 800 * time.Millisecond

// runIn carries out the command line of the process until it is interrupted.
func runIn(a *app) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		<-ctx.Done()
		select {
		case <-ended:
		case <-time.After(maxWait):
			if !a.unhurried.Load() {
				os.Exit(exitInterrupted)
			}
		}
	}()
	return a.run(ctx, os.Args[1:])
}
