"""Many leads at once: given to somebody or rejected, one entry for all, taken back together; what stayed as it was is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Invalid
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import BulkEdited, HandedOver
from dawra.journal.models import Entry
from dawra.prospecting import keeping
from dawra.prospecting.actions.deciding import reject_lead
from dawra.prospecting.actions.giving import assign_lead, route
from dawra.prospecting.models import Lead, RejectReason
from dawra.team.colleagues import colleagues

MOST = 200
ASSIGN, ROUTE, REJECT = WAYS = ("assign", "route", "reject")


@dataclass(frozen=True, slots=True)
class Together:
    """way: assign (owner_id, None = into the queue), route (by the rules) or reject (reason: its code). words: why."""

    way: str
    owner_id: UUID | None = None
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A lead that stayed as it was, and why."""

    lead_id: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """entry: takes all of it back. same: leads that were so already."""

    entry: Entry
    changed: int
    same: int
    left: tuple[Left, ...]


@transaction.atomic
def change_many(actor: Actor, *, ids: Sequence[UUID], said: Together) -> Report:
    """Do one thing with up to 200 leads. Whatever a single one refuses is told, the others go on.

    Leads the actor may not see are passed over without a word.

    Writes: customers.bulk_edited.1, each lead's own entry with that one as cause, and customers.handed_over.1 as news for
            a new owner
    Raises: Refused, Invalid (too many, or what no lead could take)
    Cost:   10 to 30 queries a lead
    """
    _must(actor, said)
    if len(ids) > MOST:
        raise Invalid(_("Choose at most %(most)s leads at once; a filter narrows the list."), field="ids", most=MOST)
    rows = list(Lead.objects.visible_to(actor).filter(pk__in=list(ids)).select_related(*keeping.RELATED).order_by("pk"))
    told = {"way": said.way, "owner_id": str(said.owner_id) if said.owner_id else None, "reason": said.reason}
    bulk = journal.write(actor, BulkEdited("lead", len(rows), told), about=[])
    act, changed, same, left = _act(actor, said, bulk), 0, 0, []
    for row in rows:
        try:
            with transaction.atomic():
                done = act(row)
        except Answer as refusal:
            left.append(Left(row.pk, keeping.name_of(row), str(refusal)))
        else:
            changed, same = (changed + 1, same) if done is not None else (changed, same + 1)
    if said.way == ASSIGN and said.owner_id and changed:
        _tell(actor, bulk, said.owner_id, changed)
    return Report(bulk, changed, same, tuple(left))


def _must(actor: Actor, said: Together) -> None:
    actor.must("records.bulk")
    actor.must("prospecting.work")
    if said.way not in WAYS:
        raise Invalid(_("Leads are given to somebody, by the rules, or rejected."), field="way")
    if said.way != REJECT:
        actor.must("records.assign")
    if said.way == ASSIGN and said.owner_id and not colleagues([said.owner_id]):
        raise Invalid(_("Choose an active member."), field="owner")
    if said.way == REJECT and not RejectReason.objects.filter(code=said.reason, archived_at__isnull=True).exists():
        raise Invalid(_("Choose a reason."), field="reason")


def _act(actor: Actor, said: Together, bulk: Entry) -> Callable[[Lead], Entry | None]:
    if said.way == ASSIGN:
        return lambda row: assign_lead(actor, lead_id=row.pk, owner_id=said.owner_id, words=said.words, cause=bulk)
    if said.way == REJECT:
        return lambda row: reject_lead(actor, lead_id=row.pk, reason=said.reason, words=said.words, cause=bulk)

    def by_rules(row: Lead) -> Entry:
        keeping.must_be_open(row)
        return route(actor, row, way="rule", cause=bulk)

    return by_rules


def _tell(actor: Actor, bulk: Entry, owner_id: UUID, count: int) -> None:
    """One piece of news for the new owner, however many there were."""
    first = Entry.objects.filter(cause=bulk, kind="prospecting.lead_assigned.1").order_by("pk").first()
    if first is not None:
        news = HandedOver("lead", UUID(first.facts["lead_id"]), count, owner_id, first.facts["owner"])
        journal.write(actor, news, about=[], cause=bulk)
