"""Exports of thirty rows and more, with the mess of real ones: what is good comes in, what is not is said, both are counted."""

from pathlib import Path

import pytest

from dawra.access.actor import Actor
from dawra.customers.importing import cli_entry
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, StageVisit
from tests.cast import NOW

EXPORTS = Path(__file__).parent / "exports_full"
COUNTS = {  # file: rows, rejected
    "salesforce": {"Account.csv": (28, 6), "Contact.csv": (32, 5), "Opportunity.csv": (32, 3)},
    "hubspot": {
        "hubspot-crm-exports-all-companies.csv": (28, 3), "hubspot-crm-exports-all-contacts.csv": (32, 7),
        "hubspot-crm-exports-all-deals.csv": (32, 3),
    },
    "pipedrive": {"organizations.csv": (28, 2), "people.csv": (32, 3), "deals.csv": (32, 2)},
    "zoho": {"Accounts.csv": (28, 6), "Contacts.csv": (32, 7), "Deals.csv": (32, 3)},
    "odoo": {"res.partner.csv": (60, 3), "crm.lead.csv": (32, 2)},
}  # fmt: skip
WRONG = {
    "salesforce": ["Atlantis", "rania@zaytun,com", "9.66551E+11", "2026-02-31"],
    "hubspot": ["many", "yara@@cedar.example", "12 000 apples", "31/02/2026"],
    "pipedrive": ["Marocco", "yesterday", "viel"],
    "zoho": ["SAR lots", "Narnia", "soon", "250"],
    "odoo": ["info", "call me", "twelve"],
}
CELLS = {  # deal: amount, company, state
    "salesforce": ("نخيل للتجارة – renewal", 0, "نخيل للتجارة", "open"),
    "hubspot": ("نخيل للتجارة تجديد", 450050, "نخيل للتجارة", "open"),
    "pipedrive": ("نخيل للتجارة fleet", 450000, "نخيل للتجارة", "won"),
    "zoho": ("Zaytun Pharmacies fleet", 1200000, "Zaytun Pharmacies", "open"),
    "odoo": ("Cedar Logistics renewal", 9900000, "Cedar Logistics", "won"),
}


@pytest.fixture
def boss(admin, actor):
    start_with_defaults(Actor.system("set-up", NOW))
    return actor(admin)


@pytest.mark.parametrize("system", sorted(COUNTS))
def test_a_whole_export_comes_in_but_for_what_is_wrong(boss, system):
    report = cli_entry.run(boss, [EXPORTS / system])
    assert {file.name: (file.rows, file.rejected) for file in report.files} == COUNTS[system]
    assert all(file.accepted + file.rejected == file.rows for file in report.files) and not report.skipped_files
    reasons = " ".join(row.reason for row in report.rejected_rows)
    assert all(row.column or "neither" in row.reason for row in report.rejected_rows)
    assert [word for word in WRONG[system] if word not in reasons] == []
    name, amount, company, state = CELLS[system]
    deal = Deal.objects.visible_to(boss).filter(name=name).order_by("id")[0]
    assert (deal.amount_minor, str(deal.company), deal.state) == (amount, company, state)
    mohammed = Person.objects.visible_to(boss).get(name="محمد القحطاني")
    assert Affiliation.objects.get(person=mohammed, is_primary=True).company.name == "نخيل للتجارة"
    assert ContactPoint.objects.filter(person=mohammed, kind="email", normal="p01@nakheel.example").exists()
    assert Company.objects.visible_to(boss).get(name="نخيل للتجارة").country == "SA"
    again = cli_entry.run(boss, [EXPORTS / system])
    assert [(file.created, file.updated) for file in again.files] == [(0, 0)] * len(again.files)


def test_a_deal_won_in_pipedrive_was_in_its_stage_only_since_that_changed(boss):
    cli_entry.run(boss, [EXPORTS / "pipedrive"])
    won = Deal.objects.visible_to(boss).filter(name="نخيل للتجارة fleet").order_by("created_at")[0]
    rows = StageVisit.objects.filter(deal=won).select_related("stage").order_by("entered_at", "id")
    assert [(one.stage.code, one.entered_at.date().isoformat()) for one in rows] == [
        ("prospecting", "2026-01-02"), ("first_contact", "2026-02-02"), ("won", "2026-04-15"),
    ]  # fmt: skip
