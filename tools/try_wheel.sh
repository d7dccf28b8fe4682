#!/bin/sh
# Does the wheel work for somebody who has nothing else? Build it, install it elsewhere, start it, ask for a page.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
make --no-print-directory -s wheel
wheel=$(ls -t "$root"/dist/dawra-*.whl | head -1)
place=$(mktemp -d /tmp/dawra-wheel-XXXXXX)
server=""
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT
if unzip -l "$wheel" 2>/dev/null | grep -q '/tests/'; then echo "the wheel holds tests"; exit 1; fi

echo "1. dawra alone, without the server part"
.venv/bin/uv venv --quiet --python .venv/bin/python "$place/light"
.venv/bin/uv pip install --quiet --python "$place/light/bin/python" "$wheel"
cd "$place"
light/bin/dawra --version
light/bin/python -c "import dawra.figures.money"
code=0
light/bin/dawra doctor 2>"$place/said" || code=$?
[ $code = 3 ] && grep -q "dawra\[server\]" "$place/said" || { cat "$place/said"; echo "expected exit 3 and a hint, got $code"; exit 1; }

echo "2. dawra[server], with the locked packages"
"$root/.venv/bin/uv" venv --quiet --python "$root/.venv/bin/python" "$place/full"
"$root/.venv/bin/uv" pip sync --quiet --python "$place/full/bin/python" --require-hashes "$root/requirements/server.lock"
"$root/.venv/bin/uv" pip install --quiet --python "$place/full/bin/python" --no-deps "$wheel"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
env -u DATABASE_URL -u DAWRA_STATIC_ROOT DAWRA_HOME="$place/home" full/bin/dawra serve --port "$port" >"$place/log" 2>&1 &
server=$!
for _ in $(seq 500); do
    grep -q "ready in" "$place/log" && break
    kill -0 $server 2>/dev/null || break
    sleep 0.3
done
cat "$place/log"
full/bin/python - "$port" <<'PY'
import re, sys, urllib.request
base = f"http://127.0.0.1:{sys.argv[1]}"
page = urllib.request.urlopen(urllib.request.Request(base + "/", headers={"Accept-Language": "ar"}))
body = page.read().decode()
assert page.status == 200, page.status
assert 'dir="rtl"' in body, "the page is not Arabic: are the translations compiled into the wheel?"
static = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', body)
assert static, "the page names no static file"
for path in static:
    assert re.search(r"\.[0-9a-f]{12}\.", path), f"{path} is not named by its content"
    got = urllib.request.urlopen(urllib.request.Request(base + path, headers={"Accept-Encoding": "gzip"}))
    assert got.headers["Content-Encoding"] == "gzip", f"{path} is not compressed"
print(f"   first page in Arabic, {len(static)} static files, all compressed")
PY
kill -INT $server
wait $server
server=""
echo "3. stopped cleanly"
