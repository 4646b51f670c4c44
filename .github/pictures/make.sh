#!/usr/bin/env bash
# Makes the pictures of the README from the real product: the redline and the
# page as browsers show them, and the comment of a pull request.
# Needs chromium and pandoc.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
codicil=$root/.build/codicil
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

# shot ADDRESS FILE WIDTH HEIGHT
shot() {
  chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
    --window-size="$3,$4" --screenshot="$here/$2" "$1" >/dev/null 2>&1
}

"$codicil" -C "$root" --quiet build -d "$work/site" --base-url https://example.com/legal >/dev/null
"$codicil" -C "$root" serve --port 8799 >/dev/null 2>&1 &
server=$!
for _ in $(seq 50); do curl --silent --output "$work/up" http://127.0.0.1:8799/ && break; sleep 0.2; done
"$codicil" -C "$root" diff privacy@1.1 privacy@2.0 --format html -o "$work/redline.html"
shot "file://$work/redline.html" redline.png 900 860
shot "http://127.0.0.1:8799/-/privacy/" desk.png 1280 900

git clone --quiet "$root" "$work/clone"
sed -i -e 's/180 days/365 days/' -e 's/^version: "2.0"/version: "2.1"/' "$work/clone/content/privacy.md"
"$codicil" -C "$work/clone" --quiet check privacy --format markdown > "$work/comment.md" || true
pandoc --from=gfm --to=html --standalone --metadata title=' ' --variable title= \
  --variable header-includes='<style>body{font:15px/1.5 system-ui,sans-serif;max-width:860px;margin:16px auto;padding:0 24px}h1.title{display:none}table{border-collapse:collapse}td,th{border:1px solid #d0d7de;padding:4px 12px}</style>' \
  --output "$work/comment.html" "$work/comment.md"
shot "file://$work/comment.html" comment.png 940 560
