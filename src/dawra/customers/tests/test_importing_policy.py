"""What a match does, as the plan says; and a dry run that tells beforehand exactly what the run will do."""

from dataclasses import replace
from pathlib import Path

import pytest

from dawra.access.errors import Conflict, Invalid, Refused
from dawra.customers.importing import identities, judging, matching, planning, running, starting
from dawra.customers.importing.judging import Judging, begin_dry_run, dry_run
from dawra.customers.importing.plan import FilePlan, of_headers, read_plan
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.running import Run
from dawra.customers.models import Company, ContactPoint, ExternalId, Import, ImportRow, Person
from dawra.journal.models import Entry

FIRST = "name,email,title,city,phone\nAli,ali@a.example,Buyer,,+966 50 123 4567\nMona,mona@a.example,CEO,Cairo,\n"
LATER = (
    "name,email,title,city,phone\nAli,ali@a.example,Director,Giza,+966 55 765 4321\nMona,mona@a.example,Boss,Giza,\n"
    "Rania,rania@a.example,Head,Amman,\nRania,rania@a.example,Head,Amman,\nBad,not an address,,,\n"
)


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def ready(boss, tmp_path: Path, text: str, change=lambda plan: plan, name="people.csv") -> Import:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    looked = [starting.look(source) for source in starting.sources_in([path])]
    format_, belong, others = starting.chosen(looked)
    import_ = starting.set_up(boss, format_=format_, belong=belong, others=others, options={})
    file = import_.files.get()
    plan = change(of_headers(format_.code, format_.part(file.part), file.headers))
    planning.decide(boss, import_=import_, plans={file.pk: plan})
    return import_


def run(boss, import_: Import) -> tuple[int, int, int, int]:
    starting.start(boss, import_=import_)
    assert Run(boss, import_.pk).go()
    file = import_.files.get()
    return file.created, file.updated, file.unchanged, file.rejected


def judged(boss, import_: Import):
    token = begin_dry_run(boss, import_=import_)
    assert Judging(boss, import_.pk, token).go()
    import_.refresh_from_db()
    return dry_run(import_)


def on_match(how: str, *fields: str):
    def change(plan: FilePlan) -> FilePlan:
        return replace(plan, columns=tuple(replace(c, on_match=how) if c.field in fields else c for c in plan.columns))

    return change


@pytest.mark.parametrize(
    ("how", "edited", "titles", "cities"),
    [
        ("usual", False, ["Director", "Boss"], ["Giza", "Giza"]),
        ("usual", True, ["Director", "Chair"], ["Giza", "Cairo"]),
        ("fill", False, ["Buyer", "CEO"], ["Giza", "Cairo"]),
        ("overwrite", True, ["Director", "Boss"], ["Giza", "Giza"]),
        ("skip", False, ["Buyer", "CEO"], ["", "Cairo"]),
    ],
)
def test_a_match_does_what_was_chosen_for_the_column(boss, tmp_path, how, edited, titles, cities):
    run(boss, ready(boss, tmp_path, FIRST))
    if edited:
        Person.objects.visible_to(boss).get(name="Mona").change(boss, {"title": "Chair"})
    import_ = ready(boss, tmp_path, LATER, on_match(how, "title", "city"), "later.csv")
    before = judged(boss, import_)
    counts = run(boss, import_)
    people = Person.objects.visible_to(boss).filter(name__in=["Ali", "Mona"]).order_by("name")
    assert [one.title for one in people] == titles and [one.city for one in people] == cities
    [verdict] = before.files
    assert counts == (verdict.created, verdict.updated, verdict.unchanged, verdict.rejected)


@pytest.mark.parametrize(
    ("create", "update", "counts", "names"),
    [
        (True, True, (1, 2, 1, 1), {"Ali", "Mona", "Rania"}),
        (True, False, (1, 0, 3, 1), {"Ali", "Mona", "Rania"}),
        (False, True, (0, 2, 0, 3), {"Ali", "Mona"}),
    ],
)
def test_an_import_adds_or_changes_or_both(boss, tmp_path, create, update, counts, names):
    run(boss, ready(boss, tmp_path, FIRST))
    import_ = ready(boss, tmp_path, LATER, lambda plan: replace(plan, create=create, update=update), "later.csv")
    [verdict] = judged(boss, import_).files
    assert (verdict.created, verdict.updated, verdict.unchanged, verdict.rejected) == counts == run(boss, import_)
    assert set(Person.objects.visible_to(boss).values_list("name", flat=True)) == names
    assert Person.objects.visible_to(boss).get(name="Ali").title == ("Director" if update else "Buyer")


def test_a_phone_that_may_only_be_filled_stays_alone(boss, tmp_path):
    run(boss, ready(boss, tmp_path, FIRST))
    run(boss, ready(boss, tmp_path, LATER, on_match("fill", "phone"), "later.csv"))
    assert ContactPoint.objects.filter(kind="phone").count() == 1


def test_phone_and_name_together_mean_a_person_and_a_name_alone_nobody(boss, tmp_path):
    run(boss, ready(boss, tmp_path, FIRST))
    text = "name,email,phone\nALI,,00966501234567\nMona,,\nNew,,+966 50 123 4567\n"
    import_ = ready(boss, tmp_path, text, name="again.csv")
    [verdict] = judged(boss, import_).files
    assert run(boss, import_) == (2, 0, 1, 0) == (verdict.created, verdict.updated, verdict.unchanged, verdict.rejected)
    assert Person.objects.visible_to(boss).filter(name="Mona").count() == 2


def test_a_company_named_twice_here_is_linked_to_nobody_and_said(boss, tmp_path):
    text = "id,name,website\n1,Zaytun,one.example\n2,Zaytun,two.example\n"
    assert run(boss, ready(boss, tmp_path, text, name="companies.csv")) == (2, 0, 0, 0)
    import_ = ready(boss, tmp_path, "name,email,company\nAli,ali@a.example,Zaytun\n")
    run(boss, import_)
    assert not Person.objects.visible_to(boss).get().affiliations.exists()
    assert ImportRow.objects.get(file__within=import_).says[0]["code"] == "several_companies"


def test_a_dry_run_writes_nothing_and_shows_each_outcome_as_a_diff(boss, tmp_path):
    run(boss, ready(boss, tmp_path, FIRST))
    import_ = ready(boss, tmp_path, LATER, name="later.csv")
    before = (
        Person.objects.visible_to(boss).count(),
        Entry.objects.count(),
        ImportRow.objects.count(),
        ExternalId.objects.count(),
    )
    seen = judged(boss, import_)
    after = (
        Person.objects.visible_to(boss).count(),
        Entry.objects.count(),
        ImportRow.objects.count(),
        ExternalId.objects.count(),
    )
    assert before == after and seen.state == "done" and seen.files[0].rows == 5
    [ali, _mona] = seen.files[0].examples["updated"]
    assert ali.changes["title"] == ["Buyer", "Director"] and ali.changes["phone"] == [None, "+966 55 765 4321"]
    [new] = seen.files[0].examples["created"]
    assert (new.label, new.record_id, new.line) == ("Rania", None, 4)
    [bad] = seen.files[0].examples["rejected"]
    assert bad.column == "email" and "e-mail address" in bad.reason
    assert not list(running.folder().glob("*.dry"))


def test_a_dry_run_in_slices_comes_to_the_same(boss, tmp_path, monkeypatch):
    monkeypatch.setattr(judging, "ROWS_IN_BATCH", 7)
    rows = "".join(f"P{i % 30},p{i % 30}@a.example,Firm {i % 5}\n" for i in range(60))
    import_ = ready(boss, tmp_path, "name,email,company\n" + rows)
    token = begin_dry_run(boss, import_=import_)
    slices = 0
    while not Judging(boss, import_.pk, token).go(0.0):
        slices += 1
    import_.refresh_from_db()
    [verdict] = dry_run(import_).files
    assert slices > 5 and (verdict.created, verdict.updated, verdict.unchanged, verdict.rejected) == (30, 0, 30, 0)
    assert run(boss, import_) == (30, 0, 30, 0) and Company.objects.visible_to(boss).count() == 5


def test_a_newer_dry_run_ends_the_one_before(boss, tmp_path):
    import_ = ready(boss, tmp_path, FIRST)
    old = Judging(boss, import_.pk, begin_dry_run(boss, import_=import_))
    begin_dry_run(boss, import_=import_)
    assert old.go()
    import_.refresh_from_db()
    assert dry_run(import_).state == "running"


def test_a_plan_survives_being_kept_and_another_reading_is_another_row(boss, tmp_path):
    import_ = ready(boss, tmp_path, FIRST, on_match("skip", "title"))
    plan = read_plan(import_.files.get().plan)
    assert read_plan(plan.plain()) == plan and plan.policy.of("title") == "skip"
    assert plan.fingerprint != replace(plan, update=False).fingerprint
    assert run(boss, import_) == (2, 0, 0, 0)
    assert run(boss, ready(boss, tmp_path, FIRST, on_match("skip", "title"))) == (0, 0, 2, 0)
    with pytest.raises(Conflict):
        planning.decide(boss, import_=import_, plans={})
    assert of_headers("simple", FORMATS["simple"].part("people"), ["Name"]).columns[0].field == "name"


def test_a_plan_that_cannot_be_is_refused(boss, tmp_path, actor, zayn):
    import_ = ready(boss, tmp_path, FIRST)
    file = import_.files.get()
    plan = read_plan(file.plan)
    twice = replace(plan, columns=tuple(replace(one, field="title") for one in plan.columns))
    for wrong in (twice, replace(plan, create=False, update=False), on_match_of(plan, "no_such")):
        with pytest.raises(Invalid):
            planning.decide(boss, import_=import_, plans={file.pk: wrong})
    with pytest.raises(Refused):
        planning.decide(actor(zayn), import_=import_, plans={file.pk: plan})
    with pytest.raises(Refused):
        begin_dry_run(actor(zayn), import_=import_)


def on_match_of(plan: FilePlan, field: str) -> FilePlan:
    return replace(plan, columns=(replace(plan.columns[0], field=field), *plan.columns[1:]))


def test_a_pause_rests_after_the_batch_and_goes_on(boss, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "ROWS_IN_BATCH", 10)
    import_ = ready(boss, tmp_path, "name,email\n" + "".join(f"P{i},p{i}@a.example\n" for i in range(35)))
    starting.start(boss, import_=import_)
    starting.pause(boss, import_=import_)
    assert Run(boss, import_.pk).go()
    import_.refresh_from_db()
    assert import_.state == "paused" and Person.objects.visible_to(boss).count() == 10
    assert run(boss, import_) == (35, 0, 0, 0)
    with pytest.raises(Conflict):
        starting.pause(boss, import_=import_)


def test_an_import_that_looked_before_another_committed_collides_and_looks_again(boss, tmp_path, monkeypatch):
    """Its own fresh ids meet those that the other has just kept: the constraint says so, and nobody is doubled."""
    rows = "name,email,phone,company\nAli,ali@a.example,,Firm\nMona,,+966 50 123 4567,Firm\n"
    one, two = ready(boss, tmp_path, rows), ready(boss, tmp_path, rows, name="two.csv")
    run(boss, one)
    keepers, open_one = [], running.keeper_of

    def keeper_of(*given):
        keepers.append(given)
        return open_one(*given)

    monkeypatch.setattr(running, "keeper_of", keeper_of)
    for place in (identities, matching):
        looks = place.among
        monkeypatch.setattr(place, "among", lambda *a, looks=looks, **k: [] if len(keepers) == 1 else looks(*a, **k))
    assert run(boss, two) == (0, 0, 2, 0) and len(keepers) == 2
    assert Person.objects.visible_to(boss).count() == 2 == Entry.objects.filter(kind="customers.person_added.1").count()
    assert Company.objects.visible_to(boss).count() == 1
