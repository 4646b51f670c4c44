#!/bin/sh
# Checks the policies, and builds their site into SITE, outside of the checkout:
# nothing that was committed can pass for a built page. For any machine with git
# and codicil; the clone must hold the whole history.
set -eu
cd "$(dirname "$0")"
codicil check --base "${BASE:-origin/main}"
codicil build -d "${SITE:-${TMPDIR:-/tmp}/policies-site}"
