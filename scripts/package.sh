#!/usr/bin/env bash
# Builds the release and its Debian package.
source "$(dirname "$0")/lib.sh"

scripts/install.sh run
npx tauri build --bundles deb
ls -l target/release/bundle/deb/*.deb
