# Codicil. `make run` shows what it does, `make test` proves that it works.

BUILD       := .build
CODICIL     := $(BUILD)/codicil
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
ACTIONLINT  := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

.PHONY: build run serve test lint bench soak screenshots clean

build:
	@mkdir -p $(BUILD)
	CGO_ENABLED=0 go build -trimpath -o $(CODICIL) ./cmd/codicil

# From the policies of content/ to a site, a redline, a flag and the emails.
run: build
	@echo; $(CODICIL) list
	@echo; $(CODICIL) assess privacy@2.0
	@echo; $(CODICIL) build -d $(BUILD)/site
	@echo; $(CODICIL) notify privacy@2.0 --recipients cmd/codicil/testdata/recipients.csv --out $(BUILD)/mail
	@echo; echo "The site:   $(BUILD)/site/index.html (make serve shows it at http://127.0.0.1:8080/)"
	@echo "The redline: $(BUILD)/site/privacy/compare/1.1...2.0/index.html"
	@echo "The emails: $(BUILD)/mail/*.eml"

serve: build
	$(CODICIL) serve

test:
	go test ./...

lint:
	@unformatted=$$(gofmt -l cmd policy render notify site); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go run $(ACTIONLINT) -no-color .github/workflows/*.yml cmd/codicil/starter/github.yml cmd/codicil/starter/publish-*.yml

# Long: figures beside their anchors, as ratios measured in one run.
bench:
	go test -run '^$$' -bench . -benchtime 3x ./policy/... ./render/... ./notify/... ./site/...

# Long: senders of notices killed 100 times each, at a server with nine kinds of
# fault, on both engines of the ledger; and the site of a very large history.
soak:
	CODICIL_LONG=1 go test ./cmd/codicil -run 'TestKilled' -v -timeout 60m
	CODICIL_LONG=1 go test ./cmd/codicil -run '^$$' -bench ManyVersions -benchtime 1x -timeout 30m

# The pictures of the README, from the real product.
screenshots: build
	.github/pictures/make.sh

clean:
	rm -rf $(BUILD)
