"""A whole import taken back: what it added goes, what it changed returns, and what people did since stays and is said."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from dawra.access.errors import Conflict, NotFound, Refused
from dawra.customers.actions import people
from dawra.customers.importing import cli_entry, looking, taking_back
from dawra.customers.importing.taking_back import TakingBack, begin_undo, can_undo, left_rows, undo_of
from dawra.customers.models import Affiliation, Company, ContactPoint, ExternalId, Import, ImportRow, Person, Tagging
from dawra.customers.search import find
from dawra.journal.models import Entry

FIRST = "id,name,email,phone,company,title,tags\n" + "".join(
    f"{i},Person {i},p{i}@a.example,+966 50 123 4{i:03},Firm {i % 4},Buyer,expo\n" for i in range(12)
)


def put(tmp_path: Path, text: str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def bring(tmp_path, boss, text=FIRST, name="people.csv") -> Import:
    report = cli_entry.run(boss, [put(tmp_path, text, name)])
    return Import.objects.get(pk=report.import_id)


def take_back(boss, import_, **how):
    begin_undo(boss, import_=import_, **how)
    assert TakingBack(boss, import_.pk).go()
    import_.refresh_from_db()
    return undo_of(import_)


def alive(actor_, model=Person):
    return set(model.objects.visible_to(actor_).values_list("name", flat=True))


def test_all_that_was_added_goes_to_the_bin_and_the_file_can_come_again(tmp_path, boss):
    import_ = bring(tmp_path, boss)
    undo = take_back(boss, import_)
    assert (undo.total, undo.undone, undo.left, import_.state) == (12, 12, 0, "undone")
    assert alive(boss) == alive(boss, Company) == set()
    assert not ExternalId.objects.exists() and find(boss, "Person") == []
    assert not ContactPoint.objects.filter(unique_key__isnull=False).exists()
    [told] = Entry.objects.filter(kind="customers.import_undone.1")
    effects = Counter(Entry.objects.filter(cause=told).values_list("kind", flat=True))
    assert effects == {"customers.record_deleted.1": 16}
    again = cli_entry.run(boss, [tmp_path / "people.csv"])
    assert again.files[0].created == 12 and len(alive(boss)) == 12


def test_what_somebody_edited_or_used_since_is_left_named_and_goes_only_if_asked(tmp_path, boss, admin):
    import_ = bring(tmp_path, boss)
    one, two = Person.objects.visible_to(boss).order_by("name")[:2]
    people.edit_person(boss, person_id=one.pk, changes={"city": "Riyadh"})
    from dawra.customers.actions.tags import change_tags

    change_tags(boss, kind="person", record_id=two.pk, add=["vip"])
    undo = take_back(boss, import_)
    assert (undo.undone, undo.left, undo.edited) == (10, 2, 2)
    assert alive(boss) == {one.name, two.name}
    assert {row.record_id for row in left_rows(import_)} == {one.pk, two.pk}
    assert Company.objects.visible_to(boss).count() == 2, "whoever stays keeps the company"
    assert can_undo(import_, boss.now)
    undo = take_back(boss, import_, edited=True)
    assert (undo.undone, undo.left) == (12, 0) and alive(boss) == set()
    assert not can_undo(import_, boss.now)
    with pytest.raises(Conflict):
        begin_undo(boss, import_=import_, edited=True)


def test_changed_fields_return_unless_they_were_changed_since(tmp_path, boss, admin):
    first = bring(tmp_path, boss)
    text = FIRST.replace("Buyer", "Director").replace("Firm 0", "Other Firm").replace("expo", "expo;gold")
    text = text.replace("p1@a.example", "p1@a.example; second@a.example")
    second = bring(tmp_path, boss, text, "later.csv")
    changed = Person.objects.visible_to(boss).get(name="Person 2")
    people.edit_person(boss, person_id=changed.pk, changes={"title": "Chair"})
    assert ContactPoint.objects.filter(normal="second@a.example").exists()
    undo = take_back(boss, second)
    assert (undo.total, undo.undone, undo.left) == (12, 11, 1)
    titles = dict(Person.objects.visible_to(boss).values_list("name", "title"))
    assert titles.pop("Person 2") == "Chair" and set(titles.values()) == {"Buyer"}
    assert not ContactPoint.objects.filter(normal="second@a.example").exists()
    assert not Affiliation.objects.filter(company__name="Other Firm").exists()
    assert "Other Firm" not in alive(boss, Company)
    assert not Tagging.objects.filter(tag__folded="gold").exists() and Tagging.objects.count() == 12
    codes = Counter(ImportRow.objects.filter(file__within=second).values_list("undone", flat=True))
    assert codes == {"returned": 11, "partly": 1}
    again = cli_entry.run(boss, [tmp_path / "later.csv"])
    assert again.files[0].updated == 12, "its rows are news again"
    assert first.state == "done"


def test_an_undo_goes_on_where_a_killed_worker_left_it(tmp_path, boss, monkeypatch):
    monkeypatch.setattr(taking_back, "ROWS_IN_BATCH", 5)
    import_ = bring(tmp_path, boss)
    begin_undo(boss, import_=import_)
    assert not TakingBack(boss, import_.pk).go(0.0), "one batch a slice"
    assert len(alive(boss)) == 7
    stale = TakingBack(boss, import_.pk)
    assert TakingBack(boss, import_.pk).go()
    with pytest.raises(Conflict):
        stale.go()
    import_.refresh_from_db()
    assert undo_of(import_).undone == 12 == Entry.objects.filter(kind="customers.record_deleted.1").count() - 4


def test_taking_back_is_refused_to_strangers_after_thirty_days_and_while_it_runs(
    tmp_path, boss, zayn, omar, sana, actor
):
    import_ = bring(tmp_path, boss)
    for stranger in (zayn, sana):
        with pytest.raises(Refused):
            begin_undo(actor(stranger), import_=import_)
    with pytest.raises(NotFound):
        looking.one(actor(omar), import_.pk)
    from dataclasses import replace

    with pytest.raises(Conflict, match="30 days"):
        begin_undo(replace(boss, now=boss.now + timedelta(days=31)), import_=import_)
    Import.objects.filter(pk=import_.pk).update(state="running")
    with pytest.raises(Conflict, match="under way"):
        begin_undo(boss, import_=import_)
    assert len(alive(boss)) == 12


def test_the_worker_takes_an_import_back_by_itself(tmp_path, boss, admin):
    from dawra.journal.jobs import run_now

    import_ = bring(tmp_path, boss)
    begin_undo(boss, import_=import_)
    run_now("customers.undo_import", boss.now, import_id=str(import_.pk))
    import_.refresh_from_db()
    assert import_.state == "undone" and alive(boss) == set()
