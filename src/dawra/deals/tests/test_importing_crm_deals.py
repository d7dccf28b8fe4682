"""Deals of other CRMs: linked, at their true times, the same whatever the order of the files."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from dawra.access.actor import Actor
from dawra.customers.importing import cli_entry, starting
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.remembering import Memory
from dawra.customers.importing.starting import Source
from dawra.customers.importing.taking_back import TakingBack, begin_undo
from dawra.customers.models import Activity, ActivityLink, Affiliation, Company, Import, PendingLink, Person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, DealLine, DealPerson, Product, Rate, StageVisit
from dawra.journal.models import Entry
from dawra.site.operation.invariants import CUSTOMERS, DEALS
from tests.cast import NOW

PEOPLE = Path(__file__).parents[2] / "customers" / "tests" / "exports"
EXPORTS = Path(__file__).parent / "exports"
SYSTEMS = ("salesforce", "hubspot", "pipedrive", "zoho", "odoo")


@pytest.fixture
def boss(admin, actor):
    start_with_defaults(Actor.system("set-up", NOW))  # as setting up a company does: columns are planned by its stages
    return actor(admin)


def files(system):
    """In the order in which they are brought in."""
    found = [
        Source(path, path.name) for folder in (PEOPLE, EXPORTS) for path in sorted((folder / system).glob("*.csv"))
    ]
    _format, belong, others = starting.chosen([starting.look(source) for source in found])
    assert not others
    return [one.source.path for one in belong]


def way(deal):
    rows = StageVisit.objects.filter(deal=deal).order_by("entered_at", "id")
    return [(v.stage.code, v.entered_at.isoformat(), v.amount_minor) for v in rows.select_related("stage")]


def links(boss):
    """Who belongs to whom, by name: the same whatever the order."""
    deals = Deal.objects.visible_to(boss).select_related("company", "stage", "owner", "reason")
    names = {row.pk: row.name for model in (Person, Company, Deal) for row in model.objects.visible_to(boss)}
    acts = ActivityLink.objects.filter(activity__deleted_at=None)
    names |= {row.pk: row.title or row.body for row in Activity.objects.visible_to(boss)}
    return {
        "deals": sorted((d.name, str(d.company), d.state, str(d.owner), d.amount_minor, str(d.reason)) for d in deals),
        "ways": {d.name: way(d) for d in deals},
        "people": sorted((names[p.deal_id], names[p.person_id]) for p in DealPerson.objects.filter(deal__in=deals)),
        "firms": sorted((names[a.person_id], names[a.company_id]) for a in Affiliation.objects.filter(person__deleted_at=None)),
        "parents": sorted((c.name, c.parent.name) for c in Company.objects.visible_to(boss).filter(parent__isnull=False)),
        "acts": sorted((names[a.activity_id], names[a.record_id]) for a in acts),
        "lines": sorted((names[x.deal_id], x.name, x.total_minor) for x in DealLine.objects.filter(deal__in=deals)),
    }  # fmt: skip


def settled(found):
    """Without what hangs on a name that two companies share: who came first cannot know of the second."""
    return {what: [one for one in (sorted(rows.items()) if isinstance(rows, dict) else rows) if "Nile" not in str(one)]
            for what, rows in found.items()}  # fmt: skip


def broken():
    found = {}
    for invariant in (*DEALS, *CUSTOMERS):
        with connection.cursor() as cursor:
            cursor.execute(invariant.text(connection.vendor))
            if rows := cursor.fetchall():
                found[invariant.id] = rows
    return found


@pytest.mark.parametrize("system", SYSTEMS)
def test_files_in_any_order_become_the_same(system, boss):
    in_order = files(system)
    with transaction.atomic():
        cli_entry.run(boss, in_order)
        straight = links(boss)
        transaction.set_rollback(True)
    users = [path for path in in_order if "user" in path.name.lower()]
    # Owners are known by the users' file: it goes first; all others come the wrong way round, each on its own.
    for path in [*users, *reversed([path for path in in_order if path not in users])]:
        report = cli_entry.run(boss, [path])
        assert report.accepted + report.rejected == report.rows
    turned, faults = links(boss), broken()
    assert not faults and settled(turned) == settled(straight)
    before = (Deal.objects.visible_to(boss).count(), Entry.objects.exclude(kind="customers.imported.1").count())
    again = cli_entry.run(boss, in_order)
    assert {f.created for f in again.files} == {0} and links(boss) == turned
    assert (Deal.objects.visible_to(boss).count(), Entry.objects.exclude(kind="customers.imported.1").count()) == before


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_judged_file_is_kept_as_it_was_judged(system, boss):
    cli_entry.run(boss, [PEOPLE / system])
    before = links(boss)
    deals = next(path for path in files(system) if starting.look(Source(path, path.name)).match.part.code == "deals")
    found = starting.look(Source(deals, deals.name))
    FORMATS[system].ready(boss, {})
    judged = judge(boss, found)
    assert links(boss) == before
    report = cli_entry.run(boss, [deals])
    assert (judged.count("created"), judged.count("rejected")) == (report.files[0].created, report.files[0].rejected)


def judge(boss, found):
    from dawra.customers.importing import reading
    from dawra.customers.importing.mapping import Mapping
    from dawra.customers.importing.plan import of_headers
    from dawra.customers.importing.targets import TARGETS, Work

    part = FORMATS[found.match.format.code].part(found.match.part.code)
    plan = of_headers(found.match.format.code, part, found.shape.headers)
    mapping = Mapping(part, plan, file_key=found.sha256, currency="SAR", country="SA")
    read = [mapping.read(row) for row in reading.rows(found.source.path, found.shape)]
    work = Work(boss, found.match.format.code, {}, boss.member_id, boss.now, memory=Memory())
    good = TARGETS[part.target].open(work).judge([parsed for parsed, wrong in read if wrong is None])
    return [one.outcome for one in good] + ["rejected" for _parsed, wrong in read if wrong is not None]


def test_a_salesforce_deal_went_its_way_at_the_times_of_its_history(boss, sana):
    report = cli_entry.run(boss, files("salesforce"))
    deal = Deal.objects.visible_to(boss).get(name="Zaytun - 120 trackers")
    assert [(code, at[:10], minor) for code, at, minor in way(deal)] == [
        ("prospecting", "2023-02-20", 15_000_000), ("demo", "2023-03-15", 15_000_000),
        ("closing", "2023-05-12", 18_600_000), ("won", "2023-06-30", 18_600_000),
    ]  # fmt: skip
    assert (deal.owner_id, deal.company.name, deal.company.lifecycle) == (sana.pk, "Zaytun Pharmacies", "customer")
    assert deal.company.lifecycle_since == deal.closed_at and deal.last_activity_at.date().isoformat() == "2023-05-10"
    moved = Entry.objects.filter(kind="deals.deal_moved.1", facts__deal_id=str(deal.pk)).order_by("happened_at")
    assert [entry.happened_at.date().isoformat() for entry in moved] == ["2023-03-15", "2023-05-12"]
    lines = DealLine.objects.filter(deal=deal).order_by("position")
    assert [(x.product.code, x.quantity, x.discount_bp, x.total_minor) for x in lines] == [
        ("FT-PRO", "120", 500, 15_960_000), ("SUB-12", "120", 0, 2_640_000),
    ]  # fmt: skip
    assert [(row.file, row.column) for row in report.rejected_rows if "Opp" in row.file] == [
        ("Opportunity.csv", "StageName")
    ]
    assert not broken()


def test_what_is_referred_to_and_has_not_come_is_waited_for_and_said(boss):
    report = cli_entry.run(boss, files("salesforce"))
    ghost = Deal.objects.visible_to(boss).get(name="Ghost account deal")
    assert ghost.company is None and PendingLink.objects.filter(what="deal.company", record_id=ghost.pk).exists()
    assert any("0015e00000zzzzzaaz” has not been imported yet" in n.text for f in report.files for n in f.notes)


def test_a_reason_is_matched_by_name_and_other_words_are_kept(boss):
    cli_entry.run(boss, files("hubspot"))
    lost = Deal.objects.visible_to(boss).get(name="Lost on words")
    assert (lost.reason.code, lost.reason_words) == ("unknown", "They went with a cousin")
    cli_entry.run(boss, files("zoho"))
    cedar = Deal.objects.visible_to(boss).get(name="Cedar pilot")
    assert (cedar.reason.code, cedar.closed_at.date().isoformat()) == ("price", "2025-03-31")


def test_odoo_says_lost_by_inactive_and_calls_leads_and_deals_the_same(boss):
    cli_entry.run(boss, files("odoo"))
    assert Deal.objects.visible_to(boss).get(name="نخيل - تتبع الأسطول").state == "lost"
    assert not Deal.objects.visible_to(boss).filter(name="Needs cameras").exists()
    yara = Person.objects.visible_to(boss).get(name="Yara Haddad")
    assert yara.about == "Needs cameras" and Affiliation.objects.get(person=yara).company.name == "Cedar Logistics"
    waha = Deal.objects.visible_to(boss).get(name="Waha pilot")
    assert [p.person.name for p in waha.people.select_related("person")] == ["هدى سالم"]
    assert Product.objects.get(code="FT-PRO").price_minor == 140_000


def test_an_amount_is_read_in_the_currency_of_its_row(tmp_path, boss):
    Rate.objects.create(currency="KWD", valid_from_on="2020-01-01", rate="12.2")
    path = tmp_path / "deals.csv"
    path.write_text(
        "Deal - Pipedrive System ID,Deal - Title,Deal - Value,Deal - Currency of value,Deal - Stage,Deal - Creation date\n"
        "1,Kuwait,1250.125,KWD,Qualified,2026-01-01 10:00:00\n"
    )
    cli_entry.run(boss, [path])
    deal = Deal.objects.visible_to(boss).get()
    assert (deal.amount_minor, deal.currency, deal.base_minor) == (1_250_125, "KWD", 1_525_153)


@pytest.mark.parametrize("system", ("salesforce", "odoo"))
def test_an_import_of_everything_can_be_taken_back_and_come_again(system, boss):
    report = cli_entry.run(boss, files(system))
    came = links(boss)
    import_ = Import.objects.get(pk=report.import_id)
    begin_undo(boss, import_=import_)
    assert TakingBack(boss, import_.pk).go()
    for model in (Person, Company, Deal, Activity):
        assert not model.objects.visible_to(boss).exists(), model
    assert not broken()
    cli_entry.run(boss, files(system))
    again = links(boss)
    assert {key: again[key] for key in ("deals", "firms", "parents")} == {
        key: came[key] for key in ("deals", "firms", "parents")
    }
