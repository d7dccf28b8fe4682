"""Bounds: what is too long, too wide or too much ends with a reason, in linear time and in little memory."""

import gzip
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from dawra.customers.importing import reading
from dawra.customers.importing.reading import USUAL, Limits, Row, Unreadable
from dawra.customers.tests import books

MEGABYTE = 1 << 20

READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from pathlib import Path
from dawra.customers.importing import reading
count, problems, code = 0, {}, ""
try:
    path = Path(sys.argv[1])
    rows = reading.rows(path, reading.shape_of(path))
    while rows_read := reading.batch(rows, 500):
        count += len(rows_read)
        for row in rows_read:
            if row.problem:
                problems[row.problem] = problems.get(row.problem, 0) + 1
except reading.Unreadable as wrong:
    code = wrong.code
used = resource.getrusage(resource.RUSAGE_SELF)
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # maxrss counts the parent's, too
print(json.dumps([count, problems, code, int(most.split()[1]) // 1024, used.ru_utime + used.ru_stime]))
"""


def read_apart(path: Path) -> tuple[int, dict[str, int], str, int, float]:
    """(rows, problems, code, megabytes, seconds of CPU) of reading in a process of its own that may take one gigabyte."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    count, problems, code, megabytes, seconds = json.loads(done.stdout)
    return count, problems, code, megabytes, seconds


def put(tmp_path: Path, data: bytes, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_twenty_thousand_columns_are_too_many(tmp_path):
    path = put(tmp_path, ",".join(f"c{i}" for i in range(20_000)).encode() + b"\n" + b"x," * 19_999 + b"x\n")
    with pytest.raises(Unreadable) as wrong:
        reading.shape_of(path)
    assert (wrong.value.code, wrong.value.facts) == ("too_many_columns", {"most": 1_000, "found": 20_000})


def test_a_row_of_a_million_cells_is_kept_short(tmp_path):
    path = put(tmp_path, b"name,city\n" + b"x" + b",x" * 500_000 + b"\nAli,Cairo\n")
    wide, good = reading.rows(path, reading.shape_of(path))
    assert (wide.problem, wide.column, len(wide.cells)) == ("too_many_cells", 2, 1_000) and not good.problem


def test_a_line_of_64_megabytes_costs_its_row_only(tmp_path):
    path = put(tmp_path, b"name,city\nAli,Cairo\n" + b"x" * (64 * MEGABYTE) + b"\nMona,Jeddah\n")
    count, problems, code, megabytes, seconds = read_apart(path)
    assert (count, problems, code) == (3, {"row_too_long": 1}, "") and megabytes < 120 and seconds < 10


@pytest.mark.slow
def test_a_line_of_a_gigabyte_costs_its_row_only(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"name,city\n" + b"Ali,Cairo\n" * 200_000)
        file.seek(1 << 30, 1)  # a hole of NUL
        file.write(b"\nMona,Jeddah\n")
    count, problems, code, megabytes, seconds = read_apart(path)
    assert (count, problems, code) == (200_002, {"row_too_long": 1}, "") and megabytes < 150 and seconds < 120


def test_quotes_that_stay_open_all_over_the_file_take_linear_time(tmp_path):
    seconds = {}
    for lines in (50_000, 200_000):
        *_rest, seconds[lines] = read_apart(put(tmp_path, b"name,city\n" + b'a"b,"\n' * lines))
    assert seconds[200_000] < seconds[50_000] * 4 + 4


def test_many_long_rows_are_held_a_few_at_a_time(tmp_path):
    path = put(tmp_path, b"a,b\n" + b"x" * 30_000 + b"," + b"y" * 30_000 + b"\n" * 1)
    rows = [Row(i, i, ("x" * 1_000_000,)) for i in range(100)]
    taken = reading.batch(iter(rows), 500)
    assert len(taken) == 9 and len(reading.batch(reading.rows(path, reading.shape_of(path)), 500)) == 1


def test_a_bomb_is_left_alone_after_its_first_megabytes(tmp_path):
    packed = gzip.compress(b"name,city\n" + (b"x" * 999 + b"\n") * 80_000)
    *_rows, code, megabytes, seconds = read_apart(put(tmp_path, packed, "a.csv.gz"))
    assert code == "bomb" and megabytes < 120 and seconds < 60
    zipped = put(tmp_path, books.packed({"a.csv": b"\0" * (80 * MEGABYTE)}), "a.zip")
    with pytest.raises(Unreadable) as wrong:
        reading.expand(zipped, tmp_path / "into", USUAL)
    assert wrong.value.code == "bomb" and not list((tmp_path / "into").iterdir())
    sheet = books.sheet(books.row(1, "name") + '<row r="2"/>' * (6 * MEGABYTE))
    *_rows, code, megabytes, _seconds = read_apart(put(tmp_path, books.book(sheet), "a.xlsx"))
    assert code == "bomb" and megabytes < 120


def test_the_members_of_an_archive_share_one_bound(tmp_path):
    path = put(tmp_path, books.packed({f"{i}.csv": b"x" * 100_000 for i in range(10)}), "a.zip")
    with pytest.raises(Unreadable) as wrong:
        reading.expand(path, tmp_path / "into", Limits(bytes=500_000))
    assert wrong.value.code == "too_large" and not list((tmp_path / "into").iterdir())


def test_a_directory_of_a_million_names_is_not_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(16_000):
            archive.writestr(f"a-rather-long-name-that-fills-the-directory-{i}.csv", b"")
    began = time.process_time()
    with pytest.raises(Unreadable) as wrong:
        reading.is_archive(path)
    assert wrong.value.code == "too_many_members" and time.process_time() - began < 1


def test_a_million_empty_rows_cost_nothing_but_their_reading(tmp_path):
    rows = "".join(f'<row r="{i}"/>' for i in range(2, 1_000_000))
    sheet = books.sheet(books.row(1, "name", "city") + rows + books.row(1_000_000, "Ali", "Cairo"))
    count, problems, code, megabytes, seconds = read_apart(put(tmp_path, books.book(sheet), "a.xlsx"))
    assert (count, problems, code) == (1, {}, "") and megabytes < 120 and seconds < 30


def test_shared_texts_are_kept_outside_memory(tmp_path):
    many = 150_000
    strings = books.strings("<t>name</t>", *(f"<t>{'long text ' * 30}{i}</t>" for i in range(many)))
    cells = "".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i}</v></c></row>' for i in range(many))
    path = put(tmp_path, books.book(books.sheet(cells), strings=strings), "a.xlsx")
    count, problems, code, megabytes, _seconds = read_apart(path)
    assert (count, problems, code) == (many - 1, {}, "") and megabytes < 150


def test_a_sheet_has_a_bound_of_cells(tmp_path):
    path = put(tmp_path, books.book(books.sheet(books.row(1, "a", "b") + books.row(2, "c", "d"))), "a.xlsx")
    shape = reading.shape_of(path)
    with pytest.raises(Unreadable) as wrong:
        list(reading.rows(path, shape, Limits(cells=3)))
    assert wrong.value.code == "sheet_too_large"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"encoding": "no-such"}, "unknown_encoding"),
        ({"encoding": "rot13"}, "unknown_encoding"),
        ({"delimiter": "ab"}, "bad_delimiter"),
        ({"delimiter": '"'}, "bad_delimiter"),
    ],
)
def test_what_somebody_chose_is_checked(tmp_path, given, code):
    with pytest.raises(Unreadable) as wrong:
        reading.shape_of(put(tmp_path, b"a,b\n1,2\n"), **given)
    assert wrong.value.code == code


def test_encoding_delimiter_sheet_and_names_can_be_chosen(tmp_path):
    path = put(tmp_path, "x;y|z\nAli;é|1\n".encode("cp1252"))
    shape = reading.shape_of(path, encoding="Windows-1256", delimiter="|", header_line=2)
    assert (shape.encoding, shape.headers, shape.header_line) == ("cp1256", ("Ali;é", "1"), 2)
    sheets = [books.sheet(books.row(1, "a", "b")), books.sheet(books.row(1, "c", "d"))]
    path = put(tmp_path, books.book(*sheets), "a.xlsx")
    assert reading.shape_of(path, sheet="Sheet2").headers == ("c", "d")
    with pytest.raises(Unreadable) as wrong:
        reading.shape_of(path, sheet="Sheet3")
    assert wrong.value.code == "unknown_sheet" and wrong.value.facts["known"] == "Sheet1, Sheet2"


def test_columns_without_a_name_or_of_the_same_name_can_be_told_apart():
    assert reading.named(("name", "", "phone", "phone")) == ("name", "B", "phone", "phone (2)")


def test_the_encoding_says_how_sure_it_is(tmp_path):
    sure = {
        name: reading.shape_of(put(tmp_path, text.encode(name))).confidence
        for name, text in (("utf-8-sig", "a,b\n"), ("utf-8", "é,b\n"), ("cp1256", "الاسم,b\n"), ("cp1252", "é,b\n"))
    }
    assert sure["utf-8-sig"] == 1 and sure["utf-8"] > sure["cp1256"] > 0.5 < sure["cp1252"] < 0.99


@pytest.mark.parametrize("kept", ["", "garbage", "torn", "of another file"])
def test_remembered_places_that_do_not_fit_count_for_nothing(tmp_path, kept):
    path, marks, limits = tmp_path / "a.csv", tmp_path / "marks", Limits(marks=10)
    for name in ("Mona" if kept == "of another file" else "Ali", "Ali"):
        put(tmp_path, b"name,city\n" + f"{name} Hassan,Cairo\n".encode() * 100)
        shape = reading.shape_of(path)
        whole = list(reading.rows(path, shape, limits, marks=marks))
    if kept == "garbage":
        marks.write_text(marks.read_text().split("\n")[0] + "\nx y z\n")
    if kept == "torn":
        marks.write_text(marks.read_text()[:-3])
    assert list(reading.rows(path, shape, limits, after=95, marks=marks)) == whole[95:]


@pytest.mark.parametrize("form", ["csv", "csv.gz", "xlsx"])
def test_reading_on_far_down_a_large_file_is_soon_there(tmp_path, form):
    many = 60_000
    if form == "xlsx":
        rows = "".join(books.row(i, f"Ali {i}", "Cairo") for i in range(2, many + 2))
        data = books.book(books.sheet(books.row(1, "name", "city") + rows))
    else:
        data = b"name,city\n" + "".join(f'عليّ {i},"Cairo\n{i}"\n' for i in range(many)).encode()
        data = gzip.compress(data) if form == "csv.gz" else data
    path, marks = put(tmp_path, data, f"a.{form}"), tmp_path / "marks"
    shape = reading.shape_of(path)
    began = time.process_time()
    whole = list(reading.rows(path, shape, marks=marks))
    once = time.process_time() - began
    assert list(reading.rows(path, shape, after=many - 10, marks=marks)) == whole[-10:]
    assert time.process_time() - began - once < once / 3
