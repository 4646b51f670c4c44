package comparison

import (
	"cmp"
	"fmt"
	"runtime"
	"strings"

	"github.com/codicil/codicil/policy"
)

// guard does the work on one pair of texts and notes its failure. It is the one
// place that recovers from a panic.
func (c *Comparison) guard(done string, work func()) {
	defer func() {
		if cause := recover(); cause != nil {
			c.Failure = c.failure(done, cause, where())
			if told := c.series.comparer.Failed; told != nil {
				told(c.Failure)
			}
		}
	}()
	work()
}

// failure names what failed, so that whoever reads it can report it.
func (c *Comparison) failure(done string, cause any, at string) *policy.Diagnostic {
	d := &policy.Diagnostic{
		Level: policy.Error, Rule: FailureRule,
		Message: fmt.Sprintf("%s and %s could not be %s: %v%s", cmp.Or(c.Before.Name, "nothing"), cmp.Or(c.After.Name, "nothing"), done, cause, at),
		Hint:    "this is a fault of Codicil and not of the text; all else was done. Please report it, with both texts if you can",
	}
	for _, s := range []Side{c.After, c.Before} {
		if s.Doc != nil && d.File == "" {
			d.File = s.Doc.Name
		}
	}
	return d
}

// where names the function of this module in which a panic began, as " in
// redline.tidy"; empty where that cannot be told.
func where() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	panicked := false
	for {
		frame, more := frames.Next()
		name := frame.Function
		switch {
		case strings.HasPrefix(name, "runtime."):
			panicked = panicked || name == "runtime.gopanic"
		case panicked && strings.HasPrefix(name, "github.com/codicil/codicil/"):
			return " in " + name[strings.LastIndexByte(name, '/')+1:]
		}
		if !more {
			return ""
		}
	}
}
