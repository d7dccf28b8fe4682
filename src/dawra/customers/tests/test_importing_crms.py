"""Exports of other CRMs: each file is known by its headers, its rows meet whom they mean, and again changes nothing."""

from pathlib import Path

import pytest

from dawra.customers.importing import cli_entry, starting
from dawra.customers.importing.formats.columns import salesforce_id
from dawra.customers.importing.recognising import recognise
from dawra.customers.importing.starting import Source
from dawra.customers.importing.values import Cell
from dawra.customers.models import Activity, Affiliation, Company, Consent, ContactPoint, PendingLink, Person
from dawra.journal.models import Entry, Mention
from dawra.team.models import Member

EXPORTS = Path(__file__).parent / "exports"
DEALS = Path(__file__).parents[2] / "deals" / "tests" / "exports"
PARTS = {
    "salesforce": {
        "User": "users", "Account": "accounts", "Contact": "contacts", "Lead": "leads", "Task": "tasks",
        "Event": "events", "Opportunity": "deals", "OpportunityHistory": "stage_history", "Product2": "products",
        "OpportunityLineItem": "lines",
    },
    "hubspot": {
        "users": "users", "hubspot-crm-exports-all-companies-2026-11-20": "companies",
        "hubspot-crm-exports-all-contacts-2026-11-20": "contacts", "hubspot-crm-exports-calls": "calls",
        "hubspot-crm-exports-notes": "notes", "hubspot-crm-exports-tasks": "tasks",
        "hubspot-crm-exports-meetings": "meetings", "hubspot-crm-exports-all-deals-2026-11-20": "deals",
        "hubspot-products": "products", "hubspot-line-items": "lines",
    },
    "pipedrive": {
        "organizations": "organizations", "people": "people", "leads": "leads", "activities": "activities",
        "notes": "notes", "deals": "deals", "products": "products",
    },
    "zoho": {
        "Users": "users", "Accounts": "accounts", "Contacts": "contacts", "Leads": "leads", "Tasks": "tasks",
        "Calls": "calls", "Notes": "notes", "Deals": "deals", "Stage_History": "stage_history", "Products": "products",
    },
    "odoo": {
        "res.users": "users", "res.partner": "partners", "mail.activity": "activities", "crm.lead": "deals",
        "mail.tracking.value": "stage_history", "product.template": "products",
    },
}  # fmt: skip


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def state(boss):
    return (
        list(Person.objects.visible_to(boss).order_by("id").values_list("id", "version", "updated_at", "owner_id")),
        list(Company.objects.visible_to(boss).order_by("id").values_list("id", "version", "parent_id", "lifecycle")),
        list(Activity.objects.visible_to(boss).order_by("id").values_list("id", "version")),
        ContactPoint.objects.count(), Affiliation.objects.count(), Member.objects.count(), Consent.objects.count(),
        PendingLink.objects.count(), Mention.objects.exclude(record_kind="import").count(),
        Entry.objects.exclude(kind="customers.imported.1").count(),
    )  # fmt: skip


@pytest.mark.parametrize("system", PARTS)
def test_every_file_of_a_system_is_known_by_its_headers(system, db):
    files = [*(EXPORTS / system).glob("*.csv"), *(DEALS / system).glob("*.csv")]
    found = {file.stem: starting.look(Source(file, file.name)).match for file in files}
    assert {name: (m.format.code, m.part.code) for name, m in found.items() if m} == {
        name: (system, part) for name, part in PARTS[system].items()
    }


@pytest.mark.parametrize("system", PARTS)
def test_whatever_arrives_is_counted_and_arrives_once(system, boss):
    report = cli_entry.run(boss, [EXPORTS / system])
    assert report.accepted + report.rejected == report.rows and report.accepted >= 8
    assert all(row.reason for row in report.rejected_rows)
    before = state(boss)
    again = cli_entry.run(boss, [EXPORTS / system])
    assert {(f.created, f.updated) for f in again.files} == {(0, 0)} and state(boss) == before


def test_arabic_headers_are_known_too(db):
    zoho = recognise(
        [
            "معرف السجل",
            "Contact Owner.id",
            "الاسم الأول",
            "اسم العائلة",
            "اسم الحساب",
            "البريد الإلكتروني",
            "Modified By",
        ]
    )
    assert zoho and (zoho.format.code, zoho.part.code) == ("zoho", "contacts") and "email" in zoho.fields
    hubspot = recognise(["معرف السجل", "الاسم الأول", "البريد الإلكتروني", "مالك جهة الاتصال", "مرحلة دورة الحياة"])
    assert hubspot and (hubspot.format.code, hubspot.part.code) == ("hubspot", "contacts")


def test_fifteen_and_eighteen_characters_are_the_same_salesforce_id():
    assert salesforce_id("0015e00000A1b2C", Cell("Id")) == salesforce_id("0015e00000A1b2CAAR", Cell("Id"))
    assert salesforce_id("0015e00000A1b2C", Cell("Id")) != salesforce_id("0015e00000a1B2c", Cell("Id"))


def test_salesforce_people_meet_their_companies_owners_and_leads(boss, sana):
    cli_entry.run(boss, [EXPORTS / "salesforce"])
    rania = Person.objects.visible_to(boss).get(name="Rania Aziz")
    assert (rania.owner_id, rania.created_at.date().isoformat()) == (sana.pk, "2023-02-11")
    mails = set(ContactPoint.objects.filter(person=rania, kind="email").values_list("normal", flat=True))
    assert mails == {"rania@zaytun.example", "rania.aziz@gmail.example"}, "the converted lead is the contact"
    sean = Person.objects.visible_to(boss).get(name="Seán O'Neill")
    firm = Affiliation.objects.get(person=sean).company
    assert (firm.name, firm.parent.name) == ("Zaytun Pharmacies", "Zaytun Group Holding"), "by an id of 15 characters"
    assert {(c.person.name, c.channel) for c in Consent.objects.filter(granted=False).select_related("person")} == {
        ("محمد القحطاني", "email"), ("Yara Haddad", "phone"),
    }  # fmt: skip
    faris = Member.objects.get(name="فارس الشمري")
    assert not faris.is_active and Company.objects.visible_to(boss).get(name="نخيل للتجارة").owner_id == faris.pk


def test_what_was_done_stands_in_the_timeline_when_it_was_done(boss):
    cli_entry.run(boss, [EXPORTS / "hubspot"])
    rania = Person.objects.visible_to(boss).get(name="Rania Aziz")
    lines = Mention.objects.filter(record_id=rania.pk).order_by("happened_at").values_list("kind", "happened_at")
    told = [(kind.split(".")[1], at.date().isoformat()) for kind, at in lines]
    assert told[:4] == [
        ("person_added", "2024-02-11"), ("call_logged", "2024-03-02"), ("note_written", "2024-03-05"),
        ("meeting_logged", "2024-04-10"),
    ]  # fmt: skip
    call = Activity.objects.visible_to(boss).get(title="Price call")
    assert (call.body, call.duration_minutes, call.direction) == ("Wants **10 %** off", 13, "out")
    assert rania.last_activity_at == Activity.objects.visible_to(boss).get(title="Demo").happened_at


def test_names_that_several_have_are_not_guessed_at(boss):
    report = cli_entry.run(boss, [EXPORTS / "pipedrive"])
    assert Company.objects.visible_to(boss).filter(name="Nile Foods").count() == 2
    hany = Person.objects.visible_to(boss).get(name="Hany Salem")
    assert not Affiliation.objects.filter(person=hany).exists()
    notes = [note.text for file in report.files for note in file.notes]
    assert any("Several records are called “Nile Foods”" in note for note in notes)


def test_only_the_values_that_nobody_answered_for_are_rejected(boss):
    report = cli_entry.run(boss, [EXPORTS / "hubspot"])
    assert [(row.file.split("-")[-4], row.column) for row in report.rejected_rows] == [
        ("companies", "Lifecycle Stage"), ("contacts", "Lifecycle Stage"),
    ]  # fmt: skip
