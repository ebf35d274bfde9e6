#!/usr/bin/env bash
# Installs what a WordPress on this machine needs, from Debian's packages. No system service is started: the tests
# start what they need themselves. Prints nothing and takes no time when everything is there. Status 3: they cannot be
# had here.
# shellcheck source-path=SCRIPTDIR source=../../scripts/lib.sh
source "$(dirname "$0")/../../scripts/lib.sh"

# Naming nginx and php-fpm keeps Apache out; the -core packages of MariaDB bring no system database.
PACKAGES=(curl wordpress wordpress-theme-twentytwentythree nginx-light
  php8.2-{fpm,cli,mysql,gd,curl,xml,mbstring,intl} mariadb-server-core mariadb-client-core)
POLICY=/usr/sbin/policy-rc.d

missing() {
  local package
  for package in "${PACKAGES[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || say "$package"
  done
}

mapfile -t wanted < <(missing)
((${#wanted[@]})) || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! have sudo || ! sudo -n true 2>/dev/null; then
    say "WordPress is not installed; as root: apt-get install --no-install-recommends ${wanted[*]}" >&2
    exit 3
  fi
  as_root=(sudo)
fi

# Debian asks this file before a package starts its service.
if [ ! -e "$POLICY" ]; then
  trap '"${as_root[@]}" rm -f "$POLICY"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$POLICY" >/dev/null
  "${as_root[@]}" chmod 755 "$POLICY"
fi

log=$(mktemp)
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends -o Dpkg::Use-Pty=0 \
  -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-unsafe-io "${wanted[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -n 30 "$log" >&2
  say "apt-get failed; whole log: $log" >&2
  exit 3
fi
rm -f "$log"
