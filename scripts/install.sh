#!/usr/bin/env bash
# Installs what is missing to build and run Khosra (`run`), to test it too (`test`), or to run its benchmarks beside
# other programs (`peers`). Asks the machine first, so that it is quick and changes nothing when all is there.
source "$(dirname "$0")/lib.sh"

PURPOSE=${1:-run}
NODE_NEEDED=20.19
STAMPS="$PWD/target/stamps"

RUN_PACKAGES=(build-essential pkg-config curl ca-certificates libwebkit2gtk-4.1-dev libxdo-dev libssl-dev
  librsvg2-dev)
# A window on a virtual display, real keys, a Bengali keyboard layout, pictures, a keychain, a browser to read with.
SCREEN_PACKAGES=(webkit2gtk-driver xvfb xauth dbus dbus-x11 xdotool x11-xkb-utils imagemagick
  gnome-keyring dunst fonts-noto-core chromium procps)
# The portal is also tested over PostgreSQL, and by a tester from PyPI that gets an environment of its own. Photos are
# read back by exiftool, and HEIC is made and decoded by libheif's programs.
TEST_PACKAGES=(strace libimage-exiftool-perl libheif-examples shellcheck postgresql python3-venv)
# What a benchmark measures photos against.
PEER_PACKAGES=(libvips-tools)

install_packages() {
  local missing=() package
  have dpkg-query || {
    say "No Debian packages here: please see to these or their like yourself: $*"
    return
  }
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  local line=(apt-get install -y --no-install-recommends "${missing[@]}")
  say "Installing ${missing[*]}"
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${line[@]}" >/dev/null
  elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive "${line[@]}" >/dev/null
  else
    fail "packages are missing, and only the administrator may add them. Please run:
  sudo apt-get update && sudo ${line[*]}"
  fi
}

require_node() {
  if ! have node || ! have npm; then install_packages nodejs npm; fi
  have node || fail "Node.js is missing. Please install version $NODE_NEEDED or newer from https://nodejs.org."
  local version
  version=$(node --version)
  [ "$(printf '%s\n' "$NODE_NEEDED" "${version#v}" | sort -V | head -n 1)" = "$NODE_NEEDED" ] ||
    fail "Node.js ${version#v} is too old. Please install version $NODE_NEEDED or newer from https://nodejs.org."
}

require_rust() {
  if ! have cargo && [ -n "$(apt-cache search --names-only '^rustup$' 2>/dev/null)" ]; then
    install_packages rustup
    rustup default stable
  fi
  have cargo || fail "Rust is missing. Please install it as https://rustup.rs says, then run this again."
  local needed version
  needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  version=$(rustc --version | cut -d ' ' -f 2)
  [ "$(printf '%s\n' "$needed" "$version" | sort -V | head -n 1)" = "$needed" ] ||
    fail "Rust $version is too old. Please run: rustup update stable"
}

# require_tool CRATE: one of cargo's tools, kept under target/ unless the machine has it. Built
# without optimising: building takes longer than these tools ever run.
require_tool() {
  have "$1" && return 0
  say "Building $1, once"
  cargo install --quiet --locked --debug --root "$TOOLS" "$1"
}

require_node_modules() {
  local stamp="$STAMPS/npm"
  if [ -d node_modules ] && cmp -s package-lock.json "$stamp"; then return 0; fi
  say "Installing the front end's packages"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  mkdir -p "$STAMPS"
  cp package-lock.json "$stamp"
}

case $PURPOSE in
run) packages=("${RUN_PACKAGES[@]}") ;;
screen) packages=("${RUN_PACKAGES[@]}" "${SCREEN_PACKAGES[@]}") ;;
test) packages=("${RUN_PACKAGES[@]}" "${SCREEN_PACKAGES[@]}" "${TEST_PACKAGES[@]}") ;;
peers) packages=("${RUN_PACKAGES[@]}" "${PEER_PACKAGES[@]}") ;;
*) fail "install.sh takes run, screen, test or peers" ;;
esac
# A compiler and a package manager keep different parts of a machine busy, so cargo's tools are built beside the
# packages wherever there is a compiler already.
build_tools() {
  [ "$PURPOSE" = test ] || return 0
  require_tool cargo-nextest
  require_tool cargo-deny
}
tools=
if have cargo && have cc; then
  build_tools &
  tools=$!
fi
if [ "$(uname -s)" = Linux ]; then install_packages "${packages[@]}"; fi
require_rust
require_node
require_node_modules
if [ -n "$tools" ]; then wait "$tools"; else build_tools; fi
