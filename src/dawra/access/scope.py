"""The one way to read records: through visible_to(actor). An unscoped read raises.

A query that has not been scoped refuses to become SQL, wherever it is used: evaluated, counted,
put into a union, a subquery or a related manager. Forward relations of a row one already holds
(deal.company) stay readable; their own pages need their own visibility.
"""

from collections.abc import Collection, Sequence
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q, sql

from dawra.access.actor import Actor


class Unscoped(RuntimeError):
    """A read of records that nobody signed for."""


class ScopedQuery(sql.Query):
    scoped = False
    # Who signed: search narrows a list to what its reader may see before it caps its candidates.
    signer: Actor | None = None

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        self._must_be_scoped()
        return super().get_compiler(using, connection, elide_empty)

    def chain(self, klass: type[sql.Query] | None = None) -> sql.Query:
        if klass is not None and not issubclass(klass, ScopedQuery):
            self._must_be_scoped()  # an update or delete drops this class, so it is asked here
        return super().chain(klass)

    def _must_be_scoped(self) -> None:
        if not self.scoped:
            raise Unscoped(f"read {self.model._meta.label if self.model else self} through .visible_to(actor)")


class ScopedQuerySet(models.QuerySet[Any]):
    def __init__(self, model: Any = None, query: Any = None, using: str | None = None, hints: Any = None) -> None:
        if query is None and model is not None:
            query = ScopedQuery(model)
        super().__init__(model=model, query=query, using=using, hints=hints)

    def visible_to(self, actor: Actor) -> Self:
        """The live rows this actor may see."""
        return self._signed(actor).filter(self.model.live())

    def in_bin_of(self, actor: Actor) -> Self:
        """The deleted rows this actor may see, still restorable."""
        return self._signed(actor).exclude(self.model.live())

    def _signed(self, actor: Actor) -> Self:
        rows = self.filter(self.model.visibility(actor))
        asked: Any = rows.query  # a ScopedQuery: see __init__
        asked.scoped, asked.signer = True, actor
        return rows


ScopedManager = models.Manager.from_queryset(ScopedQuerySet, "ScopedManager")


def owned_by_seen(actor: Actor, record_kind: str, *, owner: str = "owner_id", pk: str = "pk") -> Q:
    """Own, of one's team below, shared with one, or of nobody.

    A record that belongs to nobody belongs to everybody: nobody would pick it up otherwise.
    """
    if actor.sees_all:
        return Q()
    from dawra.access.models import Share

    shared = Share.objects.filter(record_kind=record_kind, with_id__in=actor.reached).values("record_id")
    return Q(**{f"{owner}__in": actor.sees}) | Q(**{f"{owner}__isnull": True}) | Q(**{f"{pk}__in": shared})


def shared_with(actor: Actor, kinds: Sequence[str]) -> models.QuerySet[Any]:
    """Ids of records of others that were opened to the actor or to a team above, newest first; slice before use."""
    from dawra.access.models import Share

    shares = Share.objects.filter(record_kind__in=kinds, with_id__in=actor.reached)
    return shares.order_by("-shared_at", "-id").values("record_id")


def forget_shares(record_ids: Collection[UUID]) -> None:
    """Records that are gone for good are shared with nobody. In the caller's transaction; 1 query."""
    from dawra.access.models import Share

    Share.objects.filter(record_id__in=record_ids).delete()
