# Dawra in a container: web, worker and everything else from one image.
#   docker build -t dawra .                                      then see compose.yml, or alone on SQLite:
#   docker run -p 8000:8000 -v dawra:/data -e DAWRA_BASE_URL=http://localhost:8000 dawra
FROM python:3.11-slim-trixie AS built
WORKDIR /src
COPY requirements/uv.lock requirements/server.lock requirements/build.lock requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.lock \
 && python -m venv --without-pip /dawra \
 && uv pip sync --python /dawra/bin/python --require-hashes requirements/server.lock
COPY . .
# Texts and static files are made here, so that the wheel brings them along.
RUN uv pip install --python /dawra/bin/python --no-deps --build-constraints requirements/build.lock -e . \
 && /dawra/bin/python tools/messages.py --compile \
 && DAWRA_HOME=/tmp/home /dawra/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && uv build --wheel --build-constraints requirements/build.lock --require-hashes --out-dir /dist \
 && uv pip uninstall --python /dawra/bin/python dawra \
 && uv pip install --python /dawra/bin/python --no-deps /dist/dawra-*.whl

FROM python:3.11-slim-trixie
# postgresql-client: `dawra backup` of a PostgreSQL database runs its pg_dump.
# SQLite: Debian's is older than 3.51.3, and older ones can very rarely lose a commit when two processes write (`dawra
# doctor` warns). In containers use PostgreSQL as compose.yml does, or bring a libsqlite3 of 3.51.3 or newer.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends postgresql-client >/dev/null \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home dawra
COPY --from=built /dawra /dawra
ENV PATH=/dawra/bin:$PATH DAWRA_HOME=/data DAWRA_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER dawra
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["dawra", "serve"]
