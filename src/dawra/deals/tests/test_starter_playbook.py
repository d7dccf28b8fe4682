"""The starter playbook: put away in one click, and back with what was ticked; and how many deals its report read."""

from datetime import timedelta

import pytest

from dawra.access.errors import Conflict, NotFound, Refused
from dawra.deals.actions import playing
from dawra.deals.actions.moving import Move, move_deal
from dawra.deals.actions.playing import PlaySaid, StepSaid, Ticking, tick_step, write_play
from dawra.deals.models import Deal, StepDone
from dawra.deals.queries import playbook_pages, playbook_report
from dawra.deals.queries.playbook import kept_for
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

OURS = PlaySaid("Call them", steps=(StepSaid("Say hello"),))


def pages(actor):
    return {one.stage.code: one.play for one in playbook_pages.playbook(actor).stages}


def kept(deal):
    return kept_for(Deal._base_manager.select_related("stage__version").get(pk=deal.pk))


def test_the_starter_playbook_goes_in_one_click_and_comes_back_with_its_ticks(
    pipeline, deal, sana, admin, actor, client_of
):
    signer, own, hers = actor(admin), pipeline["demo"], deal(sana)
    before = pages(signer)
    write_play(signer, stage_id=own.pk, said=OURS)
    for step in before["prospecting"].steps:
        tick_step(actor(sana), deal_id=hers.pk, said=Ticking("prospecting", step.key, True))
    address = f"/settings/pipelines/{own.version.pipeline_id}/playbook/"
    assert client_of(sana).post(address, {"act": "remove"}).status_code == 403
    writer = client_of(admin)
    assert b'value="remove"' in writer.get("/deals/playbook/").content
    assert writer.post(address, {"act": "remove"}).status_code == 302
    assert {code for code, play in pages(signer).items() if play} == {own.code}, "what we wrote ourselves stays"
    assert b'value="remove"' not in writer.get("/deals/playbook/").content
    assert StepDone.objects.filter(deal=hers).count() == len(before["prospecting"].steps), "ticks outlive the page"
    write_play(signer, stage_id=pipeline["closing"].pk, said=OURS)
    undo(signer, key=Entry.objects.get(kind="deals.starter_plays_removed.1").key)
    after = pages(signer)
    assert after["research"].is_starter and after["research"].steps == before["research"].steps
    assert (after["closing"].todo, after[own.code].is_starter) == ("Call them", False), "written since, so it stays"
    assert kept(hers).is_followed("prospecting"), "what was ticked counts again"


def test_only_who_draws_pipelines_removes_it_and_what_was_written_since_is_not_overwritten(
    pipeline, sana, zayn, admin, actor
):
    signer, of = actor(admin), pipeline["demo"].version.pipeline_id
    for other in (sana, zayn):
        with pytest.raises(Refused):
            playing.remove_starter_plays(actor(other), pipeline_id=of)
    with pytest.raises(NotFound):
        playing.remove_starter_plays(signer, pipeline_id=pipeline["demo"].pk)
    gone = playing.remove_starter_plays(signer, pipeline_id=of)
    assert playing.remove_starter_plays(signer, pipeline_id=of) is None
    for stage in pages(signer):
        write_play(signer, stage_id=pipeline[stage].pk, said=OURS)
    with pytest.raises(Conflict):
        undo(signer, key=gone.key)
    assert {play.todo for play in pages(signer).values()} == {"Call them"}


def test_how_it_is_followed_says_of_how_many_deals_it_read_the_newest(
    pipeline, deal, sana, zayn, actor, client_of, monkeypatch
):
    mine, after = actor(sana), actor(sana, now=NOW + timedelta(hours=2))
    for name in ("First", "Second", "Third"):
        one = deal(sana, name)
        move_deal(mine, deal_id=one.pk, move=Move(pipeline["research"].pk, override="Said so"))
    whole = playbook_report.report(after)
    assert (whole.read, whole.of, whole.is_cut) == (3, 3, False)
    monkeypatch.setattr(playbook_report, "MOST_FIGURED", 2)
    cut = playbook_report.report(after)
    assert (cut.read, cut.of, cut.is_cut) == (2, 3, True)
    assert "The newest 2 of 3 deals are counted." in client_of(sana).get("/deals/playbook/followed/").content.decode()
    assert playbook_report.report(actor(zayn)).of == 0
