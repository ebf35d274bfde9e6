#!/usr/bin/env bash
# The benchmarks: `make bench` runs all, `make bench NAME=typing` one. Results go to target/bench as JSON.
# Rust is measured as it is shipped, in release; the window as `make run` builds it.
source "$(dirname "$0")/lib.sh"

NAME=${1:-}
mkdir -p target/bench
status=0

# window_bench SCRIPT: in the real window, on a desktop of its own. A missed goal does not hide the others.
window_bench() {
  timeout -k 10 600 scripts/virtual-desktop.sh npm exec --workspace khosra-e2e -- tsx "$1" || status=1
}

case $NAME in
'' | typing | start)
  scripts/install.sh screen
  build_ui
  # As build_app, and the empty window that a start is measured against.
  cargo build --workspace --exclude khosra-bench --bins --examples --features "$FEATURES"
  if [ "$NAME" != start ]; then window_bench typing-bench.ts; fi
  if [ "$NAME" != typing ]; then window_bench start-bench.ts; fi
  ;;
esac
case $NAME in
'' | badlink)
  if have python3; then
    scripts/install.sh run
    cargo build --release --package khosra-cli --package khosra-newsite
    python3 bench/badlink/bench.py || status=1
  else
    say "badlink: skipped, it needs python3"
  fi
  ;;
esac
case $NAME in
typing | start | badlink) ;;
*)
  scripts/install.sh peers
  cargo run --release --package khosra-bench -- ${NAME:+"$NAME"} || status=1
  ;;
esac
exit "$status"
