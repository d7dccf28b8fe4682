"""Workbooks and archives come in like any file; what was unpacked for it lies under random names and does not stay."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.access.errors import Invalid
from dawra.customers.importing import cli_entry, starting, uploads
from dawra.customers.models import Import, Person
from dawra.customers.tests import books

PEOPLE = "name,email\nRania Aziz,rania@zaytun.example\nKarim Nasr,karim@zaytun.example\n"
BOOK = books.book(
    books.sheet(books.row(1, "name", "email") + books.row(2, "Rania Aziz", "rania@zaytun.example"))
)  # fmt: skip


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.DAWRA_HOME = str(tmp_path / "home")
    return tmp_path / "home" / "imports"


def put(tmp_path: Path, data: bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def lying_in(home: Path) -> int:
    return len(list(home.iterdir())) if home.exists() else 0


def test_a_workbook_comes_in_and_changes_nothing_the_second_time(boss, tmp_path):
    path = put(tmp_path, BOOK, "people.xlsx")
    assert [f.created for f in cli_entry.run(boss, [path]).files] == [1]
    assert [f.unchanged for f in cli_entry.run(boss, [path]).files] == [1]
    assert Person.objects.visible_to(boss).get().name == "Rania Aziz"


def test_the_tables_of_a_zip_come_in_from_the_command_line(boss, tmp_path, home):
    path = put(tmp_path, books.packed({"x/people.csv": PEOPLE, "more.xlsx": BOOK, "notes.txt": "hello\n"}), "all.zip")
    report = cli_entry.run(boss, [path])
    assert {(f.name, f.rows, f.created) for f in report.files} == {("people.csv", 2, 2), ("more.xlsx", 1, 0)}
    assert len(report.skipped_files) == 1 and lying_in(home) == 2


def test_a_zip_that_is_uploaded_is_replaced_by_its_tables(boss, home):
    upload = SimpleUploadedFile("all.zip", books.packed({"people.csv": PEOPLE, "../../evil.csv": PEOPLE}))
    import_ = uploads.take_in(boss, [upload])
    assert sorted(file.name for file in import_.files.all()) == ["evil.csv", "people.csv"]
    assert {file.key for file in import_.files.all()} == {path.name for path in home.iterdir()}


@pytest.mark.parametrize(
    "data",
    [
        books.packed({"a.csv": PEOPLE, "b.csv": "PK\x03\x04"})[:-40],
        books.packed({"a.csv": PEOPLE, "b.zip": books.packed({"c.csv": PEOPLE})}),
    ],
    ids=["damaged", "nested"],
)
def test_an_archive_that_cannot_be_unpacked_is_refused_and_leaves_nothing(boss, tmp_path, home, data):
    with pytest.raises(Invalid):
        uploads.take_in(boss, [SimpleUploadedFile("all.zip", data)])
    with pytest.raises(Invalid):
        cli_entry.run(boss, [put(tmp_path, data, "all.zip")])
    assert lying_in(home) == 0 and not Import.objects.exists()


def test_an_archive_of_more_files_than_may_come_at_once_leaves_nothing(boss, tmp_path, home):
    data = books.packed({f"{i}.csv": PEOPLE for i in range(starting.MOST_FILES + 1)})
    with pytest.raises(Invalid):
        uploads.take_in(boss, [SimpleUploadedFile("all.zip", data)])
    with pytest.raises(Invalid):
        cli_entry.run(boss, [put(tmp_path, data, "all.zip")])
    assert lying_in(home) == 0


def test_what_is_unpacked_and_not_recognised_does_not_stay(boss, tmp_path, home):
    with pytest.raises(Invalid):
        cli_entry.run(boss, [put(tmp_path, books.packed({"a.csv": "foo,bar\n1,2\n"}), "all.zip")])
    assert lying_in(home) == 0
