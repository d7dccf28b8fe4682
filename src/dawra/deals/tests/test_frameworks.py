"""Frameworks to qualify by: in versions, on their pages, for programs, beside calls; and a stage that asks for a score."""

from dataclasses import replace

import pytest
from django.test import Client

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, Refused, Stale
from dawra.customers.beside import pieces_beside
from dawra.deals.actions import frameworks, pipelines
from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.frameworks import CriterionSaid, FrameworkSaid
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.actions.people import set_person
from dawra.deals.actions.qualifying import FindingSaid, note_finding
from dawra.deals.models import Criterion, Deal, Framework, FrameworkVersion, Pipeline
from dawra.deals.qualified import requalify_batch
from dawra.deals.queries import qualification
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

BUDGET = FindingSaid("for", "told", "48,000 for this year")


def fresh(deal):
    return Deal._base_manager.select_related("stage__version__pipeline").get(pk=deal.pk)


def score_anew():
    requalify_batch(NOW, pipeline_id=str(Pipeline.objects.get().pk), after="")


def caller(signer, *scopes):
    made = make_token(signer, name="x", scopes=list(scopes), expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_a_framework_is_written_in_versions_and_open_deals_are_scored_anew(pipeline, deal, sana, admin, actor):
    hers, mine, signer = deal(sana), actor(sana), actor(admin)
    note_finding(mine, deal_id=hers.pk, code="need", said=BUDGET)
    framework = Framework.objects.get(name="BANT")
    kept = [CriterionSaid(**{n: one[n] for n in (*frameworks.LONGEST, "weight", "code")}) for one in framework.criteria]
    need = next(one for one in kept if one.code == "need")
    said = FrameworkSaid((replace(need, question="What hurts?"), CriterionSaid("Fit", 70, name_ar="الملاءمة")), "Ours")
    frameworks.write_framework(signer, said=said, framework_id=framework.pk, version=framework.version)
    score_anew()
    assert FrameworkVersion.objects.filter(framework=framework).count() == 2
    panel = qualification.on_deal(fresh(hers))
    assert (panel.name, panel.score, fresh(hers).qualification) == ("Ours", 37, 37)
    assert panel.parts[0].finding.is_old and not panel.gaps[0].finding
    assert frameworks.write_framework(signer, said=said, framework_id=framework.pk).number == 2, "nothing differs"
    with pytest.raises(Stale):
        frameworks.write_framework(signer, said=said, framework_id=framework.pk, version=1)
    for wrong in (
        FrameworkSaid((), "Empty"),
        FrameworkSaid((need,), ""),
        FrameworkSaid((replace(need, weight=0),), "Ours"),
        FrameworkSaid((CriterionSaid(""),), "Ours"),
        FrameworkSaid((need, need), "Ours"),
        FrameworkSaid((replace(need, code="of another"),), "Ours"),
    ):
        with pytest.raises(Invalid):
            frameworks.write_framework(signer, said=wrong, framework_id=framework.pk)
    with pytest.raises(Refused):
        frameworks.write_framework(mine, said=said)
    undo(signer, key=Entry.objects.filter(kind="deals.framework_written.1").latest("id").key)
    score_anew()
    assert (fresh(hers).qualification, qualification.on_deal(fresh(hers)).name) == (37, "BANT")
    with pytest.raises(Conflict):
        frameworks.retire_framework(signer, framework_id=framework.pk, retired=True)
    chosen = frameworks.choose_framework(signer, pipeline_id=pipeline["demo"].version.pipeline_id, framework_id=None)
    score_anew()
    assert (fresh(hers).qualification, qualification.on_deal(fresh(hers))) == (None, None)
    undo(signer, key=chosen.key)
    score_anew()
    assert fresh(hers).qualification == 37, "what was noted has waited for its return"


def test_a_stage_can_ask_for_a_score(pipeline, deal, sana, admin, actor):
    here, hers, mine = pipeline["prospecting"], deal(sana), actor(sana)
    Criterion.objects.filter(stage=here).delete()
    Criterion.objects.create(stage=here, sort="qualified", detail="40", name="Qualified")
    with pytest.raises(CriteriaUnmet):
        move_deal(mine, deal_id=hers.pk, move=Move(pipeline["research"].pk))
    note_finding(mine, deal_id=hers.pk, code="need", said=FindingSaid("for", "proven", "They told us", "A letter"))
    move_deal(mine, deal_id=hers.pk, move=Move(pipeline["research"].pk))
    draft = pipelines.draft_version(actor(admin), pipeline_id=here.version.pipeline_id)
    assert Criterion.objects.get(stage__version=draft, sort="qualified").detail == "40"
    for score in ("", "0", "101", "much"):
        new = pipelines.NewStage("Pilot", criteria=(pipelines.NewCriterion("qualified", "Qualified", detail=score),))
        with pytest.raises(Invalid):
            pipelines.save_stage(actor(admin), version_id=draft.pk, new=new)


def test_the_pages_list_write_and_choose_frameworks_and_tell_what_goes_with_winning(
    pipeline, deal, sana, admin, actor, client_of
):
    hers, seller, writer = deal(sana), client_of(sana), client_of(admin)
    note_finding(actor(sana), deal_id=hers.pk, code="need", said=BUDGET)
    lose_deal(actor(sana), deal_id=hers.pk, close=Close("price", override="They stopped"))
    told = seller.get("/deals/qualification/").content.decode()
    assert "BANT" in told and "few deals" in told
    assert seller.get("/settings/qualification/").status_code == 403
    assert "MEDDICC" in writer.get("/settings/qualification/").content.decode()
    row = {"name": "Fit", "name_ar": "الملاءمة", "question": "Does it fit?", "weight": "٣٠", "place": "1"}
    sent = {"name": "Ours", **{f"row_0_{name}": value for name, value in row.items()}, "row_1_name": ""}
    assert writer.post("/settings/qualification/new/", sent | {"row_0_weight": "0"}).status_code == 422
    assert writer.post("/settings/qualification/new/", sent).status_code == 302
    ours = Framework.objects.get(name="Ours")
    assert (ours.criteria[0]["code"], ours.criteria[0]["weight"], ours.is_starter) == ("fit", 30, False)
    address = f"/settings/qualification/{ours.pk}/"
    assert "Does it fit?" in writer.get(address).content.decode()
    pipeline_id = pipeline["demo"].version.pipeline_id
    assert writer.post(f"/settings/pipelines/{pipeline_id}/framework/", {"framework": str(ours.pk)}).status_code == 302
    assert writer.post(f"{address}retire/").status_code == 409, "a pipeline uses it"
    assert "Does it fit?" in seller.get(f"/deals/{deal(sana, name='New').pk}/").content.decode()
    assert writer.post("/settings/qualification/starters/").status_code == 302


def test_programs_read_and_write_it_too(pipeline, deal, sana, admin, actor):
    hers = deal(sana)
    seller, writer = (
        caller(actor(sana), "deals.read", "deals.work"),
        caller(actor(admin), "deals.read", "deals.pipelines"),
    )
    at = f"/api/v1/deals/{hers.pk}/findings"
    said = {"verdict": "for", "confidence": "told", "answer": "48,000"}
    made = seller.put(f"{at}/budget", said, content_type="application/json")
    assert (made.status_code, made.json()["answer"], made.headers["ETag"]) == (200, "48,000", '"1"')
    late = seller.put(
        f"{at}/budget", said | {"answer": "x"}, content_type="application/json", headers={"If-Match": '"7"'}
    )
    assert late.status_code == 412
    whole = seller.get(at).json()
    assert (whole["score"], whole["known"], whole["gaps"][0]["code"]) == (34, 1, "need")
    assert seller.put(f"{at}/champion", said, content_type="application/json").status_code == 404
    assert seller.delete(f"{at}/budget").status_code == 204
    assert seller.get(f"{at}/budget").status_code == 404
    body = {"name": "Ours", "criteria": [{"name": "Fit", "weight": 10}]}
    assert seller.post("/api/v1/frameworks", body, content_type="application/json").status_code == 403
    ours = writer.post("/api/v1/frameworks", body, content_type="application/json").json()
    anew = body | {"criteria": [{"code": "fit", "name": "Fit", "weight": 20}]}
    path = f"/api/v1/frameworks/{ours['id']}"
    assert writer.put(path, anew, content_type="application/json", headers={"If-Match": '"1"'}).json()["number"] == 2
    chosen = f"/api/v1/pipelines/{pipeline['demo'].version.pipeline_id}/framework"
    assert writer.put(chosen, {"framework_id": ours["id"]}, content_type="application/json").status_code == 200
    listed = seller.get("/api/v1/frameworks?starter=0").json()["items"]
    assert [(one["name"], len(one["pipeline_ids"])) for one in listed] == [("Ours", 1)]
    assert seller.get("/api/v1/qualification/figures").json()["frameworks"] == []


def test_questions_to_ask_stand_beside_a_call(pipeline, deal, person, sana, zayn, actor):
    hers, huda = deal(sana), person(sana)
    set_person(actor(sana), deal_id=hers.pk, person_id=huda.pk, role="champion")
    for kind, pk in (("deal", hers.pk), ("person", huda.pk)):
        pieces = [one for one in pieces_beside(actor(sana), "call", kind, pk) if one.title_code == "questions"]
        assert [len(one.lines) for one in pieces] == [4] and "cost you in a month" in pieces[0].lines[0].text
    assert not [one for one in pieces_beside(actor(zayn), "call", "deal", hers.pk) if one.title_code == "questions"]
