#!/usr/bin/env bash
# Three machines, one portal, random commands, cut lines, wrong clocks, ends of the program: ten thousand runs, each of which
# heals and is held against the laws. `make test` makes fewer. The figures are printed.
source "$(dirname "$0")/lib.sh"

export KHOSRA_WEAVES=${KHOSRA_WEAVES:-10000}
scripts/install.sh test
build_ui
exec cargo nextest run --workspace --features "$FEATURES" --no-capture -E 'binary(weave)'
