#!/bin/sh
# Run a command beside a private PostgreSQL that is made for it and removed with it:
#   tools/postgres.sh .venv/bin/pytest …       the command sees DATABASE_URL
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
place=$(mktemp -d /tmp/dawra-postgres-XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=""
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$place"
    as="runuser -u postgres --"
fi
stop() {
    $as "$bin/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT TERM
(
    cd "$place"
    $as "$bin/initdb" -D "$place/data" -U dawra -A trust -E UTF8 --locale=C.UTF-8 >"$place.log" 2>&1 || { cat "$place.log"; exit 1; }
    # No fsync: these data need not survive the power cut of a test machine.
    $as "$bin/pg_ctl" -D "$place/data" -l "$place/data/log" -w -o "-c listen_addresses=127.0.0.1 -p $port -k $place \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" start >>"$place.log" 2>&1 \
        || { cat "$place.log" "$place/data/log"; exit 1; }
    $as "$bin/createdb" -h 127.0.0.1 -p "$port" -U dawra dawra
)
rm -f "$place.log"
DATABASE_URL="postgresql://dawra@127.0.0.1:$port/dawra" "$@"
