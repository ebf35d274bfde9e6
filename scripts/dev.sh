#!/usr/bin/env bash
# Opens Khosra with hot reload of the front end and rebuilds of the shell.
source "$(dirname "$0")/lib.sh"

scripts/install.sh run
exec npx tauri dev
