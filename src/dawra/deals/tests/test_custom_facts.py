"""Custom fields on the deal's page: shown as what they are, edited where they stand, and taken back."""

import re
from typing import Any

import pytest

from dawra.customers.actions.fields import FieldPlan, archive_field, define_field
from dawra.customers.rules import Option
from dawra.deals.actions.editing import edit_deal
from dawra.deals.models import Deal
from dawra.journal.models import Entry
from dawra.journal.undo import undo


@pytest.fixture
def fields(actor: Any, admin: Any, pipeline: Any) -> dict[str, Any]:
    plans = {
        "text": FieldPlan("Route"), "number": FieldPlan("Trucks"), "date": FieldPlan("Pilot from"), "yes_no": FieldPlan("Tender"),
        "choice": FieldPlan("Region", options=(Option("", "North", "الشمال"), Option("", "South", "الجنوب"))),
    }  # fmt: skip
    return {kind: define_field(actor(admin), record_kind="deal", type=kind, plan=plan) for kind, plan in plans.items()}


@pytest.fixture
def one(deal: Any, sana: Any) -> Deal:
    made: Deal = deal(sana)
    return made


def edit(browser: Any, one: Deal, field: Any, value: str) -> Any:
    said = {"field": field.input_name, "value": value}
    return browser.post(f"/deals/{one.pk}/field/", said, headers={"HX-Request": "true"})


def test_each_is_edited_where_it_stands_and_taken_back(
    fields: Any, one: Deal, sana: Any, actor: Any, client_of: Any
) -> None:
    browser = client_of(sana)
    south = fields["choice"].options[1].code
    for kind, value in (("text", "Riyadh"), ("number", "١٢"), ("date", "2026-12-01"), ("choice", south)):
        assert edit(browser, one, fields[kind], value).status_code == 204, kind
    page = browser.get(f"/deals/{one.pk}/").text
    for shown in ("Riyadh", "12", "1 Dec 2026", "South"):
        assert shown in page
    assert re.search(rf'data-field="{fields["choice"].input_name}" data-value="{south}"[^>]*data-options="o-', page)
    undo(actor(sana), key=Entry.objects.filter(kind="deals.deal_edited.1").latest("id").key)
    assert fields["choice"].key not in Deal.fetch(actor(sana), one.pk).custom


def test_what_cannot_be_used_is_said_and_not_kept(
    fields: Any, one: Deal, sana: Any, actor: Any, client_of: Any
) -> None:
    browser = client_of(sana)
    for kind, value in (("number", "many"), ("date", "soon"), ("choice", "west")):
        assert edit(browser, one, fields[kind], value).status_code == 422, kind
    assert Deal.fetch(actor(sana), one.pk).custom == {}


def test_yes_and_no_are_words_and_lead_to_the_form(
    fields: Any, one: Deal, sana: Any, actor: Any, client_of: Any
) -> None:
    edit_deal(actor(sana), deal_id=one.pk, values={"custom": {fields["yes_no"].key: "yes"}})
    page = client_of(sana).get(f"/deals/{one.pk}/", headers={"accept-language": "en"}).text
    name = fields["yes_no"].input_name
    assert f'/edit/#id_{name}"' in page and f'data-field="{name}"' not in page
    assert f'id="id_{name}"' in client_of(sana).get(f"/deals/{one.pk}/edit/").text
    assert re.search(rf'#id_{name}"[^>]*>\s*Yes', page)


def test_one_put_away_is_read_and_no_longer_edited(
    fields: Any, one: Deal, sana: Any, admin: Any, actor: Any, client_of: Any
) -> None:
    edit_deal(actor(sana), deal_id=one.pk, values={"custom": {fields["text"].key: "Riyadh"}})
    archive_field(actor(admin), field_id=fields["text"].id)
    page = client_of(sana).get(f"/deals/{one.pk}/").text
    assert "Riyadh" in page and fields["text"].input_name not in page


def test_a_stranger_edits_nothing(fields: Any, one: Deal, zayn: Any, client_of: Any) -> None:
    assert edit(client_of(zayn), one, fields["text"], "Mine").status_code in (403, 404)
