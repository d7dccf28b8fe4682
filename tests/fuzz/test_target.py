"""The fuzz target itself holds on what is known: every hostile file, and what the fuzzer begins with."""

from pathlib import Path

from tests.fuzz import reading


def test_every_seed_passes_the_fuzz_target(tmp_path: Path) -> None:
    reading.seeds(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) > 150
    for file in files:
        reading.one(file.read_bytes())
