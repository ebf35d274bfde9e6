# Every target is one script; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help install run dev demo test exactly-once weave e2e screenshots bench generate package

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## install what is missing on this machine
	@scripts/install.sh test

run: ## build and open Khosra; without a display, the guided demo
	@scripts/run.sh

dev: ## open Khosra with hot reload
	@scripts/dev.sh

demo: ## the guided demo on a virtual display; pictures in target/demo
	@scripts/demo.sh

test: ## everything: lints, Rust, front end, the real window
	@scripts/test.sh

exactly-once: ## every intent is one article: 10,000 runs and 200 against WordPress
	@scripts/exactly-once.sh

weave: ## three machines agree and nothing is lost: 10,000 runs of random commands
	@scripts/weave.sh

e2e: ## only the tests in the real window
	@scripts/e2e.sh

screenshots: ## every screen, into target/screenshots and docs/images
	@scripts/screenshots.sh

bench: ## the benchmarks; NAME=… runs one
	@scripts/bench.sh $(NAME)

generate: ## write the TypeScript side of the command table anew
	@scripts/generate.sh

package: ## a Debian package in target/release/bundle/deb
	@scripts/package.sh
