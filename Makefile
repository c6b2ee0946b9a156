# Two commands: `make run` starts the site, `make test` tests it. Each sets up whatever is missing and says how far it is.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
# Nothing is installed whose file has another hash than the one that is pinned.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes

.PHONY: help run test bench soak attacks draw words pictures pins audit clean
help:
	@echo "make run    set up and start the exhibition on http://localhost:$(PORT)"
	@echo "make test   set up and run all the tests"
	@echo "make bench  measure all that README gives figures of, one table; ten minutes"
	@echo "make soak   watch one process for 12,000 visitors, and for an hour under attack"
	@echo "make attacks  measure what others notice of each attack, one table; twenty minutes"
	@echo "make draw   make the raster masters of drawings that have changed"
	@echo "make words   gather the interface's words into the catalogues in tour/locale/"
	@echo "make pictures  photograph every view, four screens by day and night, in every language, into pictures/"
	@echo "make pins   pin all that the lists in requirements*.in need, with hashes"
	@echo "make audit  ask pypi.org for known holes in what is pinned"
	@echo "make clean  remove libraries, derivatives and pictures"

run: .venv/site
	@echo "3/4 Pictures"
	@$(BIN)/python -m tour images
	@echo "4/4 Site: http://localhost:$(PORT)"
	@$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

test: .venv/dev
	@echo "4/6 Pictures"
	@$(BIN)/python -m tour images
	@echo "5/6 Browser and proxy"
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.nginx
	@echo "6/6 Tests"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m pytest

bench: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.nginx
	@$(BIN)/python -m benchmarks

soak: .venv/dev
	@$(BIN)/python -m benchmarks.memory --rounds 12 --steps 4
	@$(BIN)/python -m benchmarks.soak

attacks: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m benchmarks.attacks

draw: .venv/dev
	@$(BIN)/python -m tour draw

# New words come untranslated, words that went are dropped, and no guess is made from ones that are alike.
words: .venv/dev
	@$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml -k N_ --no-location --omit-header -o .venv/messages.pot .
	@for language in $$(ls tour/locale); do \
	  $(BIN)/python -m babel.messages.frontend -q update -i .venv/messages.pot -d tour/locale -l $$language --no-fuzzy-matching --ignore-obsolete; \
	done

pictures: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.pictures

# What is pinned keeps its version: OPTIONS=--upgrade takes the newest, OPTIONS="--upgrade-package NAME" of one library.
pins: .venv/keep
	@for each in requirements requirements-dev requirements-keep; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --only-binary :all: --emit-build-options --custom-compile-command "make pins" \
	    $(OPTIONS) $$each.in --output-file $$each.txt || exit 1; \
	done

# Strict: a library that couldn't be asked about is no library without holes.
audit: .venv/keep
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
	  -r requirements.txt -r requirements-dev.txt -r requirements-keep.txt 2>.venv/audit \
	&& tail -n 1 .venv/audit || { \
	  grep "^Found" .venv/audit \
	  && echo 'Name newer versions in requirements*.in, or make pins OPTIONS="--upgrade-package NAME".' \
	  || echo "pypi.org didn't answer for each of them, so nothing is known: ask again with a network. .venv/audit has more."; \
	  exit 1; }

.venv/python:
	@echo "1/4 Python environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 15) else "Python 3.11 to 3.14 is needed; this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

.venv/site: .venv/python requirements.txt
	@echo "2/4 Libraries of the site"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/dev: .venv/site requirements-dev.txt
	@echo "3/6 Libraries of the tests"
	@# As they are pinned: iiif-prezi3 asks for a Pillow older than ours.
	@$(INSTALL) --no-deps -r requirements-dev.txt
	@touch $@

.venv/keep: .venv/python requirements-keep.txt
	@echo "Tools of the keepers"
	@$(INSTALL) -r requirements-keep.txt
	@touch $@

clean:
	rm -rf .venv media/derivatives pictures
