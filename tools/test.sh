#!/bin/sh
# Everything, as the build does it: laws and types, unit tests on SQLite and PostgreSQL, real browser, faults, wheel.
#   tools/test.sh                 all of it
#   tools/test.sh postgres wheel  only these: check sqlite postgres browser faults wheel
set -u
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1
workers=${TEST_WORKERS:-2}
pytest=".venv/bin/python -m pytest -q --durations=5 -p no:cacheprovider"
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

on_sqlite() { $pytest -n "$workers" -m "not browser and not slow"; }
on_postgres() { tools/need.sh postgresql && tools/postgres.sh $pytest -n "$workers" -m "not browser and not slow"; }
in_browser() { tools/need.sh chromium && $pytest -n "$workers" -m browser; }
with_faults() { tools/need.sh postgresql && tools/postgres.sh env DAWRA_TEST_POSTGRES=1 sh -c \
    'DAWRA_TEST_POSTGRES_URL=$DATABASE_URL; export DAWRA_TEST_POSTGRES_URL; unset DATABASE_URL; exec "$@"' - $pytest -m slow; }

stage check tools/check.sh
stage sqlite on_sqlite
stage postgres on_postgres
stage browser in_browser
stage faults with_faults
stage wheel tools/try_wheel.sh
echo
echo "── all ────────────────────────────────────────────────────────$report"
exit $bad
