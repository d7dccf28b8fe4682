"""Own fields of many deals at once: each has the input that fits it."""

import pytest

from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.tests.acts import a_person
from dawra.deals.models import Deal

pytestmark = pytest.mark.django_db


def test_a_person_is_chosen_by_name_for_many_deals_and_a_wrong_number_is_said_at_its_input(
    client_of, actor, admin, system, omar, sana, deal
):
    field = define_field(actor(admin), record_kind="deal", type="person", plan=FieldPlan("Referred by"))
    seats = define_field(actor(admin), record_kind="deal", type="number", plan=FieldPlan("Seats"))
    referrer, made = a_person(system, sana, "Hadeel Rashid"), [deal(sana, name=name) for name in ("One", "Two")]
    browser, chosen = client_of(omar), {"id": [str(one.pk) for one in made], "which": "chosen"}
    asked = browser.post("/deals/bulk/", chosen).content.decode()
    assert f'name="{field.input_name}_words"' in asked and f'name="{seats.input_name}"' in asked
    wrong = browser.post("/deals/bulk/", chosen | {"field": f"custom.{seats.key}", seats.input_name: "many"})
    assert wrong.status_code == 422 and 'aria-invalid="true"' in wrong.content.decode()
    typed = {"field": f"custom.{field.key}", f"{field.input_name}_words": "hadeel"}
    assert browser.post("/deals/bulk/", chosen | typed).status_code == 200
    kept = Deal.objects.visible_to(actor(sana)).filter(pk__in=[one.pk for one in made])
    assert {one.custom[field.key] for one in kept} == {str(referrer.pk)}
