"""People and companies from a file: linked, counted, explained row by row, and the same file again changes nothing."""

from pathlib import Path

import pytest

from dawra.access.errors import Conflict, Invalid, Refused
from dawra.customers.importing import cli_entry, running
from dawra.customers.importing.running import Run
from dawra.customers.models import (
    Affiliation,
    Company,
    ContactPoint,
    ExternalId,
    FieldDef,
    Import,
    ImportRow,
    Person,
    Tagging,
)
from dawra.customers.search import find
from dawra.journal.models import Entry

PEOPLE = """name,name_ar,email,phone,company,title,country,tags,owner,lifecycle,Fleet size
Rania Aziz,رانيا عزيز,rania@zaytun.example,+966 11 511 0001,Zaytun Pharmacies,Buyer,Saudi Arabia,vip;expo,Sana Khoury,lead,12
Karim Nasr,,karim@zaytun.example,,Zaytun Pharmacies,,SA,expo,nobody here,,
Bad Mail,,"rania@zaytun,com",,,,,,,,
,,,,,,,,,,7
Huda,,huda@nile.example,0100,Nile Foods,,Egypt,,,,
Rania A.,,RANIA@zaytun.example,,,Head buyer,,,,,
"""


def put(tmp_path: Path, text: str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def counts(report):
    return [(f.rows, f.created, f.updated, f.unchanged, f.rejected) for f in report.files]


def test_a_file_of_people_comes_in_whole_and_explained(tmp_path, boss, sana):
    FieldDef.objects.create(record_kind="person", key="fleet", type="number", name="Fleet size")
    report = cli_entry.run(boss, [put(tmp_path, PEOPLE)])
    assert counts(report) == [(6, 2, 0, 1, 3)]
    assert [(row.line, row.column) for row in report.rejected_rows] == [(4, "email"), (5, ""), (6, "phone")]
    assert "rania@zaytun.com" in report.rejected_rows[0].reason
    rania = Person.objects.visible_to(boss).get(name="Rania Aziz")
    assert (rania.name_ar, rania.country, rania.owner_id, rania.custom) == ("رانيا عزيز", "SA", sana.pk, {"fleet": 12})
    assert rania.title == "Buyer", "a second row about her fills only what is empty"
    assert Affiliation.objects.filter(company__name="Zaytun Pharmacies").count() == 2
    assert Tagging.objects.filter(record_id=rania.pk).count() == 2
    assert [found.title for found in find(boss, "رانيا")] == ["Rania Aziz · رانيا عزيز"]
    assert Entry.objects.filter(kind="customers.person_added.1").count() == 2
    assert Entry.objects.get(kind="customers.imported.1").facts["rejected"] == 3


def test_the_same_file_again_changes_nothing(tmp_path, boss):
    path = put(tmp_path, PEOPLE)
    cli_entry.run(boss, [path])
    before = (
        list(Person.objects.visible_to(boss).order_by("id").values_list("id", "version", "updated_at")),
        ContactPoint.objects.count(), Entry.objects.exclude(kind="customers.imported.1").count(), ExternalId.objects.count(),
    )  # fmt: skip
    again = cli_entry.run(boss, [path])
    assert again.files[0].created == again.files[0].updated == 0
    after = (
        list(Person.objects.visible_to(boss).order_by("id").values_list("id", "version", "updated_at")),
        ContactPoint.objects.count(), Entry.objects.exclude(kind="customers.imported.1").count(), ExternalId.objects.count(),
    )  # fmt: skip
    assert before == after


def test_a_changed_row_updates_but_never_what_people_edited_here(tmp_path, boss):
    path = put(tmp_path, "name,email,title,city\nAli,ali@a.example,Buyer,Cairo\nMona,mona@a.example,CEO,Cairo\n")
    cli_entry.run(boss, [path])
    Person.objects.visible_to(boss).get(name="Mona").change(boss, {"title": "Chair"})
    put(tmp_path, "name,email,title,city\nAli,ali@a.example,Director,Cairo\nMona,mona@a.example,Boss,Giza\n")
    report = cli_entry.run(boss, [path])
    titles = dict(Person.objects.visible_to(boss).values_list("name", "title"))
    assert titles == {"Ali": "Director", "Mona": "Chair"} and counts(report) == [(2, 0, 1, 1, 0)]


def test_companies_know_their_parents_in_any_order(tmp_path, boss):
    text = "name,parent,industry,revenue,country\nChild,Mother,retail,12.5,Philipines\nMother,,retail,,\nOrphan,Far Away,x,,\n"
    report = cli_entry.run(boss, [put(tmp_path, text, "companies.csv")])
    parents = dict(Company.objects.visible_to(boss).values_list("name", "parent__name"))
    assert parents == {"Child": "Mother", "Mother": None, "Orphan": "Far Away", "Far Away": None}
    child = Company.objects.visible_to(boss).get(name="Child")
    assert (child.revenue_minor, child.revenue_currency, child.country) == (1250, "SAR", "PH")
    assert any("Philippines" in note.text for note in report.files[0].notes)
    filled = cli_entry.run(boss, [put(tmp_path, "name,industry\nFar Away,mining\n", "more.csv")])
    assert (
        counts(filled) == [(1, 1, 0, 0, 0)]
        and Company.objects.visible_to(boss).get(name="Far Away").industry == "mining"
    )


def test_a_killed_run_goes_on_at_the_last_batch_without_doubling(tmp_path, boss, monkeypatch):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 10)
    path = put(tmp_path, "name,email\n" + "".join(f"P{i},p{i}@a.example\n" for i in range(35)))
    put_many, calls = running.journal.write, []

    class Killed(BaseException):
        pass

    def die(progress):
        calls.append(progress.done)
        if progress.done == 20:
            raise Killed

    with pytest.raises(Killed):
        cli_entry.run(boss, [path], progress=die)
    assert Person.objects.visible_to(boss).count() == 20
    report = cli_entry.run(boss, [path])
    assert report.resumed and counts(report) == [(35, 35, 0, 0, 0)] and put_many
    assert Person.objects.visible_to(boss).count() == 35 == ImportRow.objects.count()
    assert Entry.objects.filter(kind="customers.person_added.1").count() == 35


def test_two_workers_on_one_import_do_not_double(tmp_path, boss, monkeypatch):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 10)
    path = put(tmp_path, "name,email\n" + "".join(f"P{i},p{i}@a.example\n" for i in range(30)))
    seen = []

    def other(progress):
        if not seen:
            seen.append(1)
            Run(boss, Import.objects.get().pk).go()

    with pytest.raises(Conflict):
        cli_entry.run(boss, [path], progress=other)
    assert Person.objects.visible_to(boss).count() == 30
    assert Import.objects.get().state == "done"


def test_an_address_of_a_record_one_may_not_see_is_refused_not_overwritten(tmp_path, boss, omar, lina, actor):
    cli_entry.run(boss, [put(tmp_path, "name,email,owner\nSecret,secret@a.example,Lina Mansour\n")])
    report = cli_entry.run(actor(omar), [put(tmp_path, "name,email\nMine,secret@a.example\n", "mine.csv")])
    assert counts(report) == [(1, 0, 0, 0, 1)]
    assert Person.objects.visible_to(boss).get().name == "Secret"


def test_a_rep_may_not_import_and_nothing_is_written(tmp_path, sana, actor):
    with pytest.raises(Refused):
        cli_entry.run(actor(sana), [put(tmp_path, "name\nAli\n")])
    assert not Import.objects.exists()


def test_a_file_nobody_knows_is_refused_with_a_way_on(tmp_path, boss):
    with pytest.raises(Invalid, match="not recognised"):
        cli_entry.run(boss, [put(tmp_path, "foo,bar\n1,2\n")])
