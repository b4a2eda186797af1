# Common Ground. "make talk" starts it, "make test" tests it; both set up all they need.

.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
# The first that runs and is new enough; a shim of a version manager may be found and not run.
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

# Debian's names. To speak and to listen; and, for tests, a room with no sound card.
SYSTEM := python3-venv libespeak-ng1 libportaudio2
SYSTEM_TEST := $(SYSTEM) pulseaudio pulseaudio-utils libasound2-plugins

.PHONY: help setup talk demo test lint soak bench room

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

setup: .venv/.talk ## Install what Common Ground needs into .venv

talk: .venv/.talk ## Talk, aloud or at the keyboard
	@$(BIN)/common-ground talk

demo: .venv/.neural ## Two neural voices hold a gratitude round and a check-in with it
	@$(BIN)/common-ground demo

test: .venv/.dev lint ## Run the tests, as CI does
	$(BIN)/coverage erase
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not soak" --cov --cov-report=term:skip-covered

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: .venv/.dev ## The long trials
	$(BIN)/python -m pytest -m soak

bench: .venv/.dev ## Print the figures with their targets
	$(BIN)/python -m tests.bench

.venv/bin/python:
	@$(call need,$(SYSTEM))
	@[ -n "$(PYTHON)" ] || { echo "Common Ground needs Python 3.11 or newer: install it, then try again."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.talk: .venv/bin/python pyproject.toml
	@$(call need,$(SYSTEM))
	$(PIP) --editable .
	@touch $@

.venv/.neural: .venv/.talk
	$(PIP) --editable '.[neural]'
	@touch $@

.venv/.dev: .venv/.talk
	@$(call need,$(SYSTEM_TEST))
	$(PIP) --editable '.[dev]'
	@touch $@

# Install the Debian packages that are missing: as root, with sudo, or by asking for it in one line.
define need
command -v dpkg-query >/dev/null || exit 0; \
missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}\n' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done | xargs); \
[ -z "$$missing" ] && exit 0; \
if [ "$$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; else \
  echo "Ask an administrator for: apt-get install $$missing"; exit 1; fi; \
echo "Installing $$missing …"; \
$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef
