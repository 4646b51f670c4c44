#!/bin/sh
# Checks the policies, and builds their site into SITE, outside of the checkout:
# nothing that was committed can pass for a built page. For any machine with git
# and codicil; the clone must hold the whole history.
set -eu
cd "$(dirname "$0")"
BASE=${BASE:-refs/remotes/origin/main} # the whole name: no tag is called so
codicil check --base "$BASE"
codicil build -d "${SITE:-${TMPDIR:-/tmp}/policies-site}"
# On the published branch, what was published is written down in codicil.sum, so
# that nobody can alter it unseen.
if [ "$(git rev-parse HEAD)" = "$(git rev-parse "$BASE")" ]; then
  codicil verify --update
  git ls-files --modified --others -- ':(glob)**/codicil.sum' ':(glob)**/codicil.checkpoint*' | git add --pathspec-from-file=-
  if ! git diff --cached --quiet; then
    git commit --quiet --message 'Pin what was published'
    git push --quiet origin HEAD:"${BRANCH:-main}" || echo 'The new lines of codicil.sum could not be pushed: push them by hand.' >&2
  fi
fi
