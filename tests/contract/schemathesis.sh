#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR/../../scripts
# Holds the reference portal against its own description: thousands of requests made from `openapi.json`, good
# and bad, and every answer judged by it. Takes the address of another portal that speaks the contract too:
#
#   tests/contract/schemathesis.sh                       the reference portal, started and stopped here
#   PORTAL_TOKEN=… tests/contract/schemathesis.sh URL    a portal that runs elsewhere, a test copy of it
#
# Whoever runs it against a portal of their own lets strangers' words into its database.
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"

VERSION=4.32.5
SEED=20261124
EXAMPLES=${EXAMPLES:-30}
BUILD="${CARGO_TARGET_DIR:-$PWD/target}"
HERE="$PWD/tests/contract"
PLACE="$PWD/target/contract"
VENV="$PLACE/venv"
URL=${1:-}
TOKEN=${PORTAL_TOKEN:-}
PORTAL=
RUN=

skip() {
  say "SKIPPED: $*"
  exit 0
}

install() {
  have python3 || skip "python3 is not installed"
  if "$VENV/bin/schemathesis" --version 2>/dev/null | grep -qF "$VERSION"; then return 0; fi
  say "Installing Schemathesis $VERSION, once"
  python3 -m venv "$VENV" >"$PLACE/install.log" 2>&1 ||
    skip "no virtual environment can be made (on Debian: python3-venv); see ${PLACE#"$PWD"/}/install.log"
  timeout 300 "$VENV/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$VERSION" \
    >>"$PLACE/install.log" 2>&1 ||
    skip "Schemathesis cannot be installed from PyPI; see ${PLACE#"$PWD"/}/install.log"
}

stop_portal() {
  if [ -n "$PORTAL" ]; then
    kill -TERM "$PORTAL" 2>/dev/null || true
    wait "$PORTAL" 2>/dev/null || true
  fi
  if [ -n "$RUN" ]; then rm -rf "$RUN"; fi
}

# Starts the reference portal with its sample stories, and signs in as its editor.
start_portal() {
  if [ -z "${KHOSRA_BUILT:-}" ]; then cargo build --quiet --package khosra-newsite --bin khosra-newsite; fi
  RUN=$(mktemp -d "$PLACE/run.XXXXXX")
  "$BUILD/debug/khosra-newsite" serve --data "$RUN/data" >"$RUN/line" 2>"$PLACE/portal.log" &
  PORTAL=$!
  local tries=0
  until [ -s "$RUN/line" ]; do
    kill -0 "$PORTAL" 2>/dev/null || fail "the portal did not start; see ${PLACE#"$PWD"/}/portal.log"
    tries=$((tries + 1))
    if ((tries > 300)); then fail "the portal says nothing after 30 s"; fi
    sleep 0.1
  done
  URL=$("$VENV/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["url"])' <"$RUN/line")
  TOKEN=$("$VENV/bin/python" - "$RUN/line" <<'PYTHON'
import json, sys, urllib.request
line = json.load(open(sys.argv[1], encoding="utf-8"))
editor = next(account for account in line["accounts"] if account["role"] == "editor")
body = {"user": editor["user"], "password": editor["password"], "device": "schemathesis"}
headers = {"Content-Type": "application/json"}
request = urllib.request.Request(line["api"] + "tokens", json.dumps(body).encode(), headers)
print(json.load(urllib.request.urlopen(request, timeout=10))["token"])
PYTHON
  )
}

# A story that readers have, so that what belongs to a story is tried on one that is there. On a site without any
# it is an id that nobody has.
some_story() {
  "$VENV/bin/python" - "$URL" "$TOKEN" <<'PYTHON'
import json, sys, urllib.request
url, token = sys.argv[1:]
request = urllib.request.Request(url + "/api/v1/lists/latest", headers={"Authorization": "Bearer " + token})
items = json.load(urllib.request.urlopen(request, timeout=10))["items"]
print(items[0]["id"] if items else "01900000-0000-7000-8000-000000000000")
PYTHON
}

# judge SECONDS OPTION...
judge() {
  local limit=$1
  shift
  # From where its caches may lie, and with its hooks in Python's path.
  cd "$PLACE" || exit
  PYTHONPATH="$HERE" timeout "$limit" "$VENV/bin/schemathesis" --config-file "$HERE/schemathesis.toml" run \
    "$HERE/../../crates/newsite/openapi.json" --url "$URL" --header "Authorization: Bearer $TOKEN" \
    --seed "$SEED" --max-examples "$EXAMPLES" --request-timeout 40 --no-color "$@"
}

mkdir -p "$PLACE"
trap stop_portal EXIT
install
if [ -z "$URL" ]; then start_portal; fi
STORY=$(some_story)
export STORY
BEGAN=$SECONDS
# Signing out ends the token that all the others need, so it comes last.
judge 600 --exclude-operation-id signOut
judge 60 --include-operation-id signOut
say "The portal at $URL keeps the contract ($((SECONDS - BEGAN)) s)."
