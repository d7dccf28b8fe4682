"""The company's list of how calls and meetings end, and what it asks of whoever logs one."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.customers import seeds
from dawra.customers.models import TalkOutcome, TalkRules
from dawra.customers.models.talking import TALKS
from dawra.customers.queries.outcomes import TalkRulesCard, talk_rules
from dawra.figures.words import fold
from dawra.journal.actions import write
from dawra.journal.catalogue.talking import OutcomesOrdered, TalkOutcomeSaved, TalkRulesChanged
from dawra.journal.models import Entry

MOST = 40
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class OutcomeSaid:
    """what: call or meeting, for good. reached: somebody was spoken with. is_answer: what was hoped for came of it."""

    what: str
    name: str
    name_ar: str = ""
    reached: bool = True
    is_answer: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    outcome: TalkOutcome
    entry: Entry | None


def start_with_outcomes(actor: Actor) -> None:
    """Part of setting up: the usual outcomes; whatever is there already stays as it is."""
    actor.must("customers.fields")
    if TalkOutcome.objects.exists():
        return
    TalkOutcome.objects.bulk_create(
        TalkOutcome(
            what=what, code=code, name=name, name_ar=name_ar, reached=reached, is_answer=answer, position=position
        )
        for position, (what, code, name, name_ar, reached, answer) in enumerate(seeds.OUTCOMES)
    )


@transaction.atomic
def save_outcome(
    actor: Actor, *, said: OutcomeSaid, outcome_id: UUID | None = None, cause: Entry | None = None
) -> Saved:
    """Add an outcome, rename one or put it away; what was logged with it keeps it, and its code never changes.

    Writes: customers.talk_outcome_saved.1
    Raises: Refused, NotFound, Invalid, Conflict (there are 40 already)
    """
    actor.must("customers.fields")
    row = TalkOutcome.objects.filter(pk=outcome_id).first() if outcome_id else None
    if outcome_id and row is None:
        raise NotFound()
    name, name_ar = " ".join(said.name.split()), " ".join(said.name_ar.split())
    if said.what not in TALKS or not name:
        raise Invalid(_("An outcome needs a name."), field="name")
    if max(len(name), len(name_ar)) > LONGEST_NAME:
        raise Invalid(_("Shorten this to %(most)s characters."), field="name", most=LONGEST_NAME)
    is_new = row is None
    row = row or _new(said.what, name)
    wanted: dict[str, Any] = {
        "name": name,
        "name_ar": name_ar,
        "reached": said.reached,
        "is_answer": said.is_answer,
        "archived_at": (row.archived_at or actor.now) if said.archived else None,
    }
    changes = {key: [getattr(row, key), value] for key, value in wanted.items() if getattr(row, key) != value}
    if not changes and not is_new:
        return Saved(row, None)
    for key, value in wanted.items():
        setattr(row, key, value)
    row.save()
    fact = TalkOutcomeSaved(row.pk, row.what, row.name, changes)
    return Saved(row, write(actor, fact, about=[], cause=cause))


def _new(what: str, name: str) -> TalkOutcome:
    taken = set(TalkOutcome.objects.filter(what=what).values_list("code", flat=True))
    if len(taken) >= MOST:
        raise Conflict(_("There are %(most)s outcomes already. Bring back or rename one of them."), most=MOST)
    plain = slugify(fold(name)).replace("-", "_")[:30] or "outcome"
    code = next(c for n in range(1, 1000) if (c := plain if n == 1 else f"{plain}_{n}") not in taken)
    return TalkOutcome(what=what, code=code, name="", position=1 + len(taken))


@transaction.atomic
def move_outcome(actor: Actor, *, outcome_id: UUID, up: bool, cause: Entry | None = None) -> Entry | None:
    """One place up or down among those of its kind that are offered; None at the end of the list.

    Writes: customers.talk_outcomes_ordered.1
    Raises: Refused, NotFound
    """
    actor.must("customers.fields")
    row = TalkOutcome.objects.filter(pk=outcome_id).first()
    if row is None:
        raise NotFound()
    rows = list(TalkOutcome.objects.filter(what=row.what, archived_at__isnull=True).order_by("position", "id"))
    place = next((n for n, one in enumerate(rows) if one.pk == row.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return None
    rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows):
        if one.position != position:
            TalkOutcome.objects.filter(pk=one.pk).update(position=position)
    return write(actor, OutcomesOrdered(row.pk, row.what, row.name, up), about=[], cause=cause)


@transaction.atomic
def change_talk_rules(actor: Actor, *, said: TalkRulesCard, cause: Entry | None = None) -> Entry | None:
    """What is asked for when a call or meeting is logged: its outcome, and a next step on an open deal.

    Writes: customers.talk_rules_changed.1
    Raises: Refused
    """
    actor.must("customers.fields")
    before, wanted = asdict(talk_rules()), asdict(said)
    changes = {key: [before[key], value] for key, value in wanted.items() if before[key] != value}
    if not changes:
        return None
    TalkRules.objects.update_or_create(pk=1, defaults=wanted)
    return write(actor, TalkRulesChanged(changes), about=[], cause=cause)
