#!/bin/sh
# Everything, as the build does it: laws and types, unit tests on SQLite and PostgreSQL, real browser, faults, wheel.
#   tools/test.sh                 all of it
#   tools/test.sh postgres wheel  only these: check sqlite postgres browser faults wheel
set -u
cd "$(dirname "$0")/.."
# Hundreds of processes are started here; none of them compiles what another has compiled, and nothing lies among the sources.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/.venv/compiled"
workers=${TEST_WORKERS:-2}
pytest=".venv/bin/python -m pytest -q --durations=8 -p no:cacheprovider"
report=""
bad=0

stage() {
    name=$1
    shift
    [ -z "$only" ] || case " $only " in *" $name "*) ;; *) return 0 ;; esac
    echo
    echo "── $name ──────────────────────────────────────────────────────"
    began=$(date +%s)
    if "$@"; then verdict="ok  "; else verdict="FAIL"; bad=1; fi
    report="$report
  $verdict  $(printf '%-9s' "$name") $(($(date +%s) - began)) s"
}
only="$*"

# The laws (tests/test_house.py) are proven by the stage check; on PostgreSQL runs only what meets a database (conftest.py).
on_sqlite() { $pytest -n "$workers" --dist worksteal --ignore tests/test_house.py -m "not browser and not slow"; }
on_postgres() {
    tools/need.sh postgresql && tools/postgres.sh $pytest -n "$workers" --dist worksteal --ignore tests/test_house.py \
        -m "not browser and not slow"
}
in_browser() { tools/need.sh chromium && $pytest -n "$workers" --dist loadgroup -m browser tests/browser; }
with_faults() { tools/need.sh postgresql && tools/postgres.sh env DAWRA_TEST_POSTGRES=1 sh -c \
    'DAWRA_TEST_POSTGRES_URL=$DATABASE_URL; export DAWRA_TEST_POSTGRES_URL; unset DATABASE_URL; exec "$@"' - \
    $pytest -n "$workers" --dist worksteal -m slow; }

stage check tools/check.sh
stage sqlite on_sqlite
stage postgres on_postgres
stage browser in_browser
stage faults with_faults
stage wheel tools/try_wheel.sh
echo
echo "── all ────────────────────────────────────────────────────────$report"
exit $bad
