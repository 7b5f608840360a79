PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench clean

demo: .venv/installed
	$(BIN)/backprop solve mazur -o demo.html -o demo.pdf
	@echo
	@echo "The worked solution of problems/mazur.yaml:"
	@echo "  $(CURDIR)/demo.html"
	@echo "  $(CURDIR)/demo.pdf"

test: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

bench: .venv/tested
	$(BIN)/python benchmarks/solving.py

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv demo.html demo.pdf dist
