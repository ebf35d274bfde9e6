#!/usr/bin/env bash
# Every screen in both languages, light and dark, into target/screenshots; the README's into docs/images.
source "$(dirname "$0")/lib.sh"

scripts/install.sh screen
if [ -z "${KHOSRA_BUILT:-}" ]; then
  build_ui
  build_app
fi
exec timeout -k 10 1800 scripts/virtual-desktop.sh npm run --silent screenshots --workspace khosra-e2e
