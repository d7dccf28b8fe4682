#!/bin/sh
# Make sure that programs from Debian are there: tools/need.sh chromium postgresql
set -eu
missing=""
for package in "$@"; do
    case $package in
        chromium) command -v chromium >/dev/null || missing="$missing chromium" ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql" ;;
    esac
done
[ -z "$missing" ] && exit 0
echo "Installing$missing …" >&2
run=""
[ "$(id -u)" = 0 ] || run="sudo -n"
# Debian would start a server of its own on every package of PostgreSQL; ours is private, so that is forbidden meanwhile.
if ! { $run apt-get update -qq && $run env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null; }; then
    echo "Could not install$missing. As root: apt-get install$missing" >&2
    exit 1
fi
