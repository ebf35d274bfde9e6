# shellcheck shell=bash
# Shared by the scripts beside it: where things are, and how a step is run so that a stall names itself.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

TOOLS="$PWD/target/tools"
export PATH="$TOOLS/bin:$HOME/.cargo/bin:$PATH"
# Bengali passes through shells, xdotool and file names: all of them need a UTF-8 locale.
export LC_ALL="${LC_ALL:-C.UTF-8}"
# One set of features for every build, so that nothing is compiled twice.
FEATURES=khosra/custom-protocol

say() { printf '%s\n' "$*"; }
fail() {
  printf 'khosra: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

build_ui() { npm run --silent build --workspace khosra-ui; }
build_app() { cargo build --workspace --exclude khosra-bench --bins --features "$FEATURES"; }

# All processes below a process, with their state: what to look at when a step hangs.
process_tree() {
  ps -eo pid,ppid,stat,etimes,args --sort=start_time | awk -v root="$1" '
    NR == 1 { print; next }
    $1 == root || ($2 in inside) { inside[$1] = 1; print }'
}

end_group() {
  kill -TERM -- "-$1" 2>/dev/null || true
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.5
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

# run_step NAME SECONDS COMMAND...: runs the command in a process group of its own, its output in
# $LOGS/NAME.log. Past the limit it prints the process tree and ends the group. What it prints, it prints in one
# piece: another step may run beside it.
run_step() {
  local name=$1 limit=$2 log="$LOGS/$1.log" began=$SECONDS status=0 child
  shift 2
  printf '%-16s ...\n' "$name"
  setsid "$@" >"$log" 2>&1 </dev/null &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    if ((SECONDS - began >= limit)); then
      printf 'no end after %s s; running then:\n%s\n' "$limit" "$(process_tree "$child")" | tee -a "$log"
      end_group "$child"
      break
    fi
    sleep 0.2
  done
  wait "$child" || status=$?
  if ((status == 0)); then
    printf '%-16s ok     %4d s\n' "$name" $((SECONDS - began))
  else
    printf '%-16s FAILED %4d s (status %d, whole log: %s)\n%s\n' "$name" $((SECONDS - began)) "$status" \
      "${log#"$PWD"/}" "$(tail -n 40 "$log")"
  fi
  return "$status"
}
