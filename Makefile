# Codicil. `make run` shows what it does, `make test` proves that it works.

BUILD       := .build
# Nothing is made that only a debugger reads, which saves a tenth of the time.
LEAN        := -trimpath -gcflags=all=-dwarf=false
CODICIL     := $(BUILD)/codicil
RELEASE     := $(BUILD)/release
PLATFORMS   := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
VULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.9.0
SBOM        := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
DEADCODE    := golang.org/x/tools/cmd/deadcode@v0.52.0
UNPARAM     := mvdan.cc/unparam@v0.0.0-20260823230713-2fa3d841b0c8
ACTIONLINT  := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

# The commit since which a package counts as changed, and those packages.
BASE        := HEAD~1
CHANGED      = $$(git diff --name-only --relative $(BASE) -- '*.go' 2>/dev/null | xargs -rn1 dirname | sort -u | while read -r d; do test ! -d $$d || echo ./$$d; done)

.PHONY: help build run serve check test race lint vulnerabilities train meanings trained bench fuzz soak release pages screenshots clean

# What can be made, with the line above each.
help:
	@awk '/^# /{if (!said) said = substr($$0, 3); next} /^[a-z]+:/{sub(/:.*/, ""); printf "%-16s %s\n", $$0, said} {said = ""}' Makefile

# The program, into .build.
build:
	@mkdir -p $(BUILD)
	CGO_ENABLED=0 go build $(LEAN) -ldflags=-w -o $(CODICIL) ./cmd/codicil

# From the policies of content/ to a site, a redline, a flag and the emails.
run: build
	@echo; $(CODICIL) list
	@echo; $(CODICIL) assess privacy@2.0
	@echo; $(CODICIL) build -d $(BUILD)/site
	@echo; $(CODICIL) notify privacy@2.0 --recipients cmd/codicil/testdata/recipients.csv --out $(BUILD)/mail
	@echo; echo "The site:   $(BUILD)/site/index.html (make serve shows it at http://127.0.0.1:8080/)"
	@echo "The redline: $(BUILD)/site/privacy/compare/1.1...2.0/index.html"
	@echo "The emails: $(BUILD)/mail/*.eml"

# The preview and the desk, on this machine.
serve: build
	$(CODICIL) serve

# Under a minute, before each commit: what does not build, the style, and the tests of what changed since BASE.
check:
	@unformatted=$$(gofmt -l cmd policy render notify site); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	go vet ./...
	@packages="$(CHANGED)"; test -z "$$packages" || go run $(STATICCHECK) $$packages
	go test -short ./policy ./policy/review ./policy/starter $$(printf '%s\n' "$(CHANGED)" | grep -vx ./cmd/codicil)
	go test ./cmd/codicil -run 'Imports|Readable|Workflows'

# All tests. Those of the command take minutes, and longer beside other work.
test:
	go test -timeout 30m ./...

# What runs at once in several threads, with the race detector.
race:
	CGO_ENABLED=1 go test -race ./site/... ./notify/... ./policy/history

# Formatting, go vet, staticcheck, and the workflows.
lint:
	@unformatted=$$(gofmt -l cmd policy render notify site); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go run $(UNPARAM) -tests=false ./...
	@dead=$$(go run $(DEADCODE) -test ./...); test -z "$$dead" || { echo "$$dead"; exit 1; }
	go run $(ACTIONLINT) -no-color .github/workflows/*.yml policy/starter/files/github*.yml policy/starter/files/publish-*.yml

# Known vulnerabilities in what is called; needs the network.
vulnerabilities:
	go run $(VULNCHECK) ./...

# The model that weighs changes, fitted anew to the labelled pairs, and its
# figures on pairs that it was not fitted to. The same pairs give the same bytes.
train:
	go run ./policy/materiality/train -o policy/materiality/model.txt

# How the words of policies stand among others, and under which headings, learned of the
# newest texts of the public collections; train goes on from there.
meanings:
	go run ./policy/materiality/train -meanings policy/materiality/meanings.txt -learned policy/materiality/learned.txt

# Asserts that the directions, the topics and the coefficients in the tree are those that train makes of the tree.
trained:
	@mkdir -p $(BUILD)
	go run ./policy/materiality/train -meanings $(BUILD)/meanings.txt -learned $(BUILD)/learned.txt
	cmp $(BUILD)/meanings.txt policy/materiality/meanings.txt
	cmp $(BUILD)/learned.txt policy/materiality/learned.txt
	go run ./policy/materiality/train -fit -o $(BUILD)/model.txt
	cmp $(BUILD)/model.txt policy/materiality/model.txt

# Long: figures beside their anchors, as ratios measured in one run.
bench:
	go test -run '^$$' -bench . -benchtime 3x ./policy/... ./render/... ./notify/... ./site/...

# Long: 2,000 random histories of which no two verbs may disagree; senders of
# notices killed 100 times each, at a server with nine kinds of fault, on both
# engines of the ledger; texts and histories of hostile size; and the site of a
# very large history.
soak: fuzz
	CODICIL_LONG=1 go test ./cmd/codicil -run TestVerbsNeverDisagree -v -timeout 60m
	CODICIL_LONG=1 go test ./cmd/codicil -run 'TestKilled' -v -timeout 60m
	CODICIL_LONG=1 go test ./cmd/codicil -run 'StayWithinTheirBounds' -v -timeout 60m
	CODICIL_LONG=1 go test ./render/counsel -run TestWhatCounselDecides -v -timeout 10m
	CODICIL_LONG=1 go test ./cmd/codicil -run '^$$' -bench ManyVersions -benchtime 1x -timeout 30m

# How long each fuzz target runs. go makes each new input smaller, ten runs long: it
# would take a minute for each, and run little else.
FUZZTIME := 10m

# Long: every fuzz target, one after the other: make fuzz FUZZTIME=90s.
fuzz:
	@grep -rl --include='*_test.go' '^func Fuzz' policy render notify site | sort | while read -r file; do \
	  for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\).*/\1/p' $$file); do \
	    echo "$$file $$target"; go test ./$$(dirname $$file) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
	  done; \
	done

# Programs for five platforms, what is in them, and their digests. The same
# source and compiler give the same bytes.
release:
	@rm -rf $(RELEASE) && mkdir -p $(RELEASE)
	@for p in $(PLATFORMS); do \
	  CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build $(LEAN) -buildvcs=true -ldflags='-s -w -buildid=' \
	    -o $(RELEASE)/codicil-$${p%/*}-$${p#*/}$$([ $${p%/*} = windows ] && echo .exe) ./cmd/codicil || exit 1; \
	done
	go run $(SBOM) app -json -licenses -noserial -notimestamp -std -output $(RELEASE)/codicil.cdx.json -main cmd/codicil .
	cd $(RELEASE) && sha256sum * > ../SHA256SUMS && mv ../SHA256SUMS .

# Pages of every kind, in Chromium and before validators, held against what a page must keep.
pages: build
	.github/pages/make.sh $(CODICIL) $(BUILD)/pages

# The pictures of the README, from the real product.
screenshots: build
	.github/pictures/make.sh

# Everything that was made.
clean:
	rm -rf $(BUILD)
