"""One company, made once, and dead to everybody afterwards."""

import dataclasses

import pytest
from django.test import Client

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.journal.models import Entry
from dawra.team.actions.setting_up import CompanyPlan, set_up_workspace
from dawra.team.actions.workspace import Habits
from dawra.team.models import Member, Team, Workspace
from dawra.team.steps import SETUP_STEPS
from tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db
FORM = {
    "company": "Masar Fleet",
    "base_currency": "SAR",
    "fiscal_year_start_month": "1",
    "weekend_days": ["5", "6"],
    "week_starts_on": "7",
    "time_zone": "Asia/Riyadh",
    "language": "ar",
    "default_country": "SA",
    "admin_name": "أمل نجار",
    "admin_email": "Amal@Masar.Example",
    "admin_password": PASSWORD,
}


def test_before_the_first_run_every_page_leads_to_it(client) -> None:
    for page in ("/", "/team/", "/accounts/login/", "/settings/"):
        assert client.get(page).headers["Location"] == "/setup/"
    assert client.get("/setup/").status_code == 200


def test_the_first_run_makes_company_roles_team_and_administrator(client) -> None:
    heard: list[Actor] = []
    SETUP_STEPS.append(heard.append)
    try:
        answer = client.post("/setup/", FORM)
    finally:
        SETUP_STEPS.remove(heard.append)
    assert answer.headers["Location"] == "/setup/next/"
    admin = Member.objects.select_related("role", "team").get()
    assert (admin.email, admin.role.code, admin.language) == ("amal@masar.example", "administrator", "ar")
    assert admin.team == Team.objects.get()
    assert Workspace.objects.get().weekend_days == [5, 6]
    assert heard[0].member_id == admin.pk
    assert set(Entry.objects.values_list("kind", flat=True)) >= {"team.workspace_set_up.1", "team.member_joined.1"}
    page = client.get("/setup/next/")
    assert page.status_code == 200 and 'dir="rtl"' in page.text


def test_afterwards_it_is_dead_for_every_method(cast) -> None:
    before = Member.objects.count()
    for method in ("get", "post", "put", "delete", "patch", "head", "options"):
        answer = getattr(Client(headers={"X-HTTP-Method-Override": "POST"}), method)("/setup/", FORM)
        assert answer.status_code == 404, method
    assert Member.objects.count() == before


def test_two_posts_at_once_make_one_company() -> None:
    """The second finds it there, or runs into the one row there can be."""
    plan = CompanyPlan("Masar", "Amal", "amal@masar.example", PASSWORD)
    set_up_workspace(Actor.system("first run", NOW), plan=plan)
    with pytest.raises(Conflict):
        set_up_workspace(Actor.system("first run", NOW), plan=plan)
    assert (Workspace.objects.count(), Member.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", " "),
        ("base_currency", "riyal"),
        ("weekend_days", (1, 2, 3, 4, 5, 6, 7)),
        ("time_zone", "Riyadh'; DROP TABLE"),
        ("language", "fr"),
        ("admin_email", "amal"),
        ("admin_password", "password12"),
        ("fiscal_year_start_month", 13),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(field: str, value: object) -> None:
    values = {"company": "M", "admin_name": "A", "admin_email": "a@m.example", "admin_password": PASSWORD} | {
        field: value
    }
    with pytest.raises(Invalid) as refusal:
        set_up_workspace(Actor.system("first run", NOW), plan=CompanyPlan(**values))
    assert refusal.value.field == field
    assert not Workspace.objects.exists()


def test_the_base_currency_is_chosen_once(client_of, admin):
    """Every kept total is in it: the settings neither offer nor take another one."""
    client = client_of(admin)
    assert "base_currency" not in {field.name for field in dataclasses.fields(Habits)}
    page = client.get("/settings/company/").content.decode()
    assert 'name="base_currency"' not in page
    said = {
        "name": "Masar", "fiscal_year_start_month": 1, "weekend_days": [5, 6], "week_starts_on": 7,
        "time_zone": "Asia/Riyadh", "language": "en", "default_country": "SA", "version": 1, "base_currency": "USD",
    }  # fmt: skip
    assert client.post("/settings/company/", said).status_code == 302
    assert Workspace.objects.get().base_currency == "SAR"
