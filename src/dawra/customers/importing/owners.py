"""Owners that a file names and nobody is yet: the record waits, and is given to them once they come in.

A name or an e-mail means the same in every system; a foreign id only in its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.kinds import kinds
from dawra.customers.finding import refind
from dawra.customers.importing.pending import Arrival, Waiting, arrive, joins
from dawra.customers.importing.targets import CREATED, UPDATED, Outcome, Parsed, Work
from dawra.customers.models import PendingLink
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Assigned
from dawra.team.colleagues import colleagues

ANYWHERE = ""
"""The system of what waits for a name or an e-mail."""


def wait(work: Work, kind: str, rows: Iterable[Parsed], outcomes: Iterable[Outcome]) -> None:
    """Rows whose owner is no member yet. 1 query, none where every owner is known."""
    here, anywhere = Waiting(work), Waiting(replace(work, system=ANYWHERE))
    for row, outcome in zip(rows, outcomes, strict=True):
        if outcome.record_id is None or outcome.outcome not in (CREATED, UPDATED):
            continue
        for said in row.said:
            if said.code == "unknown_owner" and (named := str((said.facts or {}).get("value", ""))):
                waiting = here if said.column == "owner_id" else anywhere
                key = f"id:{named}" if said.column == "owner_id" else fold(named)
                waiting.add("owner", outcome.record_id, ("member", key), {"kind": kind})
    here.save()
    anywhere.save()


def came(actor: Actor, member_id: UUID, names: Iterable[str]) -> None:
    """A member is here now who goes by these names and addresses. 1 query if nobody waited."""
    keys = {fold(name)[:200]: member_id for name in names if fold(name)}
    if PendingLink.objects.filter(system=ANYWHERE, wants_kind="member", wants_id__in=list(keys)).exists():
        arrive(Work(actor, ANYWHERE, {}, member_id, actor.now), "member", keys)


@joins("owner")
def give(work: Work, arrivals: Sequence[Arrival]) -> None:
    """Records that are still nobody's go to whom their file meant. Not an edit by a person: versions stay, so that the
    next import may still follow. 4 queries a kind."""
    of_kind: dict[str, dict[UUID, UUID]] = {}
    for one in arrivals:
        of_kind.setdefault(str(one.facts.get("kind", "")), {})[one.waiting] = one.arrived
    called = {one.id: one.name for one in colleagues({one.arrived for one in arrivals})}
    for kind, owners in of_kind.items():
        if kind in kinds():
            _give(work.actor, kind, owners, called)


def _give(actor: Actor, kind: str, owners: Mapping[UUID, UUID], called: Mapping[UUID, str]) -> None:
    model = kinds()[kind]
    free = list(model._base_manager.filter(pk__in=list(owners), owner__isnull=True, deleted_at__isnull=True))
    for owner_id in {owners[record.pk] for record in free}:
        ids = [record.pk for record in free if owners[record.pk] == owner_id]
        model._base_manager.filter(pk__in=ids, owner__isnull=True).update(owner_id=owner_id)
    if kind in ("person", "company"):
        refind(kind, [record.pk for record in free])
    elif kind in FOUND_AGAIN:
        FOUND_AGAIN[kind]([record.pk for record in free])
    if kind != "activity":
        facts = [
            (
                Assigned(
                    kind, record.pk, None, owners[record.pk], called.get(owners[record.pk], ""),
                    str(getattr(record, "name", "")),
                ),
                [record],
                actor.now,
            )
            for record in free
        ]  # fmt: skip
        journal.write_many(actor, facts)


FOUND_AGAIN: dict[str, Callable[[Sequence[UUID]], None]] = {}
"""kind → how its room keeps records findable; the rooms above add theirs."""
