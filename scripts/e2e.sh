#!/usr/bin/env bash
# Only the tests in the real window. Arguments name test files: scripts/e2e.sh main-job.test.ts
source "$(dirname "$0")/lib.sh"

scripts/install.sh screen
if [ -z "${KHOSRA_BUILT:-}" ]; then
  build_ui
  build_app
fi
exec timeout -k 10 900 scripts/virtual-desktop.sh npm test --silent --workspace khosra-e2e -- "$@"
