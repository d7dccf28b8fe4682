"""Saved views: a list's filters, order and columns under a name, one's own or for everybody.

Lists of every room stand on it: views_of() for the tabs, save_view() and remove_view() for their dialog.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound, Refused
from dawra.journal.actions import write
from dawra.journal.catalogue.team import ViewRemoved, ViewSaved
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.team.models import SavedView

LONGEST_NAME = 80
MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class ViewCard:
    """query: as the list wrote it. is_mine: may be changed and removed by whoever reads."""

    id: UUID
    name: str
    query: dict[str, Any]
    is_shared: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NewView:
    """record_kind: the list it belongs to. query: plain JSON, the list's own business."""

    record_kind: str
    name: str
    query: dict[str, Any]
    is_shared: bool = False


def views_of(actor: Actor, record_kind: str) -> list[ViewCard]:
    """One's own views and everybody's, oldest first. 1 query."""
    rows = SavedView.objects.filter(Q(member_id=actor.member_id) | Q(is_shared=True), record_kind=record_kind)
    return [
        ViewCard(view.id, view.name, view.query, view.is_shared, view.member_id == actor.member_id)
        for view in rows.order_by("created_at", "id")[:MOST_VIEWS]
    ]


@transaction.atomic
def save_view(actor: Actor, *, view: NewView, view_id: UUID | None = None) -> ViewCard:
    """Keep a list under a name, or write over one's own view of that id.

    Writes:  team.view_saved.1
    Raises:  Invalid(name), NotFound, Refused
    """
    if actor.member_id is None:
        raise Refused()
    actor.must("customers.read" if view.record_kind in ("person", "company") else "deals.read")
    name = " ".join(view.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Give the view a name of at most %(most)s characters."), field="name", most=LONGEST_NAME)
    if view_id:
        kept = _own(actor, view_id)
        SavedView.objects.filter(pk=kept.pk).update(
            name=name, query=view.query, is_shared=view.is_shared, version=F("version") + 1
        )
    else:
        kept = SavedView.objects.create(
            record_kind=view.record_kind, name=name, member_id=actor.member_id, is_shared=view.is_shared,
            query=view.query, created_at=actor.now,
        )  # fmt: skip
    write(actor, ViewSaved(view_id=kept.pk, view=name, record_kind=kept.record_kind), about=[])
    return ViewCard(kept.pk, name, view.query, view.is_shared, True)


@transaction.atomic
def remove_view(actor: Actor, *, view_id: UUID) -> Entry:
    """Remove one's own view; an administrator may remove anybody's shared one. It can be undone.

    Writes:  team.view_removed.1
    Raises:  NotFound
    """
    kept = _own(actor, view_id)
    fact = ViewRemoved(
        view_id=kept.pk, view=kept.name, record_kind=kept.record_kind, query=kept.query,
        is_shared=kept.is_shared, holder_id=kept.member_id,
    )  # fmt: skip
    SavedView.objects.filter(pk=kept.pk).delete()
    return write(actor, fact, about=[])


@reverses("team.view_removed.1")
def take_removal_back(actor: Actor, entry: Entry) -> None:
    bring_back_view(actor, entry=entry)


@transaction.atomic
def bring_back_view(actor: Actor, *, entry: Entry) -> None:
    """Make a removed view again, for whoever removed or held it.

    Writes:  team.view_saved.1
    """
    facts = entry.facts
    if str(actor.member_id) not in (facts["holder_id"], str(entry.member_id)) and not actor.may("workspace.manage"):
        raise NotFound()
    SavedView.objects.get_or_create(
        pk=facts["view_id"],
        defaults={
            "record_kind": facts["record_kind"], "name": facts["view"], "query": facts["query"],
            "is_shared": facts["is_shared"], "member_id": facts["holder_id"], "created_at": actor.now,
        },
    )  # fmt: skip
    again = ViewSaved(view_id=UUID(facts["view_id"]), view=facts["view"], record_kind=facts["record_kind"])
    write(actor, again, about=[], cause=entry)


def _own(actor: Actor, view_id: UUID) -> SavedView:
    allowed = Q(member_id=actor.member_id)
    if actor.may("workspace.manage"):
        allowed |= Q(is_shared=True)
    view = SavedView.objects.filter(allowed, pk=view_id).first()
    if view is None:
        raise NotFound()
    return view
