# `make run` starts the site, `make test` tests it. Each installs whatever is missing and prints its progress.
PYTHON ?= python3
PORT ?= 8501
IMAGE ?= exhibition
BIN := .venv/bin
# Node.js of the Python environment, for those who have none or another.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
# A file whose hash differs from the pinned one is not installed.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes
# Every process of the tests would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-all timed-tests coverage lint image bench soak-test attacks drawings messages pictures lock audit clean
help:
	@echo "make run        install and start the exhibition on http://localhost:$(PORT)"
	@echo "make test       install and run the linters and the tests that every change should pass; eight minutes on two cores"
	@echo "make test-all   the same with every page in every language, device and colour scheme, and every browser"
	@echo "make coverage   run the tests without a browser, and list the lines that none of them runs; four minutes"
	@echo "make lint       the linters and types alone"
	@echo "make image      build the container image with Docker, Podman or Buildah"
	@echo "make bench      run all benchmarks of docs/benchmarks.md, one table; ten minutes"
	@echo "make soak-test  watch one process for 12,000 visitors, and for an hour under attack"
	@echo "make attacks    measure what other visitors notice of each attack, one table; twenty minutes"
	@echo "make drawings   rasterize the drawings that have changed"
	@echo "make messages   extract the interface's messages into the catalogues in tour/locale/"
	@echo "make pictures   take screenshots of every view: four screens, light and dark, every language, into pictures/"
	@echo "make lock       pin all that the lists in requirements*.in need, with hashes"
	@echo "make audit      ask pypi.org for known vulnerabilities in what is pinned"
	@echo "make clean      remove libraries, derivatives and screenshots"

run: .venv/site
	@echo "3/4 Pictures"
	@$(BIN)/python -m tour images
	@echo "4/4 Site: http://localhost:$(PORT)"
	@$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

test: SELECTION := and not slow
test test-all: .venv/node
	@echo "4/6 Pictures, browsers and proxy"
	@$(BIN)/python -m tour images
	@$(BIN)/python -m tests.browsers
	@$(BIN)/python -m tests.nginx
	@echo "5/6 Linters and types; tests that measure time"
	@$(MAKE) --jobs 2 --output-sync --no-print-directory lint timed-tests SELECTION="$(SELECTION)"
	@echo "6/6 Tests without a browser, and with one"
	@# A browser's tests leave an event loop running in their thread.
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not timed $(SELECTION)"
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "browser and not timed $(SELECTION)"

# One after another, or they would measure one another. The linters beside them leave a core free, and mostly they wait.
timed-tests: .venv/dev
	@$(BIN)/python -m pytest -m "timed $(SELECTION)"

coverage: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not browser and not timed and not slow" --cov --cov-report term-missing

lint: .venv/node
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(WITH_NODE) node_modules/.bin/biome check --error-on-warnings
	@$(WITH_NODE) node_modules/.bin/tsc --noEmit
	@$(BIN)/mypy

# The first that responds: an installed docker may have no daemon. Podman and Buildah drop HEALTHCHECK from their own format.
# OPTIONS="--build-arg BASE=…" takes another base image, from your own registry for instance.
image:
	@for builder in docker podman buildah; do \
	  if $$builder info >/dev/null 2>&1; then \
	    BUILDAH_FORMAT=docker exec $$builder build -f deploy/Dockerfile -t $(IMAGE) $(OPTIONS) .; \
	  fi; \
	done; \
	echo "Neither Docker, Podman nor Buildah responds. Start Docker's daemon, or on Debian and Ubuntu: apt install podman"; exit 1

bench: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m tests.browsers
	@$(BIN)/python -m tests.nginx
	@$(BIN)/python -m benchmarks

soak-test: .venv/dev
	@$(BIN)/python -m benchmarks.memory --rounds 12 --steps 4
	@$(BIN)/python -m benchmarks.soak

attacks: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m benchmarks.attacks

drawings: .venv/dev
	@$(BIN)/python -m tour draw

# New messages come untranslated, obsolete ones are dropped, and nothing is guessed from similar ones (fuzzy).
messages: .venv/dev
	@$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml -k N_ --no-location --omit-header -o .venv/messages.pot .
	@for language in $$(ls tour/locale); do \
	  $(BIN)/python -m babel.messages.frontend -q update -i .venv/messages.pot -d tour/locale -l $$language --no-fuzzy-matching --ignore-obsolete; \
	done

pictures: .venv/dev
	@$(BIN)/python -m tour images
	@$(BIN)/python -m tests.browsers
	@$(BIN)/python -m tests.screenshots

# Pinned versions stay: OPTIONS=--upgrade takes the newest of all, OPTIONS="--upgrade-package NAME" that of one library.
lock: .venv/tools
	@for list in requirements requirements-dev requirements-tools; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --only-binary :all: --emit-build-options --custom-compile-command "make lock" \
	    $(OPTIONS) $$list.in --output-file $$list.txt || exit 1; \
	done

# Strict: a library that pypi.org doesn't answer for isn't taken to be safe.
audit: .venv/tools
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
	  -r requirements.txt -r requirements-dev.txt -r requirements-tools.txt 2>.venv/audit \
	&& tail -n 1 .venv/audit || { \
	  grep "^Found" .venv/audit \
	  && echo 'Name newer versions in requirements*.in, or make lock OPTIONS="--upgrade-package NAME".' \
	  || echo "pypi.org didn't answer for each of them, so nothing is certain: try again with a network. .venv/audit has more."; \
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
	@# Without their own requirements: iiif-prezi3 asks for a Pillow older than ours.
	@$(INSTALL) --no-deps -r requirements-dev.txt
	@touch $@

.venv/node: .venv/dev package-lock.json
	@echo "   Node.js packages"
	@$(WITH_NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

.venv/tools: .venv/python requirements-tools.txt
	@echo "Tools of the maintainers"
	@$(INSTALL) -r requirements-tools.txt
	@touch $@

clean:
	rm -rf .venv node_modules media/derivatives pictures
