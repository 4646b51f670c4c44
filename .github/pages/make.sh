#!/usr/bin/env bash
# Builds the fixtures and holds their pages against the bounds of gates.mjs:
# make.sh PROGRAM FOLDER [OPTIONS OF gates.mjs]. Needs chromium, node, npm, java and pdftotext.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1") work=$(realpath -m "$2")
shift 2
mkdir -p "$work/sites"
cp "$here/package.json" "$here/package-lock.json" "$work/"
cmp -s "$here/package-lock.json" "$work/node_modules/.installed" || {
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
  cp "$here/package-lock.json" "$work/node_modules/.installed"
}
"$here/fixtures.sh" "$work/fixtures"
build() { "$program" -C "$1" -q build -d "$work/sites/$2" --on 2026-11-22; }
build "$here/../.." content
for fixture in plain life many right cjk; do build "$work/fixtures/$fixture" "$fixture"; done
node "$here/gates.mjs" --codicil "$program" --work "$work" "$@"
