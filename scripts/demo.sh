#!/usr/bin/env bash
# The guided demo: the real window on a virtual display, driven from the first word to the published page.
source "$(dirname "$0")/lib.sh"

LIMIT=300

scripts/install.sh screen
if [ -z "${KHOSRA_BUILT:-}" ]; then
  say "Building Khosra"
  build_ui
  build_app
fi
rm -rf target/demo
mkdir -p target/demo
status=0
timeout -k 10 "$LIMIT" scripts/virtual-desktop.sh npm run --silent demo --workspace khosra-e2e || status=$?
if ((status == 124)); then fail "the demo did not end within $LIMIT seconds; the last step named above did not answer"; fi
exit "$status"
