#!/usr/bin/env bash
# stop-wordpress.sh FOLDER [--purge]: ends the processes that start-wordpress.sh started for this folder, and no
# other; --purge also removes the folder.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "$0")/lib.sh"

[ $# -ge 1 ] || fail "which folder?"
data=$(realpath -m "$1")
[ -d "$data" ] || exit 0
exec 9>"$data.lock"
flock 9
stop_services "$data"
if [ "${2:-}" = --purge ]; then remove_portal "$data"; fi
