"""What was set up can be taken back: as it stood before, unless somebody changed it again since."""

from datetime import date
from typing import Any

import pytest

from dawra.access.errors import Conflict, NotFound, Refused
from dawra.deals.actions import pipelines, products, rates, reasons
from dawra.deals.models import OutcomeReason, Pipeline, PipelineVersion, Product, Rate
from dawra.journal.models import Entry
from dawra.journal.undo import undo

DAY = date(2026, 11, 1)
TRACKER = products.ProductSaid("TRK-1", "Tracker", price_minor=45_000, currency="SAR")


def newest(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("id")


def take_back(signed: Any, kind: str) -> Entry:
    entry = newest(kind)
    undo(signed, key=entry.key)
    return entry


@pytest.fixture
def signed(pipeline: Any, admin: Any, actor: Any) -> Any:
    return actor(admin)


def test_a_price_changed_by_mistake_stands_as_before_and_an_added_product_is_put_away(signed: Any) -> None:
    made = products.save_product(signed, said=TRACKER)
    dearer = products.ProductSaid("TRK-1", "Tracker plus", price_minor=54_000, currency="SAR", archived=True)
    products.save_product(signed, said=dearer, product_id=made.pk)
    taken = take_back(signed, "deals.product_saved.1")
    row = Product.objects.get(pk=made.pk)
    assert (row.name, row.price_minor, row.archived_at) == ("Tracker", 45_000, None)
    assert newest("deals.product_saved.1").cause_id == taken.pk
    with pytest.raises(Conflict):
        undo(signed, key=taken.key)
    undo(signed, key=Entry.objects.filter(kind="deals.product_saved.1").earliest("id").key)
    assert Product.objects.get(pk=made.pk).archived_at is not None


def test_what_somebody_changed_since_stays_theirs(signed: Any) -> None:
    made = products.save_product(signed, said=TRACKER)
    first = newest("deals.product_saved.1")
    products.save_product(
        signed, said=products.ProductSaid("TRK-1", "Tracker", price_minor=1, currency="SAR"), product_id=made.pk
    )
    with pytest.raises(Conflict, match="since"):
        undo(signed, key=first.key)
    assert Product.objects.get(pk=made.pk).price_minor == 1


def test_a_reason_gets_its_name_back_and_an_added_one_is_put_away(signed: Any) -> None:
    price = OutcomeReason.objects.get(outcome="lost", code="price")
    reasons.save_reason(signed, said=reasons.ReasonSaid("lost", "Budget", "الميزانية"), reason_id=price.pk)
    take_back(signed, "deals.reason_saved.1")
    again = OutcomeReason.objects.get(pk=price.pk)
    assert (again.name, again.name_ar, again.code) == (price.name, price.name_ar, "price")
    made = reasons.save_reason(signed, said=reasons.ReasonSaid("lost", "No tender"))
    take_back(signed, "deals.reason_saved.1")
    assert OutcomeReason.objects.get(pk=made.pk).archived_at is not None


def test_a_rate_is_what_it_was_whether_it_was_added_changed_or_removed(signed: Any) -> None:
    def standing() -> list[str]:
        return list(Rate.objects.filter(currency="USD").order_by("valid_from_on").values_list("rate", flat=True))

    rates.set_rate(signed, currency="USD", valid_from_on=date(2026, 1, 1), rate="3.75")
    rates.set_rate(signed, currency="USD", valid_from_on=DAY, rate="3.76")
    rates.set_rate(signed, currency="USD", valid_from_on=DAY, rate="37.6")
    take_back(signed, "deals.rate_set.1")
    assert standing() == ["3.75", "3.76"]
    rates.remove_rate(signed, rate_id=Rate.objects.get(valid_from_on=DAY).pk)
    take_back(signed, "deals.rate_set.1")
    assert standing() == ["3.75", "3.76"]
    undo(signed, key=Entry.objects.filter(kind="deals.rate_set.1", facts__rate="3.76").earliest("id").key)
    assert standing() == ["3.75"]
    with pytest.raises(Conflict, match="only rate"):
        undo(signed, key=Entry.objects.filter(kind="deals.rate_set.1", facts__rate="3.75").earliest("id").key)


def test_a_pipeline_gets_its_name_back_and_new_deals_enter_the_one_they_entered(signed: Any) -> None:
    usual = Pipeline.objects.get(is_default=True)
    version = pipelines.add_pipeline(signed, name="Renewals")
    pipelines.publish_version(signed, version_id=version.pk)
    said = pipelines.PipelineSaid("Renewals and more", "التجديدات", is_default=True)
    pipelines.save_pipeline(signed, pipeline_id=version.pipeline_id, said=said)
    assert not Pipeline.objects.get(pk=usual.pk).is_default
    undo(signed, key=newest("deals.pipeline_saved.1").key)
    assert Pipeline.objects.get(is_default=True) == usual
    assert Pipeline.objects.get(pk=version.pipeline_id).name == "Renewals"
    take_back(signed, "deals.pipeline_added.1")
    assert Pipeline.objects.get(pk=version.pipeline_id).archived_at is not None


def test_a_version_published_too_early_is_a_draft_again_until_a_deal_is_in_it(
    signed: Any, deal: Any, sana: Any
) -> None:
    usual = Pipeline.objects.get(is_default=True)
    draft = pipelines.draft_version(signed, pipeline_id=usual.pk)
    pipelines.publish_version(signed, version_id=draft.pk)
    take_back(signed, "deals.pipeline_published.1")
    assert PipelineVersion.objects.get(pk=draft.pk).published_at is None
    pipelines.publish_version(signed, version_id=draft.pk)
    deal(sana)
    with pytest.raises(Conflict, match="entered"):
        take_back(signed, "deals.pipeline_published.1")


def test_nobody_else_takes_it_back(signed: Any, sana: Any, actor: Any) -> None:
    products.save_product(signed, said=TRACKER)
    with pytest.raises((NotFound, Refused)):
        undo(actor(sana), key=newest("deals.product_saved.1").key)


def test_the_page_offers_it(signed: Any, admin: Any, client_of: Any) -> None:
    browser = client_of(admin)
    said = {"code": "TRK-1", "name": "Tracker", "price": "450", "currency": "SAR", "recurs": ""}
    page = browser.post("/settings/products/", said, follow=True)
    assert f"/undo/{newest('deals.product_saved.1').key}/" in page.text
