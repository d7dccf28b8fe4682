#!/bin/sh
# Make .venv with exactly the locked packages. Needs Python 3.11+ and pip, as Debian has them; does nothing if nothing changed.
#   tools/setup.sh server     what running Dawra needs
#   tools/setup.sh dev        that, and what testing needs
set -eu
cd "$(dirname "$0")/.."
want=${1:-server}
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

wish() { cat "requirements/$1.lock" requirements/uv.lock requirements/build.lock pyproject.toml | sha256sum | cut -c1-64; }
has() { [ -f ".venv/.dawra-$1" ] && [ "$(cat ".venv/.dawra-$1")" = "$(wish "$1")" ]; }

if ! has dev && ! has "$want"; then
    command -v "$python" >/dev/null || fail "Python is missing. On Debian: apt-get install python3 python3-pip"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
        || fail "Dawra needs Python 3.11 or newer; $("$python" -V) is too old. Name another one: make PYTHON=python3.12 …"
    if [ ! -x .venv/bin/python ]; then
        say "Making .venv …"
        # Without ensurepip (Debian: package python3-venv) the environment is filled from outside by the system's pip.
        "$python" -m venv --without-pip .venv \
            || fail "A virtual environment could not be made. On Debian: apt-get install python3-venv"
    fi
    if [ ! -x .venv/bin/uv ]; then
        "$python" -m pip --version >/dev/null 2>&1 || fail "pip is missing. On Debian: apt-get install python3-pip"
        "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --no-warn-script-location \
            --require-hashes -r requirements/uv.lock || fail "uv could not be installed: is the network there?"
    fi
    say "Installing the locked packages ($want) …"
    .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "requirements/$want.lock" 2>.venv/setup.log \
        || { cat .venv/setup.log >&2; fail "the packages could not be installed"; }
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --build-constraints requirements/build.lock -e . \
        || fail "Dawra itself could not be installed"
    rm -f .venv/.dawra-server .venv/.dawra-dev
    wish "$want" > ".venv/.dawra-$want"
fi

# Translations: compiled again when a text changed.
if [ -f tools/messages.py ] && { [ ! -f .venv/.dawra-texts ] || [ -n "$(find src -name '*.po' -newer .venv/.dawra-texts)" ] \
        || [ "$(find src -name '*.po' | wc -l)" != "$(find src -name '*.mo' | wc -l)" ]; }; then
    .venv/bin/python tools/messages.py --compile >/dev/null && touch .venv/.dawra-texts
fi
