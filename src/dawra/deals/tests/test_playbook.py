"""The playbook: written and never overwritten, followed in deals, and what following it goes with."""

from datetime import timedelta

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.customers.actions import activities
from dawra.customers.actions.activities import Happening, log_activity
from dawra.deals.actions import pipelines, playing
from dawra.deals.actions.moving import CriteriaUnmet, DealClosed, Move, move_deal
from dawra.deals.actions.objecting import ObjectionSaid, log_objection
from dawra.deals.actions.playing import PlaySaid, StepSaid, Ticking, tick_step, write_play
from dawra.deals.models import Criterion, Deal, Play, StageVisit, StepDone
from dawra.deals.queries import playbook_pages
from dawra.deals.queries.playbook import kept_for
from dawra.journal.listeners import deliver_due
from dawra.journal.undo import undo
from tests.cast import NOW

HOUR = timedelta(hours=1)
SAID = PlaySaid("Call them", "", "Hello", "", (StepSaid("Say hello"), StepSaid("Send a card", "إرسال بطاقة", False)))


def page(actor, stage):
    return playbook_pages.page_of(actor, stage.pk)[1]


def steps(deal):
    return {(row.code, row.step): row for row in StepDone.objects.filter(deal=deal)}


def test_a_new_company_reads_a_starter_playbook_for_every_stage(pipeline, sana, admin, actor):
    book = playbook_pages.playbook(actor(sana))
    assert [one.stage.code for one in book.stages] == [
        "prospecting", "research", "first_contact", "demo", "objections", "closing",
    ]  # fmt: skip
    assert book.has_starters and all(one.play and one.play.required and one.written == 1 for one in book.stages)
    for one in book.stages:
        assert one.play and all((one.play.todo, one.play.todo_ar, one.play.script, one.play.script_ar))
        assert all(step.name and step.name_ar for step in one.play.steps)
        assert len({step.key for step in one.play.steps}) == len(one.play.steps)
    assert playing.load_starter_plays(actor(admin), pipeline_id=book.pipeline.id) == 0


def test_what_is_written_anew_keeps_its_steps_and_can_be_taken_back(pipeline, admin, sana, actor):
    stage, signer = pipeline["first_contact"], actor(admin)
    first = write_play(signer, stage_id=stage.pk, said=SAID, seen=1)
    hello, card = page(signer, stage).play.steps
    assert (hello.required, card.required, card.name_ar, page(signer, stage).written) == (True, False, "إرسال بطاقة", 2)
    assert write_play(signer, stage_id=stage.pk, said=SAID, seen=2) is None, "called the same, it is the same step"
    anew = PlaySaid("Call them", steps=(StepSaid("Greet them", "التحية", key=hello.key),))
    second = write_play(signer, stage_id=stage.pk, said=anew)
    assert [step.key for step in page(signer, stage).play.steps] == [hello.key]
    assert write_play(signer, stage_id=stage.pk, said=anew) is None, "nothing differs"
    with pytest.raises(Stale):
        write_play(signer, stage_id=stage.pk, said=SAID, seen=2)
    with pytest.raises(Conflict):
        undo(signer, key=first.key)
    undo(signer, key=second.key)
    assert page(signer, stage).play.script == "Hello" and page(signer, stage).written == 4
    for wrong in (
        PlaySaid(steps=(StepSaid(" "),)),
        PlaySaid(steps=(StepSaid("x", key="of another"),)),
        PlaySaid(steps=(StepSaid("x", by="magic"),)),
        PlaySaid(material=(("x", "javascript:alert(1)"),)),
        PlaySaid(material=(("x", "https://[bad"),)),
        PlaySaid(todo="x" * 4001),
        PlaySaid(steps=tuple(StepSaid(str(n)) for n in range(21))),
    ):
        with pytest.raises(Invalid):
            write_play(signer, stage_id=stage.pk, said=wrong)
    with pytest.raises(Refused):
        write_play(actor(sana), stage_id=stage.pk, said=SAID)
    with pytest.raises(NotFound):
        write_play(signer, stage_id=pipeline["won"].pk, said=SAID)


def test_a_later_drawing_carries_the_playbook_over_until_it_is_written_there(pipeline, admin, actor):
    signer, old = actor(admin), pipeline["demo"]
    draft = pipelines.draft_version(signer, pipeline_id=old.version.pipeline_id)
    new = draft.stages.get(code="demo")
    write_play(signer, stage_id=old.pk, said=PlaySaid("In the drawing in use"))
    assert page(signer, new).play.todo == "In the drawing in use"
    write_play(signer, stage_id=new.pk, said=PlaySaid("In the draft"))
    write_play(signer, stage_id=old.pk, said=PlaySaid("Again in the drawing in use"))
    assert page(signer, new).play.todo == "In the draft"
    assert page(signer, old).play.todo == "Again in the drawing in use"


def test_steps_are_ticked_in_open_deals_by_who_may_and_taken_back(pipeline, deal, sana, zayn, actor):
    hers = deal(sana)
    said = Ticking("prospecting", "fits", True)
    entry = tick_step(actor(sana), deal_id=hers.pk, said=said)
    assert tick_step(actor(sana), deal_id=hers.pk, said=said) is None
    row = steps(hers)["prospecting", "fits"]
    assert (row.done_by_id, row.by, row.done_at, row.visit.stage.code) == (sana.pk, "", NOW, "prospecting")
    assert row.play == Play.objects.get(code="prospecting")
    undo(actor(sana), key=entry.key)
    assert steps(hers) == {}
    tick_step(actor(sana), deal_id=hers.pk, said=said)
    later = actor(sana, now=NOW + HOUR)
    gone = tick_step(later, deal_id=hers.pk, said=Ticking("prospecting", "fits", False))
    undo(later, key=gone.key)
    assert steps(hers)["prospecting", "fits"].done_at == NOW, "done when it had been done"
    for wrong in (Ticking("prospecting", "no such", True), Ticking("nowhere", "fits", True)):
        with pytest.raises(NotFound):
            tick_step(actor(sana), deal_id=hers.pk, said=wrong)
    with pytest.raises(NotFound):
        tick_step(actor(zayn), deal_id=hers.pk, said=said)
    Deal._base_manager.filter(pk=hers.pk).update(state="lost", closed_at=NOW)
    with pytest.raises(DealClosed):
        tick_step(actor(sana), deal_id=hers.pk, said=Ticking("prospecting", "fits", False))


def test_the_pages_show_and_write_it_in_both_languages(pipeline, deal, admin, sana, client_of):
    stage, hers = pipeline["prospecting"], deal(sana)
    seller, writer = client_of(sana), client_of(admin)
    assert "Compared with the ideal customer profile" in seller.get(f"/deals/{hers.pk}/").content.decode()
    read = seller.get("/deals/playbook/").content.decode()
    assert "Checklist" in read and f"/settings/playbook/{stage.pk}/" not in read
    assert "Fits the ideal customer profile" in read, "its criteria are shown"
    assert seller.get(f"/settings/playbook/{stage.pk}/").status_code == 403
    address = f"/settings/playbook/{stage.pk}/"
    shown = writer.get(address).content.decode()
    assert "step_0_name_ar" in shown and "step_6_name" in shown
    row = {"place": "2", "name": "Say hello", "name_ar": "التحية", "required": "yes", "by": "call", "key": ""}
    sent = {f"step_0_{name}": value for name, value in row.items()}
    sent |= {f"step_1_{name}": value for name, value in (row | {"place": "1", "name": "First", "required": ""}).items()}
    sent |= {"todo": "**Ring**", "todo_ar": "**اتصل**", "script": "Hi", "version": "1"}
    sent |= {"link_0_name": "Price list", "link_0_address": "https://x.example/p"}
    assert writer.post(address, sent | {"link_0_address": "ftp://x"}).status_code == 422
    assert writer.post(address, sent).status_code == 302
    assert writer.post(address, sent | {"todo": "Late"}).status_code == 409, "somebody has written since"
    english = seller.get("/deals/playbook/").content.decode()
    assert "<strong>Ring</strong>" in english and 'href="https://x.example/p"' in english
    assert english.index("First") < english.index("Say hello")
    sana.language = "ar"
    sana.save()
    assert "<strong>اتصل</strong>" in client_of(sana).get("/deals/playbook/").content.decode()
    said = {
        "stage": "prospecting",
        "step": Play.objects.get(code="prospecting", number=2).steps[1]["key"],
        "done": "yes",
    }
    assert seller.post(f"/deals/{hers.pk}/playbook/", said).status_code == 302
    assert 'aria-pressed="true"' in seller.get(f"/deals/{hers.pk}/").content.decode()


def test_a_stage_can_ask_for_the_required_steps(pipeline, deal, sana, admin, actor):
    here = pipeline["prospecting"]
    Criterion.objects.filter(stage=here).delete()
    Criterion.objects.create(stage=here, sort="playbook", detail="prospecting", name="Playbook followed")
    hers, mine = deal(sana), actor(sana)
    with pytest.raises(CriteriaUnmet):
        move_deal(mine, deal_id=hers.pk, move=Move(pipeline["research"].pk))
    for key in ("fits", "named", "reason"):
        tick_step(mine, deal_id=hers.pk, said=Ticking("prospecting", key, True))
    move_deal(mine, deal_id=hers.pk, move=Move(pipeline["research"].pk))
    draft = pipelines.draft_version(actor(admin), pipeline_id=here.version.pipeline_id)
    kept = Criterion.objects.get(stage__version=draft, sort="playbook")
    assert (kept.detail, kept.name) == ("prospecting", "Playbook followed")
    criteria = (pipelines.NewCriterion("playbook", "Its own page", detail="elsewhere"),)
    new = pipelines.save_stage(actor(admin), version_id=draft.pk, new=pipelines.NewStage("Pilot", criteria=criteria))
    assert Criterion.objects.get(stage=new).detail == new.code == "pilot"
    assert kept_for(Deal._base_manager.select_related("stage__version").get(pk=hers.pk)).is_followed("pilot")


def test_what_is_logged_meets_its_step_in_the_stage_of_that_time(pipeline, deal, sana, actor):
    hers, mine = deal(sana), actor(sana)
    Deal._base_manager.filter(pk=hers.pk).update(stage=pipeline["first_contact"])
    StageVisit.objects.filter(deal=hers).update(stage=pipeline["first_contact"])
    logged = log_activity(mine, records=[hers], said=Happening("call", NOW - timedelta(seconds=30)))
    told_again(NOW)
    row = steps(hers)["first_contact", "call"]
    assert (row.by, row.done_by_id, row.done_at) == ("call", sana.pk, NOW), "the form said the minute, not the second"
    log_activity(mine, records=[hers], said=Happening("email", NOW))
    told_again(NOW)
    assert set(steps(hers)) == {("first_contact", "call"), ("first_contact", "thanks")}
    activities.delete_activity(mine, activity_id=logged.activity.pk)
    told_again(NOW)
    assert set(steps(hers)) == {("first_contact", "thanks")}, "logged by mistake"
    move_deal(mine, deal_id=hers.pk, move=Move(pipeline["objections"].pk, override="They ask for a price"))
    later = actor(sana, now=NOW + HOUR)
    gone = log_objection(later, deal_id=hers.pk, said=ObjectionSaid("price", "Too dear"))
    told_again(NOW + HOUR)
    assert ("objections", "logged") in steps(hers)
    undo(later, key=gone.entry.key)
    told_again(NOW + HOUR)
    assert ("objections", "logged") not in steps(hers)


def told_again(now):
    while deliver_due(now + timedelta(minutes=1)):
        pass
