"""The playbook: written and never overwritten, followed in deals, and what following it goes with."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.customers.actions import activities
from dawra.customers.actions.activities import Happening, log_activity
from dawra.customers.beside import pieces_beside
from dawra.deals.actions import pipelines, playing
from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.moving import CriteriaUnmet, DealClosed, Move, move_deal
from dawra.deals.actions.objecting import ObjectionSaid, log_objection
from dawra.deals.actions.playing import PlaySaid, StepSaid, Ticking, tick_step, write_play
from dawra.deals.models import Criterion, Deal, Play, StageVisit, StepDone
from dawra.deals.queries import playbook_pages, playbook_report
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
    with translation.override("en"):  # what a request in Arabic leaves behind ends here
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


def test_how_it_is_followed_counts_what_was_done_in_time_and_opens_its_deals(
    pipeline, deal, sana, omar, zayn, actor, client_of, django_assert_max_num_queries
):
    """Prospecting has three required steps: one deal had all done in time, one a single one and two ticked too late."""
    faithful, late = deal(sana, "Faithful"), deal(sana, "Late")
    mine, after = actor(sana, now=NOW + HOUR), actor(sana, now=NOW + 2 * HOUR)
    for key in ("fits", "named", "reason"):
        tick_step(mine, deal_id=faithful.pk, said=Ticking("prospecting", key, True))
    tick_step(mine, deal_id=late.pk, said=Ticking("prospecting", "fits", True))
    for one in (faithful, late):
        move_deal(mine, deal_id=one.pk, move=Move(pipeline["research"].pk, override="Said so"))
    for key in ("named", "reason"):
        tick_step(after, deal_id=late.pk, said=Ticking("prospecting", key, True))
    lose_deal(after, deal_id=late.pk, close=Close(reason="price"))
    with django_assert_max_num_queries(10):
        report = playbook_report.report(actor(omar, now=NOW + 3 * HOUR))
    assert [(one.name, one.share.n, one.done, one.due) for one in report.reps] == [("Sana Khoury", 2, 4, 6)]
    assert (report.all.share.share_bp, report.all.is_few) == (6667, True)
    assert [(line.stage.code, line.all.share.n) for line in report.stages][:2] == [("prospecting", 2), ("research", 0)]
    assert (report.closed, report.difference) == (1, None), "lost in research: nothing is due there"
    assert next((band.name, band.share.hits, band.share.n) for band in report.bands) == ("low", 0, 1)
    under = playbook_report.deals_under(actor(omar, now=NOW + 3 * HOUR), None, 365, playbook_report.Under(band="low"))
    assert [(line.name, line.done, line.due) for line in under] == [("Late", 1, 3)]
    assert playbook_report.report(actor(zayn)).all.share.n == 0
    page = client_of(omar).get("/deals/playbook/followed/").content.decode()
    assert "Sana Khoury" in page and "does not prove" in page and "Too little history" in page
    assert "Late" in client_of(omar).get(f"/deals/playbook/followed/deals/?rep={sana.pk}").content.decode()
    assert "Late" not in client_of(zayn).get("/deals/playbook/followed/deals/").content.decode()


def test_programs_read_write_and_tick_it(pipeline, deal, admin, sana, zayn, actor):
    stage, hers = pipeline["prospecting"], deal(sana)
    writer, seller = (
        caller(actor(admin), ["deals.read", "deals.pipelines"]),
        caller(actor(sana), ["deals.read", "deals.work"]),
    )
    address = f"/api/v1/stages/{stage.pk}/play"
    shown = writer.get(address)
    assert shown.headers["ETag"] == '"1"' and shown.json()["is_starter"]
    body = {"todo": "Ring", "steps": [{"name": "Say hello"}], "material": [{"address": "https://x.example"}]}
    put = writer.put(address, body, content_type="application/json", headers={"If-Match": '"1"'})
    assert put.status_code == 200 and put.json()["version"] == 2
    key = put.json()["steps"][0]["key"]
    late = writer.put(address, body | {"todo": "x"}, content_type="application/json", headers={"If-Match": '"1"'})
    assert late.status_code == 412
    assert seller.put(address, body, content_type="application/json", headers={"If-Match": '"2"'}).status_code == 403
    book = seller.get(f"/api/v1/pipelines/{stage.version.pipeline_id}/playbook").json()["items"]
    assert book[0]["stage"] == "prospecting" and book[0]["steps"][0]["name"] == "Say hello"
    tick = {"stage": "prospecting", "step": key}
    mine = f"/api/v1/deals/{hers.pk}/playbook"
    told = seller.post(mine, tick, content_type="application/json").json()
    assert (told["required"], told["required_done"]) == (1, 1) and told["steps"][0]["done_at"]
    assert (
        caller(actor(zayn), ["deals.read", "deals.work"]).post(mine, tick, content_type="application/json").status_code
        == 404
    )
    assert seller.get("/api/v1/playbooks/adherence?days=90").json()["all"]["share"]["n"] == 0
    assert seller.get("/api/v1/playbooks/adherence?days=7").status_code == 422


def caller(signer, scopes):
    made = make_token(signer, name="t", scopes=scopes, expires_at=None)
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_the_script_stands_beside_the_form_of_a_call(pipeline, deal, company, sana, zayn, actor, client_of):
    nile = company(sana)
    hers = deal(sana, company_id=nile.pk)
    form = client_of(sana).get(f"/records/deal/{hers.pk}/add/call/").content.decode()
    assert "Script: Prospecting" in form and "may I call you for ten minutes" in form
    piece = next(one for one in pieces_beside(actor(sana), "call", "company", nile.pk) if one.title_code == "script")
    assert piece.lines[-1].note == "still to do" and len(piece.lines) == 5
    assert pieces_beside(actor(zayn), "call", "deal", hers.pk) == []
