# Each target's line after ## is shown by `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
NODE := node
TS := $(NODE) --import tsx
# Notes how long a command took, for the table of .ci/run.
MEASURE := sh ops/proof/measure.sh

.PHONY: start
start: ## install what is missing, build, seed the demo school and start everything
	@$(NODE) ops/embedded/bootstrap.mjs && exec $(TS) ops/embedded/start.ts

.PHONY: dev
dev: ## the same with hot reload
	@$(NODE) ops/embedded/bootstrap.mjs dev && exec $(TS) ops/embedded/start.ts --watch

.PHONY: reset
reset: packages ## remove the data in .data/ after asking (YES=1 does not ask)
	@YES="$(YES)" $(TS) ops/embedded/reset.ts

.PHONY: test
test: test-machine ## everything that needs no Docker: checks, unit and integration tests, browser journeys
	@failed=0; \
	$(MEASURE) "format, lint, types, structure" $(MAKE) check || failed=1; \
	$(MEASURE) "unit and integration tests" $(TS) ops/proof/run-jest.ts jest || failed=1; \
	$(MEASURE) "on a real Postgres" $(MAKE) test-postgres || failed=1; \
	$(MEASURE) "browser journeys" $(TS) ops/proof/run-jest.ts journeys --config web/e2e/jest.config.js || failed=1; \
	exit $$failed

.PHONY: test-machine
test-machine:
	@rm -rf artifacts; $(MEASURE) "installation and build" $(NODE) ops/embedded/bootstrap.mjs test

.PHONY: test-postgres
test-postgres: packages ## who may do what with which row, on the real Postgres that schools run
	@TEST_DATABASE=postgres $(TS) ops/proof/run-jest.ts postgres --selectProjects api \
	  -- api/supabase/policies api/supabase/privileges api/supabase/hidden-tests

.PHONY: test-fresh
test-fresh: packages ## make start and make test in a bare Debian (SUITE=bookworm or trixie; as root)
	@sh ops/proof/fresh/run.sh $(or $(SUITE),bookworm)

.PHONY: languages
languages: packages ## install the compilers of a set of languages (SET=school or all; as root) and try each
	@npm run --silent build -w judge0/engine
	@sh judge0/engine/install-languages.sh $(or $(SET),school)
	@npm run --silent languages -w judge0/engine

.PHONY: test-container
test-container: build ## the engine in an unprivileged container (root installs Docker where there is none)
	@npm run --silent container -w judge0/engine

.PHONY: sizing
sizing: packages ## how large a machine a school needs (LEARNERS=300: working at the same time)
	@$(TS) ops/sizing/print.ts $(LEARNERS)

.PHONY: judge-node
judge-node: ## this machine judges for another one (KIND=engine or official); asks for its address and the token
	@sh judge0/judge-node.sh $(or $(KIND),engine)

.PHONY: images
images: packages ## build the images and show their sizes (ONLY="web api": some); fails when one is too large
	@$(TS) ops/images/build.ts $(ONLY)

.PHONY: test-compose
test-compose: packages ## the whole compose stack, built, used and broken (ONLY=door: some; KEEP=1: it stays)
	@$(TS) ops/test-compose/run.ts $(ONLY)

.PHONY: test-real
test-real: packages ## the stack as a school starts it, with the official images; writes ops/evidence/<date>.json
	@$(TS) ops/test-real/run.ts

.PHONY: test-monitoring
test-monitoring: build ## Debian's Prometheus 3 watches the running stack: rules, alerts, dashboards
	@$(TS) ops/proof/run-jest.ts monitoring --config ops/monitoring-test/jest.config.js --runInBand

.PHONY: drill
drill: build ## cause what an alert is for and see it fire and clear (ALERT=RedisDown or all)
	@$(TS) ops/drill/run.ts $(or $(ALERT),all)

.PHONY: check
check: packages ## the fast part: format, lint, types, structure
	@$(MAKE) -j2 --output-sync=target lint typecheck format-check structure

.PHONY: format
format: packages ## write all files in our format
	@npx prettier --write --log-level warn .

.PHONY: format-check
format-check: packages
	@npx prettier --check --log-level warn .

.PHONY: lint
lint: packages ## lint with type information
	@npx eslint . --max-warnings 0

.PHONY: typecheck
typecheck: packages ## check the types of all workspaces
	@npm run --silent typecheck
	@npx tsc -p web/e2e

.PHONY: structure
structure: packages ## check file names, sizes and who imports whom
	@npm run --silent structure

# ---- A school of your own, with Docker (README, "On your own server"); none of these needs Node ----

.PHONY: setup
setup: ## ask for what only you know and write .env (or: make setup DOMAIN=… ORGANIZATION_NAME=… ADMIN_EMAIL=…)
	@sh ops/run.sh --alone ops/setup/main.ts

.PHONY: doctor
doctor: ## look at the machine, the settings and what runs, and say how to cure what is wrong (JSON=1 for programs)
	@sh ops/run.sh ops/doctor/main.ts

.PHONY: up
up: ## start the school, and invite its first administrator
	@sh ops/run.sh --alone ops/compose/up.ts

.PHONY: down
down: ## stop the school; its data stays
	@docker compose --profile '*' down

.PHONY: ps
ps: ## what runs, and how it is
	@docker compose ps

.PHONY: logs
logs: ## follow what the services write (SERVICE=api for one of them)
	@docker compose logs --follow --tail $(or $(TAIL),200) $(SERVICE)

.PHONY: upgrade
upgrade: ## from the version that runs to this checkout's, with a backup, and back by itself if it fails
	@sh ops/run.sh --alone ops/compose/upgrade.ts

.PHONY: rollback
rollback: ## back to the version before the last upgrade; data stays
	@sh ops/run.sh --alone ops/compose/rollback.ts

.PHONY: build
build: packages ## build what changed
	@$(NODE) ops/embedded/bootstrap.mjs build

.PHONY: packages
packages:
	@$(NODE) ops/embedded/bootstrap.mjs packages

.PHONY: clean
clean: ## remove everything built; .data/ and node_modules/ stay
	@rm -rf api/dist judge0/engine/dist ops/dist web/build artifacts coverage
	@rm -f api/*.tsbuildinfo judge0/engine/*.tsbuildinfo ops/*.tsbuildinfo ops/dist/*.tsbuildinfo web/*.tsbuildinfo web/e2e/*.tsbuildinfo

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  Ports and other settings: .env.example"
