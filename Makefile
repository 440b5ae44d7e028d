# Ganvania's verbs. Needs Python >= 3.11 and make; everything else goes into .venv.
#
#   make play    set up what playing needs (no torch) and open the game
#   make test    set up what the tests need, then lint and tests, headless
#   make check   lint and the fast half of the tests, for the inner loop
#   make train   corpus -> DCGAN -> runs/default/network.onnx, which `python -m game --model` plays, and
#                the index of the corpus's tiles that says how new its dreams are
#   make wheel   dist/ganvania-*.whl: plugin, game and training in one package
#   make app     dist/ganvania/: the game in one folder that starts without Python
#   make docs    docs/api/: pages of the plugin's API, out of its docstrings
#   make bench   measure; prints a table (run it with nothing else running)
#   make clean   remove .venv and caches, never runs/ or corpora/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
HEADLESS := SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
# Processes that test side by side: make test WORKERS=8. A file's tests stay together, since they share what
# they make; the files keep their order, or the dear ones would come last.
WORKERS ?= 2
PYTEST := $(HEADLESS) $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: play test check lint train wheel app docs bench clean
.DELETE_ON_ERROR:

play: $(VENV)/.installed-game
	$(BIN)/python -m game

test: lint
	$(PYTEST)

check: lint
	$(PYTEST) -m 'not slow'

lint: $(VENV)/.installed-test
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo --no-cache

train: $(VENV)/.installed-train
	$(BIN)/python -m training corpus --out corpora/default
	$(BIN)/python -m training train --corpus corpora/default --out runs/default
	$(BIN)/python -m training export runs/default --out runs/default/network.onnx
	$(BIN)/python -m training index --corpus corpora/default --out runs/default/network.tiles.npz
	@echo "play it: $(BIN)/python -m game --model runs/default/network.onnx"

wheel: $(VENV)/.installed-test
	$(BIN)/python -m hatchling build -t wheel -d dist

app: $(VENV)/.installed-game
	$(INSTALL) --editable '.[game,freeze]'
	$(BIN)/python install/freeze.py

docs: $(VENV)/.installed-game
	$(INSTALL) --editable '.[docs]'
	$(BIN)/python docs/build_api.py

bench: $(VENV)/.installed-test
	$(HEADLESS) $(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: $(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-game: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) --editable '.[game]'
	@touch $@

$(VENV)/.installed-train: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) --editable '.[game,train]'
	@touch $@

# torch first and by its exact version: an installer that has it on disk need not look any further.
$(VENV)/.installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) "$$(grep '^torch==' constraints.txt)"
	$(INSTALL) --editable '.[game,train,test]'
	@touch $@
