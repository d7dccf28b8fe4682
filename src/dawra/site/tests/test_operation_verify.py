"""Each invariant holds for a real company, and notices the very damage it is there for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dawra.site.operation import verify
from dawra.site.operation.invariants import INVARIANTS
from tests.cast import NOW

BY_ID = {invariant.id: invariant for invariant in INVARIANTS}


def test_ids_are_unique_and_sentences_end() -> None:
    assert len(BY_ID) == len(INVARIANTS)
    assert all(invariant.sentence.endswith(".") for invariant in INVARIANTS)


def test_everything_holds_for_a_company_that_has_just_started(cast: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    broken = [verdict for verdict in verify.verify() if not verdict.holds]
    assert broken == []


def test_an_invariant_only_reads(db: Any) -> None:
    for invariant in INVARIANTS:
        for vendor in ("sqlite", "postgresql"):
            assert invariant.text(vendor).lstrip().upper().startswith(("SELECT", "WITH"))


def test_a_file_nobody_attached_is_found(cast: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "stray").write_text("x")
    (tmp_path / "ab" / "coming.tmp").write_text("x")
    assert verify.files().examples == ("abstray: attached to nothing",)


@pytest.fixture
def deal(cast: Any) -> Any:
    """A deal as rows, without the actions: what matters here is the damage."""
    from dawra.deals.models import Deal, Pipeline, PipelineVersion, Stage, StageVisit
    from dawra.journal.models import Entry, Mention

    pipeline = Pipeline.objects.create(name="Sales")
    version = PipelineVersion.objects.create(pipeline=pipeline, number=1, published_at=NOW)
    stage = Stage.objects.create(version=version, code="prospecting", name="Prospecting", position=1)
    row = Deal(
        name="Vans",
        folded="vans",
        stage=stage,
        stage_since=NOW,
        currency="SAR",
        base_minor=1000,
        probability_bp=1055,
        weighted_minor=106,
        owner=cast.sana,
        created_at=NOW,
        updated_at=NOW,
    )
    row.save(force_insert=True)
    StageVisit.objects.create(deal=row, stage=stage, entered_at=NOW, amount_minor=0, currency="SAR", probability_bp=0)
    entry = Entry.objects.create(kind="deals.deal_added.1", happened_at=NOW, written_at=NOW, via="ui")
    Mention.objects.create(entry=entry, record_kind="deal", record_id=row.pk, kind=entry.kind, happened_at=NOW)
    return row


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def count(name: str) -> int:
    return verify.judge(BY_ID[name]).count


def test_a_weighted_value_that_is_off_by_one_is_found(deal: Any) -> None:
    assert count("deal.weighted") == 0  # 105.5 rounds to 106 (half up) or to 106 (half to even)
    sql("UPDATE deals_deal SET weighted_minor = 107")
    assert count("deal.weighted") == 1


def test_a_deal_without_its_entry_is_found(deal: Any) -> None:
    assert count("journal.deal") == 0
    sql("DELETE FROM journal_mention")
    assert count("journal.deal") == 1


def test_a_gap_and_an_overlap_between_visits_are_found(deal: Any) -> None:
    from dawra.deals.models import StageVisit

    assert count("visits.touch") == 0 and count("visits.open_one") == 0
    hour = timedelta(hours=1)
    earlier = StageVisit.objects.create(
        deal=deal,
        stage=deal.stage,
        entered_at=NOW - 2 * hour,
        exited_at=NOW,
        amount_minor=0,
        currency="SAR",
        probability_bp=0,
    )
    assert count("visits.touch") == 0
    StageVisit.objects.filter(pk=earlier.pk).update(exited_at=NOW - hour)
    assert count("visits.touch") == 1
    StageVisit.objects.filter(pk=earlier.pk).update(exited_at=NOW + hour)
    assert count("visits.touch") == 1


def test_an_open_deal_without_an_open_visit_is_found(deal: Any) -> None:
    from dawra.deals.models import StageVisit

    StageVisit.objects.update(exited_at=NOW + timedelta(hours=1))
    assert count("visits.open_one") == 1


def test_a_deal_search_cannot_find_is_found(deal: Any) -> None:
    assert count("search.deal") == 1


def test_a_later_entry_heard_before_an_earlier_one_is_found(deal: Any) -> None:
    from dawra.journal.models import Delivery, Entry

    first = Entry.objects.get()
    second = Entry.objects.create(kind="deals.deal_won.1", happened_at=NOW, written_at=NOW, via="ui")
    owed = {"listener": "x.y", "subject_id": deal.pk, "next_try_at": NOW}
    Delivery.objects.create(entry=first, **owed)
    late = Delivery.objects.create(entry=second, **owed)
    assert count("delivery.in_order") == 0
    Delivery.objects.filter(pk=late.pk).update(done_at=NOW)
    assert count("delivery.in_order") == 1
