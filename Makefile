# `make demo` and `make test` are all that a newcomer needs; each installs what it lacks.
PY := .venv/bin/python

.NOTPARALLEL:
.PHONY: demo test quick thorough check bench format lock clean

demo:  ## the practice bench and the window on it; without a display the same job in the terminal
	@scripts/setup run
	@$(PY) scripts/demo.py

test: quick thorough  ## everything that must hold: format, lint, types, import rules, all tests

quick: check  ## the same without the tests that try fault after fault
	@$(PY) -m pytest -q -n 2 --dist worksteal -m "not thorough"

thorough:  ## the tests that try fault after fault and wait for limits
	@scripts/setup test
	@$(PY) -m pytest -q -n 2 --dist worksteal -m thorough

check:
	@scripts/setup test
	@$(PY) -m ruff format --check --quiet . || { echo "run 'make format'"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache | tail -n 12

bench:  ## speed, as ratios in one run; writes benchmarks/RESULTS.md
	@scripts/setup test
	@$(PY) -m benchmarks

format:
	@scripts/setup test
	@$(PY) -m ruff check --quiet --fix .
	@$(PY) -m ruff format --quiet .

lock:  ## the lock files anew from pyproject.toml (needs uv)
	@scripts/lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-output dist build
