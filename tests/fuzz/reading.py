"""Fuzz target: whatever bytes come as a file, reading gives rows or a known reason, soon, and reads on from anywhere.

tools/fuzz.sh runs it with atheris, test_target.py without. An input is a file as it stands, unless its first byte
says that the rest is one part of a workbook: compression and checksums would hide those from the fuzzer.
"""

import re
import tempfile
from pathlib import Path

from dawra.customers.importing import reading
from dawra.customers.tests import books

CUSTOMERS = Path(books.__file__).parents[1]
HOSTILE = CUSTOMERS / "tests/hostile"
SAYING = CUSTOMERS / "importing/saying.py"
LIMITS = reading.Limits(
    bytes=1 << 20, record=4_000, field=1_000, columns=50, lines_in_record=50, ratio_from=1 << 19, members=10,
    cells=5_000, strings=2_000, token=16 << 10, quiet=1 << 18, marks=2,
)  # fmt: skip
KNOWN = set(re.findall(r'^    "(\w+)": _\(', SAYING.read_text(encoding="utf-8"), re.MULTILINE))
SHEET = books.sheet(
    books.row(1, "name", "born") + '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45356.5</v></c></row>'
)
STRINGS = books.strings("<t>Ali</t>", "<t>Mona</t>")
STYLES = books.styles("yyyy-mm-dd", "0%")


def file_of(data: bytes) -> bytes:
    part, rest = data[:1], data[1:]
    if part == b"\x01":
        return books.book(rest, strings=STRINGS, styles=STYLES)
    if part == b"\x02":
        return books.book(SHEET, strings=rest, styles=STYLES)
    if part == b"\x03":
        return books.book(SHEET, strings=STRINGS, styles=rest)
    if part == b"\x04":
        return books.book(SHEET, strings=STRINGS, styles=STYLES, workbook=rest)
    if part == b"\x05":
        return books.book(SHEET, strings=STRINGS, links=rest)
    return data


def one(data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder) / "file"
        path.write_bytes(file_of(data))
        try:
            if not reading.is_archive(path):
                read(path)
                return
            members = reading.expand(path, Path(folder) / "into", LIMITS)
        except reading.Unreadable as wrong:
            assert wrong.code in KNOWN, wrong.code
            return
        for member in members:
            assert member.path.parent == Path(folder) / "into" and "/" not in member.name and member.name
            try:
                read(member.path)
            except reading.Unreadable as wrong:
                assert wrong.code in KNOWN, wrong.code


def read(path: Path) -> None:
    shape = reading.shape_of(path, LIMITS)
    assert 0 < len(shape.headers) <= LIMITS.columns and 0 <= shape.confidence <= 1
    assert len(set(reading.named(shape.headers))) > 0
    found: list[reading.Row] = []
    try:
        for row in reading.rows(path, shape, LIMITS, marks=path.with_name("marks")):
            found.append(row)
            assert row.number == len(found) and row.line > shape.header_line >= 1
            assert not row.problem or row.problem in KNOWN, row.problem
            assert len(row.cells) <= LIMITS.columns and all(len(cell) <= LIMITS.field for cell in row.cells)
            assert row.problem or "".join(row.cells).encode() is not None  # no half characters
            assert row.column >= -1 and all(code in KNOWN and 0 <= at < len(row.cells) for at, code in row.notes)
    finally:
        if found:
            again = reading.shape_of(
                path, LIMITS, encoding=shape.encoding, delimiter=shape.delimiter, sheet=shape.sheet
            )
            assert again.headers == shape.headers and again.header_line == shape.header_line
            rest = reading.rows(path, again, LIMITS, after=len(found) // 2, marks=path.with_name("marks"))
            for row in found[len(found) // 2 :]:
                assert next(rest) == row


def seeds(folder: Path) -> None:
    """The hostile files, and the parts of workbooks, as inputs to begin with."""
    for file in HOSTILE.iterdir():
        if file.name != "expected.json" and file.stat().st_size < 20_000:
            (folder / file.name).write_bytes(file.read_bytes())
    parts = {
        b"\x01": SHEET,
        b"\x02": STRINGS,
        b"\x03": STYLES,
        b"\x04": books.workbook({"A": "visible", "B": "hidden"}),
    }
    for mark, part in parts.items():
        (folder / f"part{mark[0]}").write_bytes(mark + part.encode())
