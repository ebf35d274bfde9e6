#!/usr/bin/env bash
# Everything: lints, Rust, front end, the real window. Each step has a hard limit and a log of its own in
# target/test-logs; the last line counts what passed and what failed (a lint is one).
source "$(dirname "$0")/lib.sh"

LOGS="$PWD/target/test-logs"
rm -rf "$LOGS"
mkdir -p "$LOGS"

# The last number before a word, in a runner's own summary: `Summary … 812 tests run: 811 passed, 1 failed`.
# Nothing, where the word is not there.
counted() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E "$2" | tail -n 1 | grep -oE "[0-9]+ $3" | tail -n 1 |
    cut -d ' ' -f 1 || true
}

# Lanes count side by side, so it is on disk.
count() { printf '%d %d\n' "${1:-0}" "${2:-0}" >>"$LOGS/counts"; }

# A step that passes or fails as one.
check() {
  if run_step "$@"; then count 1 0; else count 0 1; fi
}

# A step whose own summary line, found by a pattern, counts its tests.
suite() {
  local name=$1 summary=$2 status=0 failed
  shift 2
  run_step "$name" "$@" || status=$?
  failed=$(counted "$LOGS/$name.log" "$summary" failed)
  if ((status)) && ((${failed:-0} == 0)); then failed=1; fi
  count "$(counted "$LOGS/$name.log" "$summary" passed)" "$failed"
}

# cargo-deny without its advisory database, when that cannot be fetched: the rest still holds.
deny() {
  if timeout 120 cargo deny fetch db; then
    cargo deny check
  else
    say "The advisory database cannot be reached: advisories were not checked this time."
    cargo deny check licenses bans sources
  fi
}
export -f deny say

# Clippy stands in for the compiler of our own crates, so that one build gives its findings and the tests. A pass of its
# own would go through every dependency once more, which a cold machine notices.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
lint_and_build() {
  cargo test --no-run --workspace --all-targets --features "$FEATURES" || return
  # Findings of an earlier build are told again, so that nothing passes for having been compiled before.
  if grep -qE '^warning: .*generated [0-9]+ warning' "$LOGS/rust-lints.log"; then
    fail "a warning counts as a failure here"
  fi
}
export LOGS FEATURES
export -f lint_and_build fail

npm_ui() { printf 'npm run --silent %s --workspace khosra-ui' "$1"; }

if ! run_step install 1800 scripts/install.sh test; then fail "something is missing; see above"; fi
# Rust embeds the built front end, so that comes first.
# shellcheck disable=SC2046 # the words of npm_ui are meant to be split
check ui-build 300 $(npm_ui build) &
lane=$!
# Over installed packages a renewed lock file can lose other platforms, and nobody here would notice.
check npm-lock 60 npm ci --dry-run --ignore-scripts --no-audit --loglevel=error
check rustfmt 120 cargo fmt --all --check
check shellcheck 120 shellcheck -x -P SCRIPTDIR scripts/*.sh tests/*/*.sh .ci/run
wait "$lane" || count 0 1

rust() {
  check rust-lints 3000 bash -c lint_and_build
  # Many wait for a line that is slow on purpose: twice as many at a time as there are cores.
  suite rust-tests 'tests run:' 1500 cargo nextest run --workspace --features "$FEATURES" --no-fail-fast \
    --test-threads $((2 * $(nproc)))
}

# shellcheck disable=SC2046 # the words of npm_ui are meant to be split
front_end() {
  check ui-format 240 $(npm_ui format:check)
  check ui-lint 1200 $(npm_ui lint)
  check ui-types 1200 $(npm_ui check)
  suite ui-tests '^ *Tests ' 1200 $(npm_ui test)
  check e2e-types 240 npm run --silent check --workspace khosra-e2e
  check licences 300 bash -c deny
}

# They know nothing of each other, and each leaves cores idle that the other can use.
front_end &
lane=$!
rust
wait "$lane" || count 0 1
export KHOSRA_BUILT=yes
# The contract has no window, and windows mostly wait; the demo has a desktop of its own.
contract_and_demo() {
  check contract 800 tests/contract/schemathesis.sh
  check demo 480 scripts/demo.sh
}
contract_and_demo &
lane=$!
suite real-window 'passed,' 1200 scripts/e2e.sh
wait "$lane" || count 0 1

say
awk '{ passed += $1; failed += $2 }
  END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' "$LOGS/counts"
