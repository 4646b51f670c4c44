#!/usr/bin/env bash
# Checks the policies of the current folder against BASE, and reports: one
# comment in the pull request, updated in place, the same in the summary of the
# step, and annotations on the lines. Exits as `codicil check` does.
#
# It reads what GitHub's runner sets: GITHUB_API_URL, GITHUB_REPOSITORY,
# GITHUB_EVENT_PATH, GITHUB_STEP_SUMMARY; and GITHUB_TOKEN, if there is one, with
# AUTHOR, the login that it writes as.
set -euo pipefail

base=()
[ -z "${BASE:-}" ] || base=(--base "$BASE")
marker='<!-- codicil:check -->'
comment=$(mktemp)
trap 'rm -f "$comment" "$comment.json" "$comment.whole" "$comment.page" "$comment.reviews"' EXIT

# call METHOD PATH [FILE] speaks to the API of GitHub. The token goes by
# standard input: a command line can be read by others.
call() {
  printf 'header = "Authorization: Bearer %s"\n' "$GITHUB_TOKEN" |
    curl --config - --silent --show-error --fail-with-body --max-time 30 --retry 2 \
      --request "$1" --header 'Accept: application/vnd.github+json' ${3:+--data-binary "@$3"} \
      "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$2"
}

number=$(jq -r '.pull_request.number // empty' "${GITHUB_EVENT_PATH:-/dev/null}" 2> /dev/null || true)

# Reviews count as approvals of the very text that they were given for.
reviews() {
  local page
  for page in 1 2 3 4 5 6 7 8 9 10; do
    call GET "pulls/$number/reviews?per_page=100&page=$page" > "$comment.page" || return 1
    cat "$comment.page" >> "$comment.reviews"
    [ "$(jq length "$comment.page")" -eq 100 ] || return 0
  done
}
if [ -n "$number" ] && [ -n "${GITHUB_TOKEN:-}" ]; then
  : > "$comment.reviews"
  if reviews 2> /dev/null; then
    base+=(--approvals "$comment.reviews")
  fi
fi

# GitHub takes no comment of more than 65,536 characters.
status=0
codicil check "${base[@]}" --quiet --format markdown > "$comment.whole" || status=$?
head -c 60000 "$comment.whole" > "$comment"
if ! cmp -s "$comment" "$comment.whole"; then
  printf '\n\nThis is the beginning of a longer report: run `codicil check` for the rest.\n' >> "$comment"
fi
if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
  exit "$status" # it has said why
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$comment" >> "$GITHUB_STEP_SUMMARY"
fi

# ours NUMBER prints the id of our comment in a pull request, if it is there. A
# comment that somebody else has begun with our marker stays theirs.
ours() {
  local page found
  for page in 1 2 3 4 5 6 7 8 9 10; do
    found=$(call GET "issues/$1/comments?per_page=100&page=$page")
    jq -r --arg marker "$marker" --arg author "${AUTHOR:-github-actions[bot]}" \
      '.[] | select(.user.login == $author and (.body | startswith($marker))) | .id' <<< "$found" | head -n 1
    [ "$(jq length <<< "$found")" -eq 100 ] || return 0
  done
}

# report writes the comment, or says why it could not: a fork has no right to.
report() {
  local id
  [ -n "$number" ] && [ -n "${GITHUB_TOKEN:-}" ] || return 0
  jq -Rs '{body: .}' < "$comment" > "$comment.json"
  id=$(ours "$number" | head -n 1) || return 1
  if [ -n "$id" ]; then
    call PATCH "issues/comments/$id" "$comment.json" > /dev/null
  else
    call POST "issues/$number/comments" "$comment.json" > /dev/null
  fi
}
report || echo '::notice::The comment could not be written; it is in the summary of this step.'

codicil check "${base[@]}" --quiet --format github || true
exit "$status"
