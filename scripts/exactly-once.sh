#!/usr/bin/env bash
# Every intent is one article, in full: ten thousand runs against the reference portal and two hundred against a real
# WordPress, each over a line that goes wrong as its seed says. `make test` makes fewer. The figures are printed.
source "$(dirname "$0")/lib.sh"

export KHOSRA_RUNS=${KHOSRA_RUNS:-10000} KHOSRA_WORDPRESS_RUNS=${KHOSRA_WORDPRESS_RUNS:-200}
scripts/install.sh test
build_ui
# One after the other: each keeps the machine busy by itself.
exec cargo nextest run --workspace --features "$FEATURES" --no-capture --no-fail-fast \
  -E 'binary(exactly_once) & test(every_intent_is_one_article)'
