"""Records that an import added or changed and that somebody has edited since: asked about before it is taken back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from dawra.access.actor import Actor
from dawra.customers.models import Company, ExternalId, Import, Person


@dataclass(frozen=True, slots=True)
class Edited:
    """A record somebody has worked on since. url: of its page."""

    kind: str
    id: UUID
    name: str
    name_ar: str
    url: str


def edited_since(actor: Actor, import_: Import, *, limit: int = 20) -> tuple[int, list[Edited]]:
    """How many, and the first of them that the actor may see. 4 queries."""
    count = 0
    shown: list[Edited] = []
    for model, place in ((Person, "people"), (Company, "companies")):
        found = _edited(actor, import_, model)
        count += found.count()
        rows = found.order_by("folded", "pk").values_list("pk", "name", "name_ar")[: max(0, limit - len(shown))]
        shown += [Edited(str(model.kind), pk, name, name_ar, f"/{place}/{pk}/") for pk, name, name_ar in rows]
    return count, shown


def _edited(actor: Actor, import_: Import, model: type[Any]) -> QuerySet[Any]:
    kept = ExternalId.objects.filter(seen_in=import_.pk, record_kind=model.kind, record_id=OuterRef("pk"))
    rows = model.objects.visible_to(actor).filter(
        pk__in=ExternalId.objects.filter(seen_in=import_.pk, record_kind=model.kind).values("record_id")
    )
    return rows.filter(version__gt=Subquery(kept.order_by("-version").values("version")[:1]))  # type: ignore[no-any-return]
