"""Templates of close plans: written, begun with in the deals they are for, taken from a plan, put away, taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.deals import sampling_close_plans
from dawra.deals.actions import close_plans, plan_templates, starting
from dawra.deals.actions.plan_templates import TemplateSaid
from dawra.deals.close_plan_seeds import USUAL, UsualStep
from dawra.deals.models import Pipeline, PlanStep, PlanTemplate
from dawra.deals.queries.plan_templates import for_deal, templates
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

TODAY = NOW.date()
STEPS = (
    UsualStep("theirs", 0, "Sign", "التوقيع"),
    UsualStep("ours", 3, "Fit the trackers", "تركيب الأجهزة", "start"),
    UsualStep("theirs", 10, "Board decides"),
)
OURS = TemplateSaid(STEPS, "Pilot first", "التجربة أولًا")


def test_a_template_of_ones_own_is_begun_with_and_its_days_count_from_the_start_and_back_from_the_close(
    deal, sana, zayn, admin, actor
):
    hers = deal(sana, expected_close_on=TODAY + timedelta(days=28))
    made = plan_templates.write_template(actor(admin), said=OURS).template
    assert [one["title"] for one in made.steps] == ["Fit the trackers", "Board decides", "Sign"], "by their days"
    with pytest.raises(NotFound):
        close_plans.begin_plan(actor(zayn), deal_id=hers.pk, language="en", template_id=made.pk)
    begun = close_plans.begin_plan(actor(sana), deal_id=hers.pk, language="ar", template_id=made.pk)
    found = [((row.due_on - TODAY).days, row.title, row.member_id) for row in PlanStep.objects.order_by("due_on")]
    assert found == [(3, "تركيب الأجهزة", sana.pk), (18, "Board decides", None), (28, "التوقيع", None)]
    undo(actor(sana), key=begun.key)
    assert not PlanStep.objects.exists()
    plan_templates.retire_template(actor(admin), template_id=made.pk, retired=True)
    with pytest.raises(Invalid):
        close_plans.begin_plan(actor(sana), deal_id=hers.pk, language="en", template_id=made.pk)


def test_a_template_of_another_pipeline_is_not_offered(deal, sana, admin, system, actor):
    hers = deal(sana)
    other = Pipeline.objects.create(name="Partners", position=9)
    of = hers.stage.version.pipeline_id
    partners = plan_templates.write_template(actor(admin), said=replace(OURS, pipeline_id=other.pk)).template
    everybody = plan_templates.write_template(actor(admin), said=OURS).template
    ours = plan_templates.write_template(actor(admin), said=replace(OURS, name="Zest", pipeline_id=of)).template
    assert [one.id for one in for_deal(hers)] == [ours.pk, everybody.pk], "the pipeline's own first"
    with pytest.raises(Invalid):
        close_plans.begin_plan(actor(sana), deal_id=hers.pk, language="en", template_id=partners.pk)
    starting.start_with_defaults(system)


def test_it_is_written_anew_with_what_was_seen_and_taken_back(pipeline, sana, admin, actor):
    signer = actor(admin)
    first = plan_templates.write_template(signer, said=OURS)
    again = plan_templates.write_template(
        signer, said=replace(OURS, steps=STEPS[:1]), template_id=first.template.pk, version=1
    )
    assert (again.template.version, len(again.template.steps)) == (2, 1)
    same = plan_templates.write_template(
        signer, said=replace(OURS, steps=STEPS[:1]), template_id=first.template.pk, version=2
    )
    assert same.entry is None, "nothing differs"
    with pytest.raises(Stale):
        plan_templates.write_template(signer, said=OURS, template_id=first.template.pk, version=1)
    with pytest.raises(Conflict):
        undo(signer, key=first.entry.key)
    undo(signer, key=again.entry.key)
    row = PlanTemplate.objects.get()
    assert len(row.steps) == 3
    undo(signer, key=first.entry.key)
    row.refresh_from_db()
    assert row.retired_at, "a new one is put away"
    undo(signer, key=Entry.objects.filter(kind="deals.plan_template_retired.1").latest("id").key)
    row.refresh_from_db()
    assert row.retired_at is None
    for wrong in (
        replace(OURS, name="", name_ar=" "),
        replace(OURS, steps=()),
        replace(OURS, steps=STEPS * 11),
        replace(OURS, steps=(UsualStep("ours", 1, " "),)),
        replace(OURS, steps=(UsualStep("nobody", 1, "x"),)),
        replace(OURS, steps=(UsualStep("ours", 1, "x", anchor="never"),)),
        replace(OURS, steps=(UsualStep("ours", -1, "x"),)),
        replace(OURS, steps=(UsualStep("ours", 1, "x" * 201),)),
        replace(OURS, pipeline_id=row.pk),
    ):
        with pytest.raises(Invalid):
            plan_templates.write_template(signer, said=wrong)
    for act in (
        lambda: plan_templates.write_template(actor(sana), said=OURS),
        lambda: plan_templates.retire_template(actor(sana), template_id=row.pk, retired=True),
    ):
        with pytest.raises(Refused):
            act()


def test_the_plan_of_a_deal_becomes_a_template(deal, sana, zayn, admin, actor):
    hers = deal(sana, expected_close_on=TODAY + timedelta(days=20))
    with pytest.raises(Conflict):
        plan_templates.keep_plan(actor(admin), deal_id=hers.pk, name="Ours")
    for title, days, side in (("مراجعة العقد", 6, "theirs"), ("Sign", 25, "theirs"), ("Kick off", 20, "ours")):
        said = close_plans.StepSaid(title, TODAY + timedelta(days=days), side)
        close_plans.add_step(actor(sana), deal_id=hers.pk, said=said)
    with pytest.raises(Refused):
        plan_templates.keep_plan(actor(sana), deal_id=hers.pk, name="Ours")
    with pytest.raises(NotFound):
        plan_templates.keep_plan(replace(actor(zayn), everything=True), deal_id=hers.pk, name="Ours")
    kept = plan_templates.keep_plan(actor(admin), deal_id=hers.pk, name="Ours").template
    assert kept.pipeline_id == hers.stage.version.pipeline_id
    found = [(one["days"], one["title"], one["title_ar"], one["side"]) for one in kept.steps]
    assert found == [
        (14, "", "مراجعة العقد", "theirs"), (0, "Kick off", "", "ours"), (0, "Sign", "", "theirs"),
    ]  # fmt: skip


def test_its_pages_write_it_and_a_deal_begins_with_it(deal, sana, zayn, admin, client_of, actor):
    hers, writer, seller = deal(sana, expected_close_on=TODAY + timedelta(days=28)), client_of(admin), client_of(sana)
    assert "No template yet" in writer.get("/settings/close-plans/").content.decode()
    assert seller.get("/settings/close-plans/").status_code == 403
    row = {"title": "Board decides", "title_ar": "", "side": "theirs", "anchor": "close", "days": "١٠"}
    sent = {"name": "Ours", "pipeline_id": ""} | {f"step_0_{name}": value for name, value in row.items()}
    address = "/settings/close-plans/new/"
    assert writer.post(address, sent | {"step_0_days": "soon"}).status_code == 422
    assert seller.post(address, sent).status_code == 403
    assert writer.post(address, sent).status_code == 302
    made = PlanTemplate.objects.get()
    shown = writer.get("/settings/close-plans/").content.decode()
    assert "10 days before the close" in shown and "Board decides" in shown
    at = f"/settings/close-plans/{made.pk}/"
    assert writer.post(at, sent | {"name": "Ours 2", "version": "1"}).status_code == 302
    assert writer.post(at, sent | {"name": "Ours 3", "version": "1"}).status_code == 409
    begin = f"/deals/{hers.pk}/plan/begin/"
    assert begin in seller.get(f"/deals/{hers.pk}/").content.decode()
    assert "Ours 2" in seller.get(begin).content.decode()
    assert client_of(zayn).get(begin).status_code == 404
    assert seller.post(begin, {"template_id": str(hers.pk)}).status_code == 422
    assert seller.post(begin, {"template_id": str(made.pk)}).status_code == 302
    assert PlanStep.objects.get().title == "Board decides"
    assert seller.post(begin, {"template_id": ""}).status_code == 409
    assert "Save as a template" in writer.get(f"/deals/{hers.pk}/plan/").content.decode()
    assert "Save as a template" not in seller.get(f"/deals/{hers.pk}/plan/").content.decode()
    assert 'value="Board decides"' in writer.get(f"{address}?deal={hers.pk}").content.decode()
    assert writer.post(f"{at}retire/").status_code == 302
    assert "Ours 2" not in seller.get(begin).content.decode()
    assert writer.post(f"{at}retire/", {"act": "use"}).status_code == 302


def test_programs_write_it_and_begin_with_it(deal, sana, zayn, admin, actor):
    hers = deal(sana)
    writer = caller(actor(admin), "deals.read", "deals.pipelines", "deals.work")
    body = {"name": "Ours", "steps": [{"title": "Sign", "side": "theirs"}]}
    made = writer.post("/api/v1/plan-templates", body, content_type="application/json")
    assert made.status_code == 201
    at = made.headers["Location"].removeprefix("http://testserver")
    seller = caller(actor(sana), "deals.read", "deals.work")
    assert seller.get(at).json()["steps"][0]["days"] == 0
    assert seller.post("/api/v1/plan-templates", body, content_type="application/json").status_code == 403
    late = {"If-Match": '"9"'}
    assert writer.put(at, body, content_type="application/json", headers=late).status_code == 412
    begin = f"/api/v1/deals/{hers.pk}/plan/begin"
    with_it = {"template_id": made.json()["id"], "language": "en"}
    stranger = caller(actor(zayn), "deals.read", "deals.work")
    assert stranger.post(begin, with_it, content_type="application/json").status_code == 404
    assert seller.post(begin, with_it, content_type="application/json").json()["steps"][0]["title"] == "Sign"
    keep = f"/api/v1/deals/{hers.pk}/plan/template"
    assert seller.post(keep, {"name": "Hers"}, content_type="application/json").status_code == 403
    assert writer.post(keep, {"name": "Hers"}, content_type="application/json").status_code == 201
    assert writer.post(f"{at}/retire", {"retired": True}, content_type="application/json").json()["retired_at"]
    listed = seller.get("/api/v1/plan-templates?retired=false").json()["items"]
    assert [one["name"] for one in listed] == ["Hers"]


def caller(signer, *scopes):
    made = make_token(signer, name="x", scopes=list(scopes), expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_the_sample_brings_one_that_goes_unless_somebody_made_it_theirs(pipeline, admin, actor):
    sampling_close_plans.write(actor(admin), NOW)
    card = templates(actor(admin))[0]
    assert card.name and card.name_ar and all(step.title and step.title_ar for step in card.steps)
    said = TemplateSaid(USUAL, card.name)
    plan_templates.write_template(actor(admin), said=said, template_id=card.id)
    sampling_close_plans.write(actor(admin), NOW)
    sampling_close_plans.take_out_templates()
    assert [one.id for one in templates(actor(admin))] == [card.id]
