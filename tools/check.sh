#!/bin/sh
# What takes seconds: form, types, laws, texts, migrations. Runs all of it, says at the end what failed.
set -u
cd "$(dirname "$0")/.."
DAWRA_HOME=$(mktemp -d)
export DAWRA_HOME
trap 'rm -rf "$DAWRA_HOME"' EXIT
failed=""
step() {
    name=$1
    shift
    began=$(date +%s%N)
    if output=$("$@" 2>&1); then
        printf '  ok    %-14s %5d ms\n' "$name" $((($(date +%s%N) - began) / 1000000))
    else
        printf '  FAIL  %s\n%s\n' "$name" "$output"
        failed="$failed $name"
    fi
}
step form .venv/bin/ruff check .
step format .venv/bin/ruff format --check .
step types .venv/bin/mypy
step floors .venv/bin/lint-imports
[ -f tools/messages.py ] && step texts .venv/bin/python tools/messages.py --check
step laws .venv/bin/python -m pytest -q -p no:cacheprovider tests/test_house.py
step migrations .venv/bin/python manage.py makemigrations --check --dry-run
[ -z "$failed" ] || { echo "make check failed:$failed"; exit 1; }
