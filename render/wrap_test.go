package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/codicil/codicil/render"
)

func TestLinesAreWrappedToTheWidth(t *testing.T) {
	for name, tt := range map[string]struct{ old, now, want string }{
		"at spaces":          {"# A\n\nx", "# A\n\none two three four five six", "{+one two three\n  four five six+}"},
		"a word too wide":    {"# A\n\nx", "# A\n\na incomprehensibilities b", "{+a\n  incomprehensibilities\n  b+}"},
		"between ideographs": {"# A\n\nx", "# A\n\n我们保存您的数据三十天，然后删除。", "{+我们保存您的数\n  据三十天，然后删\n  除。+}"},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			render.RedlineText(&b, compare(t, tt.old, tt.now), render.TextOptions{Width: 18})
			if !strings.Contains(b.String(), tt.want) {
				t.Errorf("no %q in\n%s", tt.want, b.String())
			}
		})
	}
}
