#!/bin/sh
# Write the locks anew: newest versions that fit, each with the hashes of its files. Needs the network.
set -eu
cd "$(dirname "$0")/.."
for list in uv build server dev fuzz; do
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header \
        "requirements/$list.in" -o "requirements/$list.lock"
    echo "requirements/$list.lock: $(grep -c '==' "requirements/$list.lock") packages"
done
