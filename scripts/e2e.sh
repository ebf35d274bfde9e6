#!/usr/bin/env bash
# Only the tests in the real window, on as many virtual desktops as the machine has cores, two at most: a window mostly
# waits. Arguments name test files, which then have one desktop: scripts/e2e.sh main-job.test.ts
source "$(dirname "$0")/lib.sh"

scripts/install.sh screen
if [ -z "${KHOSRA_BUILT:-}" ]; then
  build_ui
  build_app
fi
on_a_desktop() { timeout -k 10 900 scripts/virtual-desktop.sh npm test --silent --workspace khosra-e2e -- "$@"; }

if (($# > 0)) || (($(nproc) < 2)); then
  on_a_desktop "$@"
  exit
fi
KHOSRA_E2E_QUEUE=$(mktemp -d)
export KHOSRA_E2E_QUEUE
trap 'rm -rf "$KHOSRA_E2E_QUEUE"' EXIT
desktops=()
for number in 1 2; do
  on_a_desktop > >(tee "$KHOSRA_E2E_QUEUE/$number.log" | grep -v '^[0-9]* passed, ') &
  desktops+=($!)
done
status=0
for desktop in "${desktops[@]}"; do wait "$desktop" || status=1; done
wait
# A desktop that was killed has no last line, and counts as one failure.
cat "$KHOSRA_E2E_QUEUE"/{1,2}.log | awk -v desktops=2 '
  /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; desktops-- }
  END { printf "%d passed, %d failed\n", passed, failed + desktops; exit passed == 0 || failed + desktops > 0 }' ||
  status=1
exit "$status"
