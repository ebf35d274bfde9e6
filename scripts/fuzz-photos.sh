#!/usr/bin/env bash
# The readers of foreign photos against spoiled files: `scripts/fuzz-photos.sh` gives each of them ten minutes,
# `scripts/fuzz-photos.sh 60 xmp` one minute to the one of that name. Needs no other compiler than the tests do.
source "$(dirname "$0")/lib.sh"

KHOSRA_FUZZ_SECONDS=${1:-600} exec cargo test --package khosra-photo --test it -- --nocapture "fuzz::${2:-}"
