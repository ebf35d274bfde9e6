#!/usr/bin/env bash
# Writes ui/src/wire/generated.ts anew from the command table of crates/desk.
source "$(dirname "$0")/lib.sh"

KHOSRA_GENERATE=1 cargo test --quiet --workspace --lib --features "$FEATURES" the_committed_typescript_is_current >/dev/null
say "ui/src/wire/generated.ts is current"
