"""Tags as lists of any kind of record ask for them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.customers.models import Tag, Tagging
from dawra.figures.words import fold


def tagged(kind: str, operator: str, value: Any) -> Q:
    """A list's condition on tags, by name: is, in, not, empty. For Field(partial(tagged, "deal"), "choice")."""
    rows = Tagging.objects.filter(record_kind=kind)
    if operator == "empty":
        some = Q(pk__in=rows.values("record_id"))
        return ~some if value else some
    names = value if operator == "in" else [value]
    some = Q(pk__in=rows.filter(tag__folded__in=[fold(name) for name in names]).values("record_id"))
    return ~some if operator == "not" else some


def tags_of(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """record → its tags by name. 1 query."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Tagging.objects.filter(record_id__in=list(ids)).order_by("tag__name")
    for record_id, name in rows.values_list("record_id", "tag__name"):
        found[record_id].append(name)
    return found


def tag_choices(limit: int = 200) -> list[tuple[str, str]]:
    """Every tag in use, by name, for a filter. 1 query."""
    rows = Tag.objects.order_by("folded").values_list("name", flat=True)[:limit]
    return [(name, name) for name in rows]
