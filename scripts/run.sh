#!/usr/bin/env bash
# Builds Khosra and opens it; without a display, the guided demo.
source "$(dirname "$0")/lib.sh"

if [ "$(uname -s)" = Linux ] && ! has_display; then
  say "There is no display here, so the guided demo runs on a virtual one."
  exec scripts/demo.sh
fi
scripts/install.sh run
build_ui
build_app
exec target/debug/khosra
