#!/usr/bin/env bash
# The benchmarks: `make bench` runs all, `make bench NAME=typing` one. Results go to target/bench as JSON.
# Rust is measured as it is shipped, in release; the window as `make run` builds it.
source "$(dirname "$0")/lib.sh"

NAME=${1:-}
mkdir -p target/bench
if [ -z "$NAME" ] || [ "$NAME" = typing ]; then
  scripts/install.sh screen
  build_ui
  build_app
  timeout -k 10 600 scripts/virtual-desktop.sh npm run --silent bench --workspace khosra-e2e
fi
if [ "$NAME" != typing ]; then
  scripts/install.sh run
  cargo run --release --package khosra-bench -- ${NAME:+"$NAME"}
fi
