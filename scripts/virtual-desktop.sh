#!/usr/bin/env bash
# Runs a command on a desktop of its own: a virtual display with a Bengali keyboard, a session bus, an
# unlocked empty keychain and a private home, so that neither the person's desktop nor another run is
# touched. All of it goes at the end.
source "$(dirname "$0")/lib.sh"

if [ "${KHOSRA_DESKTOP:-}" != inside ]; then
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home"/{data,config,cache,runtime}
  status=0
  # Whoever watches does not want to know of each service that the bus starts, unless nothing works.
  env -u WAYLAND_DISPLAY KHOSRA_DESKTOP=inside HOME="$home" XDG_DATA_HOME="$home/data" \
    XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/runtime" \
    CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" \
    xvfb-run -a -s "-screen 0 1366x768x24 -noreset -nolisten tcp" \
    dbus-run-session -- "$0" "$@" 3>&1 4>&2 >"$home/bus.log" 2>&1 || status=$?
  if ((status)); then cat "$home/bus.log" >&2; fi
  exit "$status"
fi
exec >&3 2>&4 3>&- 4>&-

# English and, beside it, Probhat: the Bengali layout that every X server has.
setxkbmap -layout us,bd -variant ,probhat
printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 ||
  say "No keychain on this machine: sign-in to a portal cannot be tried."
"$@"
