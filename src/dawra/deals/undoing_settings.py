"""Taking back what was set up: pipelines, products, reasons and rates.

What was added is put away, what was changed stands as before; what somebody changed again since is theirs. A draft has
no way back: it is drawn again or discarded. Deals that moved to a newer version stay there.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.deals.actions import pipelines, products, rates, reasons
from dawra.deals.models import OutcomeReason, Pipeline, Product, Rate
from dawra.journal.models import Entry
from dawra.journal.undo import reverses

CHANGED_SINCE = _("This has been changed again since, so it can no longer be taken back.")


@reverses("deals.product_saved.1")
def put_product_back(actor: Actor, entry: Entry) -> None:
    product = Product.objects.filter(pk=UUID(entry.facts["product_id"])).first()
    names = ("code", "name", "name_ar", "family", "unit", "price_minor", "currency", "recurs")
    said = products.ProductSaid(**_as_before(product, entry, names, added_if_empty="code"))
    products.save_product(actor, said=said, product_id=UUID(entry.facts["product_id"]), cause=entry)


@reverses("deals.reason_saved.1")
def put_reason_back(actor: Actor, entry: Entry) -> None:
    reason = OutcomeReason.objects.filter(pk=UUID(entry.facts["reason_id"])).first()
    stands = _as_before(reason, entry, ("outcome", "name", "name_ar"), added_if_empty="name")
    reasons.save_reason(actor, said=reasons.ReasonSaid(**stands), reason_id=UUID(entry.facts["reason_id"]), cause=entry)


@reverses("deals.rate_set.1")
def put_rate_back(actor: Actor, entry: Entry) -> None:
    actor.must("deals.pipelines")
    facts = entry.facts
    day, before = date.fromisoformat(facts["valid_from_on"]), facts.get("before", "")
    row = Rate.objects.filter(currency=facts["currency"], valid_from_on=day).first()
    if (row.rate if row else "") != facts["rate"]:
        raise Conflict(CHANGED_SINCE)
    if before:
        rates.set_rate(actor, currency=facts["currency"], valid_from_on=day, rate=before, cause=entry)
    elif row is not None:
        rates.remove_rate(actor, rate_id=row.pk, cause=entry)
    else:
        raise Conflict(CHANGED_SINCE)


@reverses("deals.pipeline_saved.1")
def put_pipeline_back(actor: Actor, entry: Entry) -> None:
    pipeline_id, changes = UUID(entry.facts["pipeline_id"]), entry.facts["changes"]
    if "version" in changes:
        raise Conflict(_("Deals that moved to another version stay there."))
    pipeline = Pipeline.objects.filter(pk=pipeline_id).first()
    stands = _as_before(pipeline, entry, ("name", "name_ar"))
    if "is_default" in changes:
        _make_default(actor, entry.facts.get("default_before"), entry)
    pipelines.save_pipeline(actor, pipeline_id=pipeline_id, said=pipelines.PipelineSaid(**stands), cause=entry)


def _make_default(actor: Actor, pipeline_id: str | None, entry: Entry) -> None:
    was = Pipeline.objects.filter(pk=UUID(pipeline_id)).first() if pipeline_id else None
    if was is None or was.archived_at is not None:
        raise Conflict(CHANGED_SINCE)
    said = pipelines.PipelineSaid(was.name, was.name_ar, is_default=True)
    pipelines.save_pipeline(actor, pipeline_id=was.pk, said=said, cause=entry)


@reverses("deals.pipeline_added.1")
def put_pipeline_away(actor: Actor, entry: Entry) -> None:
    row = Pipeline.objects.filter(pk=UUID(entry.facts["pipeline_id"])).first()
    if row is None or row.name != entry.facts["pipeline"]:
        raise Conflict(CHANGED_SINCE)
    said = pipelines.PipelineSaid(row.name, row.name_ar, archived=True)
    pipelines.save_pipeline(actor, pipeline_id=row.pk, said=said, cause=entry)


@reverses("deals.pipeline_published.1")
def unpublish(actor: Actor, entry: Entry) -> None:
    pipeline_id = UUID(entry.facts["pipeline_id"])
    pipelines.unpublish_version(actor, pipeline_id=pipeline_id, number=entry.facts["number"], cause=entry)


def _as_before(row: Any, entry: Entry, names: tuple[str, ...], *, added_if_empty: str = "") -> dict[str, Any]:
    """The values as they stood; of what was added, as it stands and put away. Raises NotFound, Conflict."""
    changes = entry.facts.get("changes") or {}
    if row is None:
        raise NotFound()
    if not changes:
        raise Conflict(_("Nothing was changed then, so there is nothing to take back."))
    for name, (_was, after) in changes.items():
        now = getattr(row, name)
        if (now is None) != (after is None) if name == "archived_at" else now != after:
            raise Conflict(CHANGED_SINCE)
    if added_if_empty and changes.get(added_if_empty, [None])[0] == "":
        return {name: getattr(row, name) for name in names} | {"archived": True}
    was = {name: before for name, (before, _after) in changes.items() if name in names}
    archived = changes["archived_at"][0] if "archived_at" in changes else row.archived_at
    return {name: getattr(row, name) for name in names} | was | {"archived": archived is not None}
