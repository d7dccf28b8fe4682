"""Showing the product to a buyer: planned, put to another time, held, missed, called off.

A demo is a meeting of the calendar, entered once: its activity is planned, moved, finished and taken away with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.customers.actions import activities
from dawra.customers.actions.activities import CLOCK_SLACK, Plan
from dawra.customers.queries.activities import Ref, members_by_id
from dawra.deals import keeping, rules
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.moving import DealClosed
from dawra.deals.models import Deal, DealPerson, Demo, DemoItem, DemoPerson
from dawra.deals.models.demo import CANCELLED, DEMO_TYPES, HELD, NO_SHOW, PLANNED, REACTIONS
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.actions import Mentionable
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import demos as told
from dawra.journal.models import Entry

MOST_DEMOS, MOST_ITEMS, MOST_LINES, LONGEST_LINE = 50, 40, 20, 400


@dataclass(frozen=True, slots=True)
class DemoSaid:
    """type: of DEMO_TYPES. minutes: how long. pains: what was promised. features: to be shown, in order. people: ids"""

    type: str = "online"
    minutes: int = 45
    pains: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """One feature as it went; what was planned and is not named was not shown.

    reaction:  of REACTIONS, "" for none noted. words: the buyer's
    """

    name: str
    shown: bool = True
    reaction: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DemoTold:
    """How a demo went. items: the features. came: ids of those who were there."""

    items: tuple[Showing, ...] = ()
    came: tuple[UUID, ...] = ()
    gaps: tuple[str, ...] = ()
    next_step: str = ""
    next_step_on: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What an action left behind: the demo, and the entry that can be undone."""

    demo: Demo
    entry: Entry


@transaction.atomic
def plan_demo(actor: Actor, *, deal_id: UUID, starts_at: datetime, said: DemoSaid) -> Kept:
    """A demo is agreed; it stands as a meeting on the day of the deal's owner.

    Writes:  deals.demo_planned.1, customers.task_added.1
    Raises:  Refused, NotFound, DealClosed, Invalid, Conflict (too many)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    if deal.state != rules.OPEN:
        raise DealClosed(deal_id=deal.pk, state=deal.state)
    if Demo._base_manager.filter(deal=deal).count() >= MOST_DEMOS:
        raise Conflict(_("A deal holds at most %(most)s demos."), most=MOST_DEMOS)
    checked = _checked(deal, said)
    about: list[Mentionable] = [deal, *(Ref("person", person_id) for person_id in checked.people)]
    title = _now("Demo: %(deal)s") % {"deal": deal.name}
    plan = Plan(title[:200], starts_at, what="meeting", owner_id=_whose(actor, deal))
    activity = activities.plan_activity(actor, records=about, plan=plan).activity
    demo = Demo.signed_by(
        actor,
        deal=deal,
        owner_id=deal.owner_id,
        activity=activity,
        type=checked.type,
        starts_at=starts_at,
        minutes=checked.minutes,
        pains=list(checked.pains),
    )
    demo.save(force_insert=True)
    _put_parts(demo, checked)
    fact = told.DemoPlanned(deal.pk, deal.name, demo.pk, demo.type, starts_at.isoformat())
    # The deal's timeline has the meeting itself: one line is enough there.
    return Kept(demo, journal.write(actor, fact, about=[demo]))


@transaction.atomic
def edit_demo(
    actor: Actor, *, demo_id: UUID, said: DemoSaid, version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """Say anew what is to be shown and who is to be there. None if nothing differs.

    Writes:  deals.demo_edited.1
    Raises:  Refused, NotFound, Invalid, Conflict (held already), Stale
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, version)
    if demo.state == HELD:
        raise Conflict(_("This demo has been held. What was shown is told in its report."))
    before, wanted = stands(demo), _checked(deal, said)
    if before == wanted:
        return None
    was, now = as_plain(asdict(before)), as_plain(asdict(wanted))
    demo.change(actor, {"type": wanted.type, "minutes": wanted.minutes, "pains": list(wanted.pains)})
    _put_parts(demo, wanted)
    changes = {name: [was[name], now[name]] for name in was if was[name] != now[name]}
    fact = told.DemoEdited(deal.pk, deal.name, demo.pk, changes)
    return Kept(demo, journal.write(actor, fact, about=[demo, deal], cause=cause))


@transaction.atomic
def reschedule_demo(
    actor: Actor, *, demo_id: UUID, starts_at: datetime, version: int | None = None, cause: Entry | None = None
) -> Kept:
    """To another time: before it takes place, after nobody came, or after it was called off.

    Writes:  deals.demo_rescheduled.1, customers.activity_edited.1 or customers.activity_restored.1
    Raises:  Refused, NotFound, Conflict (held), Invalid (the same time), Stale
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, version)
    if demo.state == HELD:
        raise Conflict(_("This demo has been held already."))
    if starts_at == demo.starts_at and demo.state == PLANNED:
        raise Invalid(_("Choose another time."), field="starts_at")
    before, was = demo.starts_at, demo.state
    _to_calendar(actor, demo, starts_at)
    demo.change(actor, {"state": PLANNED, "starts_at": starts_at, "moved": demo.moved + 1})
    fact = told.DemoRescheduled(deal.pk, deal.name, demo.pk, starts_at.isoformat(), before.isoformat(), was)
    return Kept(demo, journal.write(actor, fact, about=[demo, deal], cause=cause))


@transaction.atomic
def hold_demo(actor: Actor, *, demo_id: UUID, said: DemoTold, version: int | None = None) -> Kept:
    """It took place: what was shown and how the buyer took it; an agreed next step becomes the deal's. Can be told again.

    Writes:  deals.demo_held.1, and customers.task_done.1, deals.deal_edited.1 where that follows
    Raises:  Refused, NotFound, Invalid, Conflict (called off, or still to come), Stale
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, version)
    if demo.state == CANCELLED:
        raise Conflict(_("This demo was called off. Putting it to another time comes first."))
    if demo.starts_at > actor.now + CLOCK_SLACK:
        raise Conflict(_("This demo is still to come."))
    _put_showings(demo, said.items)
    came = set(said.came)
    for row in DemoPerson.objects.filter(demo=demo):
        row.came = row.person_id in came
        row.save(update_fields=["came"])
    step = said.next_step.strip()[:200]
    before = {"state": demo.state, "next_step": demo.next_step, "gaps": demo.gaps}
    values = {"state": HELD, "gaps": _lines(said.gaps), "next_step": step, "next_step_on": said.next_step_on}
    demo.change(actor, values)
    fact = told.DemoHeld(deal.pk, deal.name, demo.pk, demo.type, bool(step), before)
    entry = journal.write(actor, fact, about=[demo, deal], at=min(demo.starts_at, actor.now))
    if demo.activity is not None and demo.activity.done_at is None and demo.activity.deleted_at is None:
        activities.finish_task(actor, activity_id=demo.activity.pk, cause=entry)
    if step and deal.state == rules.OPEN:
        edit_deal(actor, deal_id=deal.pk, values={"next_step": step, "next_step_on": said.next_step_on}, cause=entry)
    return Kept(demo, entry)


@transaction.atomic
def miss_demo(actor: Actor, *, demo_id: UUID, version: int | None = None) -> Kept:
    """Nobody came. The meeting leaves the calendar; another time brings it back.

    Writes:  deals.demo_missed.1, customers.activity_deleted.1
    Raises:  Refused, NotFound, Conflict (not planned, or still to come), Stale
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, version)
    _must_be_planned(demo)
    if demo.starts_at > actor.now + CLOCK_SLACK:
        raise Conflict(_("This demo is still to come."))
    demo.change(actor, {"state": NO_SHOW})
    _from_calendar(actor, demo)
    entry = journal.write(actor, told.DemoMissed(deal.pk, deal.name, demo.pk), about=[demo, deal])
    return Kept(demo, entry)


@transaction.atomic
def cancel_demo(actor: Actor, *, demo_id: UUID, version: int | None = None, cause: Entry | None = None) -> Kept:
    """It will not take place. The meeting leaves the calendar; another time brings it back.

    Writes:  deals.demo_cancelled.1, customers.activity_deleted.1
    Raises:  Refused, NotFound, Conflict (not planned), Stale
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, version)
    _must_be_planned(demo)
    demo.change(actor, {"state": CANCELLED})
    _from_calendar(actor, demo)
    entry = journal.write(actor, told.DemoCancelled(deal.pk, deal.name, demo.pk), about=[demo, deal], cause=cause)
    return Kept(demo, entry)


@transaction.atomic
def plan_again(
    actor: Actor, *, demo_id: UUID, was: str, cause: Entry, starts_at: datetime | None = None, state: str = PLANNED
) -> Kept:
    """Part of taking back: what became of a demo did not, and its meeting stands where it stood. What was told stays.

    was:     the state that is taken back. starts_at: the time before, if that is taken back. state: the one before
    Writes:  deals.demo_planned_again.1
    Raises:  Refused, NotFound, Conflict (changed since)
    """
    actor.must("deals.work")
    demo, deal = _fetch(actor, demo_id, None)
    if demo.state != was:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    back = starts_at or demo.starts_at
    demo.change(actor, {"state": state, "starts_at": back, "moved": max(0, demo.moved - bool(starts_at))})
    if state == PLANNED:
        _to_calendar(actor, demo, back)
    else:
        _from_calendar(actor, demo)
    fact = told.DemoPlannedAgain(deal.pk, deal.name, demo.pk, was)
    return Kept(demo, journal.write(actor, fact, about=[demo, deal], cause=cause))


def stands(demo: Demo) -> DemoSaid:
    """A demo as it was said. 2 queries."""
    items = demo.items.order_by("position", "id").values_list("name", flat=True)
    people = demo.people.order_by("id").values_list("person_id", flat=True)
    return DemoSaid(demo.type, demo.minutes, tuple(demo.pains), tuple(items), tuple(people))


# What the acts have in common


def _fetch(actor: Actor, demo_id: UUID, version: int | None) -> tuple[Demo, Deal]:
    demo = Demo.fetch(actor, demo_id, "activity")
    if version is not None and version != demo.version:
        raise Stale(record=Demo.kind, id=demo.pk, version=demo.version, theirs={}, yours={})
    return demo, keeping.fetch(actor, demo.deal_id)


def _whose(actor: Actor, deal: Deal) -> UUID | None:
    """On whose day the meeting stands: the owner's, else whoever plans it."""
    active = members_by_id([deal.owner_id])
    return deal.owner_id if deal.owner_id in active else actor.member_id


def _must_be_planned(demo: Demo) -> None:
    if demo.state != PLANNED:
        raise Conflict(_("What became of this demo has been told already."))


def _checked(deal: Deal, said: DemoSaid) -> DemoSaid:
    if said.type not in DEMO_TYPES:
        raise Invalid(_("Choose what kind of demo it is."), field="type")
    if not 5 <= said.minutes <= 1440:
        raise Invalid(_("A demo lasts between 5 minutes and a day."), field="minutes")
    features = tuple(dict.fromkeys(name for name in _lines(said.features, 120)))
    if len(features) > MOST_ITEMS:
        raise Invalid(_("A demo shows at most %(most)s things."), field="features", most=MOST_ITEMS)
    known = set(DealPerson.objects.filter(deal=deal, person_id__in=said.people).values_list("person_id", flat=True))
    if set(said.people) - known:
        raise NotFound()
    people = tuple(dict.fromkeys(said.people))
    return DemoSaid(said.type, said.minutes, tuple(_lines(said.pains)), features, people)


def _lines(texts: Sequence[str], longest: int = LONGEST_LINE) -> list[str]:
    return [text.strip()[:longest] for text in texts if text.strip()][: MOST_LINES if longest == LONGEST_LINE else None]


def _put_parts(demo: Demo, said: DemoSaid) -> None:
    there = {item.name: item for item in DemoItem.objects.filter(demo=demo)}
    DemoItem.objects.filter(demo=demo).exclude(name__in=said.features).delete()
    for position, name in enumerate(said.features):
        item = there.get(name) or DemoItem(demo=demo, name=name, folded=fold(name)[:240])
        item.position = position
        item.save()
    roles = dict(DealPerson.objects.filter(deal_id=demo.deal_id).values_list("person_id", "role"))
    DemoPerson.objects.filter(demo=demo).exclude(person_id__in=said.people).delete()
    for person_id in said.people:
        DemoPerson.objects.get_or_create(demo=demo, person_id=person_id, defaults={"role": roles.get(person_id, "")})


def _put_showings(demo: Demo, items: Sequence[Showing]) -> None:
    named = {
        name: Showing(name, False) for name in demo.items.order_by("position", "id").values_list("name", flat=True)
    }
    named |= {one.name.strip()[:120]: one for one in items if one.name.strip()}
    if len(named) > MOST_ITEMS:
        raise Invalid(_("A demo shows at most %(most)s things."), field="items", most=MOST_ITEMS)
    if any(one.reaction not in REACTIONS for one in named.values()):
        raise Invalid(_("Choose how the buyer took it."), field="reaction")
    DemoItem.objects.filter(demo=demo).delete()
    DemoItem.objects.bulk_create(
        DemoItem(
            demo=demo, name=name, folded=fold(name)[:240], shown=one.shown, position=position,
            reaction=one.reaction if one.shown else "", words=one.words.strip()[:LONGEST_LINE],
        )
        for position, (name, one) in enumerate(named.items())
    )  # fmt: skip


def _to_calendar(actor: Actor, demo: Demo, starts_at: datetime) -> None:
    """Its meeting stands open at that time."""
    activity = demo.activity
    if activity is None:
        return
    if activity.deleted_at is not None:
        activity = activities.restore_activity(actor, activity_id=activity.pk).activity
    if activity.done_at is not None:
        activity = activities.reopen_task(actor, activity_id=activity.pk).activity
    values: Mapping[str, Any] = {"due_at": starts_at}
    activities.edit_activity(actor, activity_id=activity.pk, values=dict(values))


def _from_calendar(actor: Actor, demo: Demo) -> None:
    if demo.activity is not None and demo.activity.deleted_at is None:
        activities.delete_activity(actor, activity_id=demo.activity.pk)
