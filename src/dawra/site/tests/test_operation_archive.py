import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from dawra.site.operation import archive


def a_backup(folder: Path, *, content: bytes = b"SQLite format 3\0 and so on") -> Path:
    part = folder / "database.sqlite"
    part.write_bytes(content)
    manifest = archive.Manifest(
        format=1,
        dawra="0.1.0",
        taken_at="2026-11-23T02:00:00+00:00",
        reason="manual",
        vendor="sqlite",
        vendor_version="3.51.3",
        migrations=1,
        rows={"deals_deal": 3},
        parts={"database.sqlite": {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}},
    )
    target = folder / "one.tar"
    archive.write(target, manifest, {"database.sqlite": part})
    return target


def tampered(folder: Path, members: dict[str, bytes], parts: dict[str, dict[str, object]]) -> Path:
    said = {
        "format": 1,
        "dawra": "",
        "taken_at": "",
        "reason": "",
        "vendor": "sqlite",
        "vendor_version": "",
        "migrations": 0,
    }
    path = folder / "bad.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in {
            "manifest.json": json.dumps(said | {"rows": {}, "parts": parts}).encode(),
            **members,
        }.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def test_a_backup_is_private_whole_and_says_what_it_holds(tmp_path: Path) -> None:
    path = a_backup(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert archive.check(path).rows == {"deals_deal": 3}
    assert not list(tmp_path.glob("*.tmp"))


def test_every_flipped_byte_of_the_data_is_found(tmp_path: Path) -> None:
    path = a_backup(tmp_path)
    whole = path.read_bytes()
    start = whole.index(b"SQLite format")
    for place in range(start, start + 26):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(archive.BadBackup):
            archive.check(path)


def test_a_backup_cut_short_is_found(tmp_path: Path) -> None:
    path = a_backup(tmp_path, content=b"x" * 5000)
    whole = path.read_bytes()
    for length in (0, 100, 700, 2000, 4000):
        path.write_bytes(whole[:length])
        with pytest.raises(archive.BadBackup):
            archive.check(path)


@pytest.mark.parametrize(
    "name",
    ["../secret.key", "files/../../etc/passwd", "/etc/passwd", "files//x", "database.sql", "files/", "files/a b"],
)
def test_a_backup_cannot_name_a_file_outside_its_place(tmp_path: Path, name: str) -> None:
    path = tampered(tmp_path, {name: b"x"}, {name: {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}})
    with pytest.raises(archive.BadBackup):
        archive.check(path)


def test_what_the_manifest_does_not_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(archive.BadBackup, match="not in the manifest"):
        archive.check(tampered(tmp_path, {"files/extra": b"x"}, {}))


def test_any_other_tar_is_not_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "other.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo("readme"), io.BytesIO())
    with pytest.raises(archive.BadBackup, match="not a backup"):
        archive.read_manifest(path)


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        a_backup(tmp_path)
    assert not list(tmp_path.glob("*.tar"))
    assert not list(tmp_path.glob("*.tmp"))
