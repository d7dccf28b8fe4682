"""Hostile files: each gives exactly its rows, or a clear reason with line and column; none takes long or grows memory.

The files lie in hostile/, what they must give in hostile/expected.json. A file that once broke reading is added there.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from dawra.customers.importing import reading
from dawra.customers.importing.reading import USUAL, Limits, Unreadable
from dawra.customers.importing.saying import SENTENCES, sentence

FOLDER = Path(__file__).parent / "hostile"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
SECONDS = 2.0


def cases(*keys: str) -> list[Any]:
    chosen = [case for case in CASES if any(key in case for key in keys)]
    return [pytest.param(case, id=case["file"]) for case in chosen]


def is_said(code: str, facts: dict[str, Any]) -> bool:
    """In both languages, with all of its facts."""
    texts = []
    for language in ("en", "ar"):
        with translation.override(language):
            texts.append(sentence({"code": code, "value": "x", **facts}))
    return code in SENTENCES and "%(" not in "".join(texts) and texts[0] != texts[1]


def shape_of(case: dict[str, Any]) -> reading.Shape:
    return reading.shape_of(FOLDER / case["file"], encoding=case.get("encodings_given", ""))


def test_every_file_is_expected_and_there_are_enough():
    there = {path.name for path in FOLDER.iterdir() if path.is_file()} - {"expected.json"}
    assert there == {case["file"] for case in CASES} and len(there) >= 60


@pytest.mark.parametrize("case", cases("rows"))
def test_a_hostile_table_gives_exactly_its_rows(case):
    began = time.process_time()
    shape = shape_of(case)
    found = list(reading.rows(FOLDER / case["file"], shape))
    assert time.process_time() - began < SECONDS
    for key in ("encoding", "delimiter", "quote", "escape", "sheet"):
        assert key not in case or getattr(shape, key) == case[key]
    assert "sheets" not in case or list(shape.sheets) == case["sheets"]
    assert case["headers"] is None or list(shape.headers) == case["headers"]
    if case["rows"] is not None:
        given = [[row.line, list(row.cells), row.problem, row.column] for row in found]
        meant = [
            [line, got[1] if cells is None else cells, *rest]
            for (line, cells, *rest), got in zip(case["rows"], given, strict=True)
        ]
        assert given == meant
    assert [[row.line, *note] for row in found for note in row.notes] == case.get("notes", [])
    assert all(is_said(row.problem, {}) for row in found if row.problem)


@pytest.mark.parametrize("case", cases("code"))
def test_what_cannot_be_read_is_refused_with_a_clear_reason(case):
    began = time.process_time()
    with pytest.raises(Unreadable) as wrong:
        list(reading.rows(FOLDER / case["file"], shape_of(case)))
    assert time.process_time() - began < SECONDS
    assert wrong.value.code == case["code"] and is_said(case["code"], wrong.value.facts)


@pytest.mark.parametrize("case", cases("ends"))
def test_a_table_that_breaks_off_gives_what_came_before(case):
    found = []
    with pytest.raises(Unreadable) as wrong:
        found.extend(reading.rows(FOLDER / case["file"], shape_of(case)))
    assert wrong.value.code == case["ends"] and len(found) > 100


@pytest.mark.parametrize("case", cases("members", "expand"))
def test_an_archive_gives_its_tables_or_a_reason_and_leaves_nothing_behind(case, tmp_path):
    path, into = FOLDER / case["file"], tmp_path / "in" / "imports"
    assert reading.is_archive(path)
    if "members" in case:
        members = reading.expand(path, into, USUAL)
        assert [member.name for member in members] == case["members"]
        assert {member.path for member in members} == set(into.iterdir())
        assert all(member.key == member.path.name and len(member.key) == 48 for member in members)
    else:
        with pytest.raises(Unreadable) as wrong:
            reading.expand(path, into, USUAL)
        assert wrong.value.code == case["expand"] and is_said(case["expand"], wrong.value.facts)
        assert not into.exists() or not list(into.iterdir())
    assert [each.name for each in tmp_path.iterdir()] in ([], ["in"])


@pytest.mark.parametrize("case", cases("rows"))
def test_reading_on_after_any_row_gives_the_same_rest(case):
    path, shape = FOLDER / case["file"], shape_of(case)
    whole = list(reading.rows(path, shape))
    again = reading.shape_of(path, encoding=shape.encoding, delimiter=shape.delimiter, sheet=shape.sheet)
    assert again.headers == shape.headers
    for after in {0, 1, len(whole) // 2, len(whole)}:
        assert list(reading.rows(path, again, after=after)) == whole[after:]


@pytest.mark.parametrize("case", cases("rows"))
def test_reading_on_from_any_remembered_place_gives_the_same_rest(case, tmp_path):
    path, shape = FOLDER / case["file"], shape_of(case)
    limits, marks = Limits(marks=1), tmp_path / "marks"
    whole = list(reading.rows(path, shape, limits, marks=marks))
    assert whole == list(reading.rows(path, shape))
    for after in range(len(whole) + 1):
        assert list(reading.rows(path, shape, limits, after=after, marks=marks)) == whole[after:]
