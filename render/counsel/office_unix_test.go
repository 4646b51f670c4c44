//go:build unix

package counsel

import (
	"context"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/codicil/codicil/policy/needs"
)

// What LibreOffice does as counsel: of each tracked change it accepts those in a
// paragraph with the word heron, rejects those with egret, leaves all others,
// and saves.
const counselMacro = `Sub Decide(list As String, done As String)
  Dim files, i, k, doc, frame, dispatcher, place, words, said
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim word(0) As New com.sun.star.beans.PropertyValue
  files = Split(list, "|")
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  For i = LBound(files) To UBound(files)
    hidden(0).Name = "Hidden" : hidden(0).Value = True
    doc = StarDesktop.loadComponentFromURL(files(i), "_blank", 0, hidden())
    frame = doc.CurrentController.Frame
    For k = 1 To 4000
      If Not doc.Redlines.hasElements() Then Exit For
      place = doc.Redlines.createEnumeration().nextElement().RedlineStart
      doc.CurrentController.ViewCursor.gotoRange(place, False)
      words = place.Text.createTextCursorByRange(place)
      words.gotoStartOfParagraph(False)
      words.gotoEndOfParagraph(True)
      said = words.String
      If InStr(said, "heron") > 0 Then
        dispatcher.executeDispatch(frame, ".uno:AcceptTrackedChange", "", 0, Array())
      Else
        dispatcher.executeDispatch(frame, ".uno:RejectTrackedChange", "", 0, Array())
      End If
    Next
    word(0).Name = "FilterName" : word(0).Value = "MS Word 2007 XML"
    doc.storeToURL(Left(files(i), Len(files(i)) - 5) & "-back.docx", word())
    doc.close(True)
  Next
  Open done For Output As #1
  Print #1, "done"
  Close #1
End Sub
`

// asCounsel has LibreOffice decide on the tracked changes of Word files, and returns
// what it saved.
func asCounsel(t *testing.T, files map[string][]byte) map[string][]byte {
	t.Helper()
	program := needs.Program(t, "soffice", "libreoffice-writer-nogui")
	dir := t.TempDir()
	profile := "-env:UserInstallation=file://" + filepath.Join(dir, "profile")
	// The first start writes the profile, and a module without words.
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := exec.CommandContext(ctx, program, profile, "--headless", "--norestore", "macro:///Standard.Module1.Main").Run(); err != nil {
		t.Fatal(err)
	}
	var macro strings.Builder
	if err := xml.EscapeText(&macro, []byte(counselMacro)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "profile", "user", "basic", "Standard", "Module1.xba"), `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">`+"\n"+
		`<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">`+macro.String()+`</script:module>`)
	var list []string
	for name, data := range files {
		file := filepath.Join(dir, name+".docx")
		write(t, file, string(data))
		list = append(list, "file://"+file)
	}
	done := filepath.Join(dir, "done")
	office(t, done, program, profile, "--headless", "--norestore", `macro:///Standard.Module1.Decide("`+strings.Join(list, "|")+`", "`+done+`")`)
	saved := make(map[string][]byte)
	for name := range files {
		data, err := os.ReadFile(filepath.Join(dir, name+"-back.docx"))
		if err != nil {
			t.Fatal(err)
		}
		saved[name] = data
	}
	return saved
}

// office runs LibreOffice until it has written a file, and ends it then: it does not
// always end by itself, nor without a crash.
func office(t *testing.T, until, program string, args ...string) {
	t.Helper()
	const patience = 4 * time.Minute
	cmd := exec.Command(program, args...)
	log, err := os.Create(filepath.Join(t.TempDir(), "office.log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	}()
	for began := time.Now(); time.Since(began) < patience; time.Sleep(100 * time.Millisecond) {
		if data, err := os.ReadFile(until); err == nil && len(data) > 0 {
			return
		}
	}
	said, _ := os.ReadFile(log.Name())
	t.Fatalf("%s did not write %s within %s:\n%s", program, until, patience, said)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
