#!/bin/sh
# Throw made-up files at reading for some time (nightly): tools/fuzz.sh [seconds, 600 if not said]
# What breaks it is kept in var/fuzz/found: put it into src/dawra/customers/tests/hostile with what it must give.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}
home=$PWD/var/fuzz
mkdir -p "$home/corpus" "$home/found"
if ! "$home/venv/bin/python" -c "import atheris" 2>/dev/null; then
    "${PYTHON:-python3}" -m venv "$home/venv"
    "$home/venv/bin/pip" install --quiet --require-hashes -r requirements/fuzz.lock
fi
export PYTHONPATH=$PWD/src:$PWD
"$home/venv/bin/python" -m tests.fuzz seeds "$home/corpus"
exec "$home/venv/bin/python" -m tests.fuzz -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 \
    -max_len=20000 -artifact_prefix="$home/found/" -print_final_stats=1 "$home/corpus"
