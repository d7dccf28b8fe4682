"""A deal goes on in another pipeline: its history stays whole, and it can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from dawra.access.errors import Invalid, NotFound, Refused, Stale
from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.moving import DealClosed, Move, NeedsReason, change_pipeline
from dawra.deals.actions.pipelines import PipelineSaid, add_pipeline, draft_version, publish_version, save_pipeline
from dawra.deals.models import Deal, PipelineVersion, Stage, StageVisit
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from dawra.site.tests.calling import Caller


@pytest.fixture
def renewals(pipeline: Any, admin: Any, actor: Any) -> PipelineVersion:
    version = add_pipeline(actor(admin), name="Renewals", name_ar="التجديدات")
    return publish_version(actor(admin), version_id=version.pk)


@pytest.fixture
def there(renewals: PipelineVersion) -> dict[str, Stage]:
    return {stage.code: stage for stage in Stage.objects.filter(version=renewals).order_by("position")}


Makes = Callable[..., Deal]


def test_the_deal_stands_in_the_other_pipeline_and_no_day_is_missing(
    there: Any, deal: Makes, sana: Any, actor: Any
) -> None:
    one = deal(sana, amount_minor=100_00)
    entry = change_pipeline(actor(sana), deal_id=one.pk, move=Move(there["demo"].pk, one.version))
    assert entry is not None
    row = Deal.fetch(actor(sana), one.pk, "stage__version__pipeline")
    assert (row.stage.version.pipeline.name, row.probability_bp) == ("Renewals", there["demo"].probability_bp)
    first, second = StageVisit.objects.filter(deal=one).order_by("entered_at", "id")
    assert first.exited_at == second.entered_at and second.exited_at is None and second.stage == there["demo"]
    undo(actor(sana), key=entry.key)
    back = Deal.fetch(actor(sana), one.pk, "stage__version__pipeline")
    assert back.stage_id == first.stage_id and StageVisit.objects.get(deal=one).exited_at is None
    assert [kept.kind for kept in Entry.objects.filter(kind__startswith="deals.deal_ch")] == [entry.kind]


def test_only_an_open_stage_of_the_current_version_of_another_pipeline_in_use_will_do(
    pipeline: Any, renewals: Any, there: Any, deal: Makes, sana: Any, admin: Any, actor: Any
) -> None:
    one, signs = deal(sana), actor(sana)

    def go(stage: Stage) -> None:
        change_pipeline(signs, deal_id=one.pk, move=Move(stage.pk))

    with pytest.raises(Invalid, match="already"):
        go(pipeline["research"])
    with pytest.raises(NeedsReason):
        go(there["won"])
    draft = draft_version(actor(admin), pipeline_id=renewals.pipeline_id)
    with pytest.raises(Invalid, match="current"):
        go(Stage.objects.filter(version=draft, type="open").first())  # type: ignore[arg-type]  # a draft has stages
    save_pipeline(actor(admin), pipeline_id=renewals.pipeline_id, said=PipelineSaid("Renewals", archived=True))
    with pytest.raises(Invalid, match="in use"):
        go(there["research"])
    assert StageVisit.objects.filter(deal=one).count() == 1


def test_a_closed_deal_stays_and_an_old_version_is_told(there: Any, deal: Makes, sana: Any, actor: Any) -> None:
    one = deal(sana)
    with pytest.raises(Stale):
        change_pipeline(actor(sana), deal_id=one.pk, move=Move(there["research"].pk, version=one.version - 1))
    lose_deal(actor(sana), deal_id=one.pk, close=Close("price", ""))
    with pytest.raises(DealClosed):
        change_pipeline(actor(sana), deal_id=one.pk, move=Move(there["research"].pk))


def test_a_stranger_moves_nothing(there: Any, deal: Makes, sana: Any, zayn: Any, actor: Any) -> None:
    one = deal(sana)
    with pytest.raises((NotFound, Refused)):
        change_pipeline(actor(zayn), deal_id=one.pk, move=Move(there["research"].pk))


def test_the_page_offers_the_stages_and_moves(there: Any, deal: Makes, sana: Any, client_of: Any) -> None:
    one, browser = deal(sana), client_of(sana)
    address = f"/deals/{one.pk}/pipeline/"
    assert address in browser.get(f"/deals/{one.pk}/").text
    shown = browser.get(address).text
    assert "Renewals" in shown and str(there["closing"].pk) in shown and str(there["won"].pk) not in shown
    moved = browser.post(address, {"stage": str(there["closing"].pk), "version": one.version})
    assert moved.status_code == 302
    assert "Renewals: Closing" in browser.get(f"/deals/{one.pk}/").text.replace("</bdi>", "").replace("<bdi>", "")
    assert browser.post(address, {"stage": ""}).status_code == 422


def test_with_one_pipeline_the_page_says_so(deal: Makes, sana: Any, client_of: Any) -> None:
    assert "no other pipeline" in client_of(sana).get(f"/deals/{deal(sana).pk}/pipeline/").text


def test_a_program_moves_it_too(there: Any, deal: Makes, sana: Any, zayn: Any) -> None:
    one = deal(sana)
    body = {"stage_id": str(there["research"].pk)}
    assert Caller(zayn)("post", f"/deals/{one.pk}/change-pipeline", body).status_code in (403, 404)
    moved = Caller(sana)("post", f"/deals/{one.pk}/change-pipeline", body)
    assert (moved.status_code, moved.json()["stage"]) == (200, "research")
    assert Caller(sana)("post", f"/deals/{one.pk}/change-pipeline", body).status_code == 422
