#!/usr/bin/env bash
# keep-wordpress.sh FOLDER: waits until nobody needs the portal any more, then stops it. Each test run leaves its
# process id in FOLDER/run/for.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "$0")/lib.sh"

data=$1
exec 9>"$data.lock"
needed() {
  local needs=1 file
  for file in "$data"/run/for/*; do
    [ -e "$file" ] || continue
    if [ -d "/proc/${file##*/}" ]; then needs=0; else rm -f "$file"; fi
  done
  return "$needs"
}

while sleep 1; do
  if needed; then continue; fi
  # A run that starts now waits for the lock, and starts everything again.
  flock 9
  if ! needed; then
    rm -f "$data/run/keep.pid"
    stop_services "$data"
    exit 0
  fi
  flock -u 9
done
