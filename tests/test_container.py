"""The container is built from files that are there and reach the builder, and is told only what Dawra reads."""

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE, COMPOSE = (ROOT / "Dockerfile").read_text(), (ROOT / "compose.yml").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().split()
SETTINGS = (ROOT / "docs" / "settings.md").read_text()
ELSEWHERE = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS"}


def test_every_file_the_image_is_built_with_is_there_and_not_kept_from_it() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    named = {path for line in copied for path in line.split()} | set(re.findall(r"-r (\S+)", DOCKERFILE))
    named |= set(re.findall(r"(?:requirements|tools)/[\w.]+", DOCKERFILE)) | {"manage.py"}
    assert {"requirements/server.lock", "tools/messages.py"} <= named
    for path in named:
        assert (ROOT / path).exists(), path
        assert not any(fnmatch(path, pattern.replace("**/", "*")) for pattern in IGNORED), f"{path} is in .dockerignore"


def test_no_hash_is_left_out_where_packages_are_installed() -> None:
    for line in DOCKERFILE.replace("\\\n", " ").splitlines():
        for command in re.findall(r"(?:uv )?pip (?:install|sync)[^&]*", line):
            assert "--require-hashes" in command or "--no-deps" in command, command


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "compose.yml"])
def test_every_variable_is_one_that_dawra_reads(text: str) -> None:
    named = set(re.findall(r"\b(?:DAWRA|DATABASE|POSTGRES)_[A-Z_]+", text))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS, re.MULTILINE))
    assert len(documented) > 20 and named and named <= documented | ELSEWHERE


def test_every_command_of_a_container_exists() -> None:
    commands = [*re.findall(r"command: \[dawra, ([^\]]+)\]", COMPOSE), "serve"]
    assert len(commands) == 4
    for words in {tuple(part.strip() for part in one.split(",")) for one in commands}:
        call = f"import sys; sys.argv = ['dawra', {words[0]!r}, '--help']; from dawra.site.cli import main; main()"
        told = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True).stdout
        assert all(option in told for option in words[1:]), words


def test_it_does_not_run_as_root_and_keeps_its_data_outside() -> None:
    assert re.search(r"^USER dawra$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", DOCKERFILE, re.MULTILINE) and "DAWRA_HOME=/data" in DOCKERFILE
    assert COMPOSE.count("data:/data") == 1, "once, for every service of ours"
