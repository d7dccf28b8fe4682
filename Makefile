# make run    start Dawra            make test   everything         make check   what takes seconds
# Python comes from the system; all else lands in .venv, the data in var/.
.DEFAULT_GOAL := help
.PHONY: help run setup check test bench fuzz messages translations vendor lock wheel clean
PORT ?= 8000
PYTHON ?= python3
export PYTHON

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## set up what is missing, then start web and worker (PORT=8000)
	@tools/setup.sh server
	@exec .venv/bin/dawra serve --port $(PORT)

setup: ## only set up, with all that testing needs
	@tools/setup.sh dev

check: setup ## form, types, laws, texts, migrations: seconds
	@tools/check.sh

test: setup ## everything: laws, SQLite, PostgreSQL, browser, faults, wheel
	@tools/test.sh

bench: setup ## measure against the goals (docs/figures/bench.md)
	@.venv/bin/python -m bench

fuzz: ## throw made-up files at reading, ten minutes (nightly; SECONDS=60)
	@tools/fuzz.sh $(SECONDS)

messages: setup ## collect texts to translate (ROOM=deals; else every room)
	@test -n "$(ROOM)" || { echo "which room? make messages ROOM=deals"; exit 2; }
	@.venv/bin/python tools/messages.py $(ROOM)

translations: setup ## compile the translations
	@.venv/bin/python tools/messages.py --compile

vendor: setup ## refresh browser assets from npm packages (NPM=folder)
	@.venv/bin/python tools/vendor.py $(NPM)

lock: setup ## write requirements/*.lock anew
	@tools/lock.sh

wheel: setup translations ## build dist/dawra-*.whl
	@rm -rf src/dawra/site/staticfiles dist
	@DAWRA_HOME=$$(mktemp -d) .venv/bin/python manage.py collectstatic --noinput --verbosity 0
	@.venv/bin/uv build --quiet --wheel --build-constraints requirements/build.lock --require-hashes --out-dir dist
	@ls -lh dist/*.whl | awk '{print $$9, $$5}'

clean: ## remove what was made (not .venv, not var/)
	@rm -rf dist build src/dawra/site/staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
