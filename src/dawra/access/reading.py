"""Reading a page of a list at the cost of its rows, and not of all there are."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from dawra.access.scope import shared_with

MOST_OWNERS = 3  # who sees more of them sees fifty of the newest rows soon: SQLite walks those by itself then


def naming(rows: QuerySet[Any], **columns: Sequence[str]) -> QuerySet[Any]:
    """Each row whole, and of what it names (relation=columns) only what a list shows: the rest costs more than the rows."""
    own = [column.name for column in rows.model._meta.concrete_fields]
    others = [f"{relation}__{name}" for relation, names in columns.items() for name in names]
    return rows.select_related(*columns).only(*own, *others)


def of_each_owner(wanted: QuerySet[Any], first: int) -> Q | None:
    """The first rows of each owner the reader sees, of nobody, and of those shared; None where that is no help.

    SQLite, asked for what is one's own or nobody's or shared, gathers all of it and sorts: of 100,000 people a quarter, for
    a page of fifty. Asked for the first of each it reads fifty from an index that begins with the owner, and sorts those.
    PostgreSQL weighs the two by itself.

    wanted: visible to its reader, in an order such an index serves; not sliced
    """
    reader = getattr(wanted.query, "signer", None)
    if connection.vendor != "sqlite" or reader is None or reader.sees is None or len(reader.sees) > MOST_OWNERS:
        return None
    shared = shared_with(reader, [wanted.model.kind]).order_by()
    parts = [*({"owner_id": owner} for owner in sorted(reader.sees)), {"owner_id__isnull": True}, {"pk__in": shared}]
    return reduce(or_, (Q(pk__in=wanted.filter(**part).values("pk")[:first]) for part in parts))
