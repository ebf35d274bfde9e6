#!/usr/bin/env bash
# The guided demo: the real window on a virtual display, driven from the first word to the published page.
source "$(dirname "$0")/lib.sh"

scripts/install.sh screen
say "Building Khosra"
build_ui
build_app
rm -rf target/demo
mkdir -p target/demo
exec timeout -k 10 300 scripts/virtual-desktop.sh npm run --silent demo --workspace khosra-e2e
