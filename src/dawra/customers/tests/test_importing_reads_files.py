"""Reading: whatever comes as CSV becomes rows with their true line, and one bad row stays one bad row."""

import gzip
from pathlib import Path

import pytest

from dawra.customers.importing.reading import Limits, Unreadable, rows, shape_of
from dawra.customers.importing.recognising import recognise


def put(tmp_path: Path, data: bytes | str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(path: Path, **limits: int) -> list[tuple[int, tuple[str, ...], str]]:
    bounds = Limits(**limits) if limits else Limits()
    return [(row.line, row.cells, row.problem) for row in rows(path, shape_of(path, bounds), bounds)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_arabic_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = put(tmp_path, "الاسم,المدينة\nأحمد علي,القاهرة\nمنى سعيد,جدة\n".encode(encoding))
    assert [cells for _line, cells, _p in read(path)] == [("أحمد علي", "القاهرة"), ("منى سعيد", "جدة")]


def test_western_letters_outside_utf8_are_read_as_windows_1252(tmp_path):
    path = put(tmp_path, "name,city\nJosé,Köln\n".encode("cp1252"))
    assert shape_of(path).encoding == "cp1252" and read(path)[0][1] == ("José", "Köln")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Имя,Город\nИван Петров,Москва\nОльга Смирнова,Казань\n"),
        ("cp1251", "Name,City\nОлександр Шевченко,Київ\n"),
        ("cp1253", "Όνομα,Πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\nΜαρία Νικολάου,Θεσσαλονίκη\n"),
        ("cp1254", "Ad,Şehir\nAyşe Yılmaz,İstanbul\nMehmet Öztürk,Güneşli\n"),
        ("cp1256", "الاسم,المدينة\nمحمد القحطاني,جدة\n"),
        ("cp1252", "Nafn,Borg\nGuðrún Þórsdóttir,Reykjavík\nÁsgeir Jónsson,Ísafjörður\n"),
    ],
)
def test_letters_tell_which_windows_encoding_it_is(tmp_path, encoding, text):
    path = put(tmp_path, text.encode(encoding))
    assert shape_of(path).encoding == encoding and read(path)[0][1][0] == text.split("\n")[1].split(",")[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path, delimiter):
    path = put(tmp_path, f"name{delimiter}note\nAli{delimiter}1\nMona{delimiter}2\n")
    assert shape_of(path).delimiter == delimiter


def test_a_row_over_several_lines_keeps_its_first_physical_line(tmp_path):
    path = put(tmp_path, 'name,note\nAli,"one\ntwo\u2028three"\n\nMona,x\n')
    assert read(path) == [(2, ("Ali", "one\ntwo\u2028three"), ""), (5, ("Mona", "x"), "")]


def test_a_quote_that_never_closes_costs_one_row_only(tmp_path):
    path = put(tmp_path, 'name,note\nAli,"open\nMona,x\nSami,y\n')
    assert [(line, problem) for line, _cells, problem in read(path)] == [(2, "open_quote"), (3, ""), (4, "")]


def test_bad_rows_are_told_one_by_one(tmp_path):
    wide = "x" * 40_000
    path = put(tmp_path, b"name,note\nA\x00li,1\nMona," + wide.encode() + b"\nSami,a,b\nHu\xffda,2\nNour,3\n")
    assert [problem for _line, _cells, problem in read(path)] == ["nul", "field_too_long", "too_many_cells", "", ""]


def test_bytes_that_are_no_utf8_far_down_cost_their_row_only(tmp_path):
    path = put(tmp_path, "name,note\nZoë,1\n".encode() + b"Ali,1\n" * 200_000 + b"Hu\xffda,2\nNour,3\n")
    found = read(path)
    assert found[-2][2] == "not_in_encoding" and found[-1][2] == "" and len(found) == 200_003


def test_a_line_without_end_is_read_over_not_kept(tmp_path):
    path = put(tmp_path, "name,note\nAli,1\n" + "x" * 3_000_000 + "\nMona,2\n")
    assert [problem for _line, _cells, problem in read(path)] == ["", "row_too_long", ""]


def test_gzip_is_unpacked_within_bounds(tmp_path):
    path = put(tmp_path, gzip.compress(b"name,note\n" + b"Ali,1\n" * 1000), "a.csv.gz")
    assert len(read(path)) == 1000
    with pytest.raises(Unreadable) as bomb:
        read(path, bytes=500)
    assert bomb.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04" + b"x" * 50, "broken_archive"),
        (b"\n\n\n,,\n", "no_headers"),
        (b"\x1f\x8bxx", "broken_archive"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path, data, code):
    with pytest.raises(Unreadable) as wrong:
        shape_of(put(tmp_path, data))
    assert wrong.value.code == code


def test_reading_on_gives_the_rows_not_yet_seen(tmp_path):
    path = put(tmp_path, "name,n\n" + "".join(f"P{i},{i}\n" for i in range(10)))
    assert [row.number for row in rows(path, shape_of(path), after=7)] == [8, 9, 10]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "part"),
    [
        (
            (
                "opportunity_id",
                "sales_agent",
                "product",
                "account",
                "deal_stage",
                "engage_date",
                "close_date",
                "close_value",
            ),
            "sales_pipeline",
        ),
        (("Name", "E-Mail*", "Job Title"), "people"),
        (("الاسم", "البريد الإلكتروني", "الشركة"), "people"),
        (("company", "website", "industry"), "companies"),
        (("foo", "bar"), None),
    ],
)
def test_a_file_is_recognised_by_its_headers(headers, part):
    match = recognise(headers)
    assert (match.part.code if match else None) == part
