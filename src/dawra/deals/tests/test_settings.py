"""Pipelines in versions, rates by day, products and reasons; each closed to who may not design them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dawra.access.errors import Conflict, Invalid, Refused
from dawra.deals.actions import pipelines as drawing
from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.rates import reprice_batch, set_rate
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.actions.versions import change_all_versions, change_version, change_versions_batch
from dawra.deals.inheriting import hand_over_deals
from dawra.deals.models import Deal, OutcomeReason, Pipeline, PipelineVersion, Product, Rate, Stage, StageVisit
from tests.cast import NOW


def now_of(made: Deal) -> Deal:
    return Deal._base_manager.get(pk=made.pk)


def test_the_default_pipeline_is_seeded_once(pipeline, system):
    start_with_defaults(system)
    assert Pipeline.objects.count() == 1
    assert [(s.code, s.probability_bp) for s in Stage.objects.order_by("position")] == [
        ("prospecting", 500),
        ("research", 1000),
        ("first_contact", 2500),
        ("demo", 4500),
        ("objections", 6500),
        ("closing", 8500),
        ("won", 10000),
        ("lost", 0),
    ]
    assert not Stage.objects.filter(name_ar="").exists()
    assert not OutcomeReason.objects.filter(name_ar="").exists()


@pytest.fixture
def second(pipeline, admin, actor):
    """Version 2 without the research stage and with a surer demo."""
    designer = actor(admin)
    draft = drawing.draft_version(designer, pipeline_id=pipeline["demo"].version.pipeline_id)
    stages = {stage.code: stage for stage in Stage.objects.filter(version=draft)}
    drawing.remove_stage(designer, stage_id=stages["research"].pk)
    surer = drawing.NewStage("Demo", "عرض", probability_bp=5000, stage_id=stages["demo"].pk)
    drawing.save_stage(designer, version_id=draft.pk, new=surer)
    return drawing.publish_version(designer, version_id=draft.pk)


def test_a_deal_keeps_the_version_it_entered_until_it_is_moved_over(deal, sana, pipeline, request, actor):
    made = deal(sana, stage_id=pipeline["demo"].pk, amount_minor=1000, at=NOW - timedelta(days=3))
    second = request.getfixturevalue("second")
    assert now_of(made).stage == pipeline["demo"]
    change_version(actor(sana), deal_id=made.pk)
    moved = now_of(made)
    assert (moved.stage.version_id, moved.stage.code, moved.weighted_minor) == (second.pk, "demo", 500)
    visit = StageVisit.objects.get(deal=made)
    assert (visit.stage_id, visit.entered_at) == (moved.stage_id, NOW - timedelta(days=3))


def test_all_open_deals_move_over_and_where_the_stage_is_gone_they_enter_the_nearest(
    deal, sana, pipeline, request, admin, actor
):
    gone = deal(sana, stage_id=pipeline["research"].pk)
    closed = deal(sana)
    lose_deal(actor(sana), deal_id=closed.pk, close=Close("price"))
    second = request.getfixturevalue("second")
    change_all_versions(actor(admin), pipeline_id=second.pipeline_id)
    change_versions_batch(NOW, pipeline_id=str(second.pipeline_id), by="Amal")
    assert now_of(gone).stage.version_id == second.pk
    assert StageVisit.objects.filter(deal=gone).count() == 2
    assert now_of(closed).stage.version_id != second.pk


def test_what_is_published_no_longer_changes(second, admin, actor):
    for act in (drawing.publish_version, drawing.discard_draft):
        with pytest.raises(Conflict):
            act(actor(admin), version_id=second.pk)
    with pytest.raises(Conflict):
        drawing.save_stage(actor(admin), version_id=second.pk, new=drawing.NewStage("Late"))


def test_a_pipeline_without_a_won_stage_is_not_published(pipeline, admin, actor):
    draft = drawing.draft_version(actor(admin), pipeline_id=pipeline["won"].version.pipeline_id)
    drawing.remove_stage(actor(admin), stage_id=Stage.objects.get(version=draft, code="won").pk)
    with pytest.raises(Conflict):
        drawing.publish_version(actor(admin), version_id=draft.pk)


def test_a_new_rate_values_open_deals_anew_and_leaves_closed_ones(deal, sana, admin, actor):
    set_rate(actor(admin), currency="usd", valid_from_on=date(2026, 1, 1), rate="3.70")
    stays, closed = (deal(sana, amount_minor=100_00, currency="USD") for _n in range(2))
    lose_deal(actor(sana), deal_id=closed.pk, close=Close("price"))
    set_rate(actor(admin), currency="USD", valid_from_on=NOW.date(), rate="٣٫٨٠")
    reprice_batch(NOW, currency="USD", after="")
    assert (now_of(stays).base_minor, now_of(stays).rate, now_of(stays).version) == (380_00, "3.80", 1)
    assert now_of(closed).base_minor == 370_00


@pytest.mark.parametrize(
    ("currency", "rate"), [("SAR", "1"), ("dollar", "1"), ("USD", "0"), ("USD", "many"), ("USD", "-1")]
)
def test_a_rate_that_is_none_is_refused(pipeline, admin, actor, currency, rate):
    with pytest.raises(Invalid):
        set_rate(actor(admin), currency=currency, valid_from_on=NOW.date(), rate=rate)
    assert not Rate.objects.exists()


def test_a_rep_designs_nothing(pipeline, sana, actor, client_of):
    with pytest.raises(Refused):
        set_rate(actor(sana), currency="USD", valid_from_on=NOW.date(), rate="3.75")
    with pytest.raises(Refused):
        drawing.add_pipeline(actor(sana), name="Mine")
    for name in ("pipelines", "products", "reasons", "rates"):
        assert client_of(sana).get(reverse(f"deals:{name}")).status_code == 403


def test_the_settings_pages_work_without_scripts(pipeline, admin, client_of):
    client = client_of(admin)
    chain = pipeline["demo"].version.pipeline_id
    client.post(reverse("deals:draft_pipeline", args=[chain]))
    draft = PipelineVersion.objects.get(published_at__isnull=True)
    asked = {"name": "Pilot", "name_ar": "تجربة", "type": "open", "probability": "55.5", "stalled_after_days": 21}
    asked |= {"forecast_category": "commit", "ask_0": "activity:meeting", "ask_name_0": "Kick-off held"}
    assert client.post(reverse("deals:add_stage", args=[draft.pk]), asked).status_code == 302
    pilot = Stage.objects.get(version=draft, code="pilot")
    assert (pilot.probability_bp, pilot.criteria.get().detail) == (5550, "meeting")
    assert pilot.position < Stage.objects.get(version=draft, code="won").position
    places = {f"place_{pilot.pk}": 1} | {
        f"place_{s.pk}": 2 for s in Stage.objects.filter(version=draft, code="closing")
    }
    client.post(reverse("deals:order_stages", args=[draft.pk]), places)
    assert Stage.objects.get(pk=pilot.pk).position == 0
    for name, args in (("pipelines", []), ("pipeline", [chain]), ("change_stage", [draft.pk, pilot.pk])):
        assert client.get(reverse(f"deals:{name}", args=args)).status_code == 200
    client.post(reverse("deals:publish_version", args=[draft.pk]))
    assert PipelineVersion.objects.get(pk=draft.pk).published_at


def test_products_reasons_and_rates_are_set_in_forms(pipeline, admin, client_of):
    client = client_of(admin)
    client.post(
        reverse("deals:products"),
        {"code": "R-1", "name": "Routing", "price": "22", "currency": "SAR", "recurs": "month"},
    )
    assert Product.objects.get().price_minor == 2200
    assert (
        client.post(
            reverse("deals:products"), {"code": "R-1", "name": "Twin", "price": "2", "currency": "SAR"}
        ).status_code
        == 409
    )
    client.post(
        reverse("deals:product", args=[Product.objects.get().pk]),
        {"code": "R-1", "name": "Routing", "price": "23", "currency": "SAR"},
    )
    assert Product.objects.get().price_minor == 2300
    client.post(reverse("deals:reasons"), {"outcome": "lost", "name": "Merged away", "name_ar": "اندماج"})
    assert OutcomeReason.objects.filter(code="merged_away").exists()
    client.post(reverse("deals:rates"), {"currency": "USD", "rate": "3.75", "valid_from_on": "2026-01-01"})
    assert Rate.objects.get().rate == "3.75"
    assert (
        client.post(reverse("deals:rates"), {"currency": "USD", "rate": "x", "valid_from_on": "2026-01-01"}).status_code
        == 422
    )
    for name in ("products", "reasons", "rates"):
        assert client.get(reverse(f"deals:{name}")).status_code == 200


def test_the_heir_gets_the_open_deals(deal, sana, lina, admin, actor):
    stays, goes = deal(sana), deal(sana)
    lose_deal(actor(sana), deal_id=stays.pk, close=Close("price"))
    assert hand_over_deals(sana, lina, actor(admin)) == {"deals": 1}
    assert hand_over_deals(sana, lina, actor(admin)) == {"deals": 0}
    assert (now_of(goes).owner, now_of(stays).owner) == (lina, sana)
