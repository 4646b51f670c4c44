#!/bin/sh
# Checks the policies, and builds their site. For any machine with git and
# codicil; the clone must hold the whole history.
set -eu
cd "$(dirname "$0")"
codicil check --base "${BASE:-origin/main}"
codicil build -d public
