# One word each: the commands that README.md promises. Each sets up what it needs.
PYTHON ?= python3
BIN = .venv/bin
ifdef PORT
export PORT
endif

.PHONY: help run demo quick test test-all upgrade ha fix access bench faults load scale judged level lock licences sbom audit design
.DEFAULT_GOAL := help

help:       ## this list
	@sed -n 's/^\([a-z-]*\): *## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run:        ## set up and start the site
	@$(PYTHON) make/environment.py run
	@exec $(BIN)/meedoen run

demo:       ## add the marked examples
	@$(PYTHON) make/environment.py run
	@$(BIN)/meedoen demo

quick:      ## the fast part of the checks, for every save
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/check.py quick

test:       ## everything that guards main
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/check.py test

test-all:   ## the same, with every page in every state and mode, new examples, and make ha
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/check.py test-all

upgrade:    ## servers of the release FROM are upgraded to this one while people read and write: make upgrade FROM=v1.2
	@$(PYTHON) make/environment.py dev
	@rm -rf .cache/older && mkdir -p .cache/older && git archive $(FROM) src | tar -x -C .cache/older
	@MEEDOEN_OLDER=$(CURDIR)/.cache/older/src $(BIN)/python -m pytest tests/config/test_upgrading.py

ha:         ## the tests on three database nodes, and what happens when one dies or is cut off
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/check.py ha

fix:        ## format, and mend what a program can mend
	@$(PYTHON) make/environment.py dev
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@git ls-files '*.html' | grep '/templates/' | xargs $(BIN)/djade --target-version 5.2 || true

access:     ## every page through the access checks, and what the statement tells of them
	@$(PYTHON) make/environment.py dev
	@rm -f .cache/access.jsonl
	@MEEDOEN_ACCESS_LOG=.cache/access.jsonl $(BIN)/pytest -n2 --dist=worksteal -m browser tests/access || true
	@$(BIN)/python -m tests.access.results

bench:      ## the figures, as JSON lines
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/bench.py

faults:     ## break things around the real site on purpose (root; ONLY="killed disk" for some)
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python -m tests.faults $(ONLY)

load:       ## a national day on the real site: what visitors feel, what it costs, where it bends
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/load.py

scale:      ## what a country, a continent and more need, from what the load measured
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/scale.py

judged:     ## what the search makes of judged queries, beside four others
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python -m tests.search.judged

level:      ## fit the language level's formula anew, and what it is worth
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python -m tests.language.fitting

lock:       ## write the locked requirements anew
	@requirements/lock.sh

licences:   ## write the list of the licences of others anew
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/supply.py licences --write

sbom:       ## what a running site consists of, as CycloneDX
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/supply.py sbom

audit:      ## ask PyPI which of it is known to be unsafe (needs a network)
	@$(PYTHON) make/environment.py dev
	@$(BIN)/python make/supply.py audit

design:     ## build the stylesheet anew (needs Node, for the tokens and fonts)
	@$(PYTHON) make/environment.py dev
	@cd design && npm ci --no-audit --no-fund --ignore-scripts
	@$(BIN)/python -m meedoen.ui.build
