"""Records that an import added or changed and that somebody has edited since: asked about before it is taken back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from dawra.access.actor import Actor
from dawra.access.kinds import READS, address, kinds
from dawra.customers.models import ExternalId, Import


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
    known = ExternalId.objects.filter(seen_in=import_.pk).order_by().values_list("record_kind", flat=True).distinct()
    for kind in sorted(set(known) & READS.keys(), key=list(READS).index):
        found = _edited(actor, import_, kinds()[kind])
        count += found.count()
        for record in found.order_by("folded", "pk")[: max(0, limit - len(shown))]:
            name_ar = str(getattr(record, "name_ar", ""))
            shown.append(Edited(kind, record.pk, record.name, name_ar, address(kind, record.pk)))
    return count, shown


def _edited(actor: Actor, import_: Import, model: type[Any]) -> QuerySet[Any]:
    kept = ExternalId.objects.filter(seen_in=import_.pk, record_kind=model.kind, record_id=OuterRef("pk"))
    rows = model.objects.visible_to(actor).filter(
        pk__in=ExternalId.objects.filter(seen_in=import_.pk, record_kind=model.kind).values("record_id")
    )
    return rows.filter(version__gt=Subquery(kept.order_by("-version").values("version")[:1]))  # type: ignore[no-any-return]
