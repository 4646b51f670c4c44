package render

import (
	"bytes"
	"io"
)

// into has something written to w: at once where that is a buffer, which takes
// everything, else as one piece. Its error is that of w.
func into(w io.Writer, write func(*bytes.Buffer)) error {
	if b, ok := w.(*bytes.Buffer); ok {
		write(b)
		return nil
	}
	var b bytes.Buffer
	write(&b)
	_, err := w.Write(b.Bytes())
	return err
}
