"""What a deal must show before it moves on: its own fields from a stage on, and what was really done."""

import pytest

from dawra.access.errors import Invalid, NotFound
from dawra.customers.actions.activities import Happening, delete_activity, log_activity, restore_activity
from dawra.customers.actions.fields import FieldPlan, archive_field, change_field, define_field
from dawra.customers.models import FieldDef
from dawra.customers.queries.stages import stages_of
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.actions.pipelines import draft_version, publish_version
from dawra.deals.models import Criterion, Deal, Stage
from tests.cast import NOW


@pytest.fixture
def budget(actor, admin, pipeline):
    Criterion.objects.all().delete()
    return define_field(actor(admin), record_kind="deal", type="text", plan=FieldPlan("Budget", required_at=("demo",)))


def move(signed, made, code, **said):
    stage = Stage.objects.filter(version=made.stage.version).get(code=code)
    return move_deal(signed, deal_id=made.pk, move=Move(stage.pk, **said))


def asked(signed, made, code) -> list[str]:
    with pytest.raises(CriteriaUnmet) as unmet:
        move(signed, made, code)
    return [one["detail"] for one in unmet.value.facts["unmet"]]


def test_a_field_is_asked_for_from_its_stage_on(deal, sana, zayn, actor, budget):
    made = deal(sana)
    assert move(actor(sana), made, "research")
    assert asked(actor(sana), made, "demo") == asked(actor(sana), made, "closing") == [f"custom.{budget.key}"]
    with pytest.raises(NotFound):
        move(actor(zayn), made, "demo")
    edit_deal(actor(sana), deal_id=made.pk, values={"custom": {budget.key: "Approved"}})
    assert move(actor(sana), made, "demo")


def test_it_is_asked_in_every_later_drawing_of_the_pipeline(deal, sana, admin, actor, pipeline, budget):
    drawn = draft_version(actor(admin), pipeline_id=pipeline["demo"].version.pipeline_id)
    publish_version(actor(admin), version_id=drawn.pk)
    made = deal(sana)
    fresh = Deal._base_manager.select_related("stage").get(pk=made.pk)
    assert fresh.stage.version_id == drawn.pk != pipeline["demo"].version_id
    assert asked(actor(sana), fresh, "demo") == [f"custom.{budget.key}"]


def test_an_archived_field_is_not_asked_for(deal, sana, admin, actor, budget):
    archive_field(actor(admin), field_id=budget.id)
    assert move(actor(sana), deal(sana), "demo")


def test_the_settings_page_offers_the_stages_of_deals_and_keeps_their_codes(client_of, admin, pipeline):
    client = client_of(admin)
    page = client.get("/settings/fields/add/?kind=deal").content.decode()
    assert "Handling objections" in page and "Lost" not in page
    said = {"record_kind": "deal", "type": "text", "name": "Budget", "required_at": ["demo", "closing"]}
    assert client.post("/settings/fields/add/?kind=deal", said).status_code == 302
    row = FieldDef.objects.get()
    assert row.required_at == ["demo", "closing"]
    page = client.get(f"/settings/fields/{row.pk}/").content.decode()
    assert page.count("checked") == 2
    assert dict(stages_of("deal", "ar"))["demo"] != dict(stages_of("deal", "en"))["demo"]


def test_a_stage_nobody_knows_is_refused_and_one_that_is_gone_stays(actor, admin, pipeline):
    with pytest.raises(Invalid):
        define_field(actor(admin), record_kind="deal", type="text", plan=FieldPlan("X", required_at=("moon",)))
    made = define_field(actor(admin), record_kind="deal", type="text", plan=FieldPlan("X", required_at=("demo",)))
    Stage.objects.filter(code="demo").update(code="show")
    assert change_field(actor(admin), field_id=made.id, plan=FieldPlan("Y", required_at=("demo",)))


def test_a_deleted_activity_does_not_count(deal, sana, actor, pipeline):
    Criterion.objects.all().delete()
    Criterion.objects.create(stage=pipeline["prospecting"], sort="activity", detail="call", name="Call", position=1)
    made = deal(sana)
    logged = log_activity(actor(sana), records=[made], said=Happening("call", NOW, "Hello"))
    delete_activity(actor(sana), activity_id=logged.activity.pk)
    assert asked(actor(sana), made, "research") == ["call"]
    restore_activity(actor(sana), activity_id=logged.activity.pk)
    assert move(actor(sana), made, "research")
