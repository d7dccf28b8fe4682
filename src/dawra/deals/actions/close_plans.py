"""The close plan of a deal: steps of both sides, put off or done, and the link its buyer opens."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.deals import keeping, money
from dawra.deals.actions.moving import must_be_open
from dawra.deals.actions.quote_sending import hash_of
from dawra.deals.close_plan_seeds import USUAL, UsualStep
from dawra.deals.models import Deal, DealPerson, PlanLink, PlanStep
from dawra.deals.models.plan import OURS, SIDES, START
from dawra.deals.queries.plan_templates import for_deal
from dawra.figures.close_plan import days_of
from dawra.figures.words import named
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import close_plans as told
from dawra.journal.models import Entry
from dawra.team.colleagues import colleagues

MOST_STEPS = 60
LONGEST_TITLE, LONGEST_NOTE, LONGEST_NAME = 200, 2_000, 160
FURTHEST = timedelta(days=5 * 366)
LINK_LIVES, KEY_BYTES = timedelta(days=90), 32


@dataclass(frozen=True, slots=True)
class StepSaid:
    """side: ours or theirs. member_id: who of us does it; person_id: who of the deal's people."""

    title: str
    due_on: date
    side: str = OURS
    note: str = ""
    member_id: UUID | None = None
    person_id: UUID | None = None


COLUMNS = tuple(StepSaid.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Kept:
    step: PlanStep
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shared:
    """key: goes into the link, shown now and never again."""

    key: str
    link: PlanLink
    entry: Entry


@transaction.atomic
def begin_plan(actor: Actor, *, deal_id: UUID, language: str, template_id: UUID | None = None) -> Entry:
    """Begin with the steps of a template or the usual ones, counted from today and back from the day it is to close.

    language: of the steps' words, en or ar
    Writes:  deals.close_plan_begun.1
    Raises:  Refused, NotFound, DealClosed, Conflict (there is a plan), Invalid (no such template for this deal)
    """
    deal = _open(actor, deal_id)
    if PlanStep.objects.filter(deal=deal).exists():
        raise Conflict(_("This deal has a close plan already."))
    usual = _usual(deal, template_id)
    today = money.books().day_of(actor.now)
    longest = timedelta(days=max(one.days for one in usual))
    ends_on = max(deal.expected_close_on or today + longest, today)
    days = days_of(ends_on, today, [(one.anchor == START, one.days) for one in usual])
    rows = PlanStep.objects.bulk_create(
        PlanStep(
            deal=deal, side=one.side, title=named(one.title, one.title_ar, language), planned_on=day, due_on=day,
            member_id=deal.owner_id if one.side == OURS else None, made_at=actor.now,
        )
        for one, day in zip(usual, days, strict=True)
    )  # fmt: skip
    recount(deal)
    fact = told.ClosePlanBegun(deal.pk, deal.name, len(rows), ends_on, [str(row.pk) for row in rows], template_id)
    return journal.write(actor, fact, about=[deal])


@transaction.atomic
def add_step(actor: Actor, *, deal_id: UUID, said: StepSaid, cause: Entry | None = None) -> Kept:
    """One more step of an open deal's plan.

    Writes:  deals.plan_step_added.1
    Raises:  Refused, NotFound, DealClosed, Invalid, Conflict (too many)
    """
    deal = _open(actor, deal_id)
    if PlanStep.objects.filter(deal=deal).count() >= MOST_STEPS:
        raise Conflict(_("A close plan holds at most %(most)s steps."), most=MOST_STEPS)
    values = _checked(actor, deal, said)
    row = PlanStep.objects.create(deal=deal, planned_on=values["due_on"], made_at=actor.now, **values)
    recount(deal)
    fact = told.PlanStepAdded(deal.pk, deal.name, row.pk, row.side, row.due_on, row.title)
    return Kept(row, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def change_step(
    actor: Actor, *, step_id: UUID, said: StepSaid, version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """Say a step anew; a later day counts as a slip. None if nothing differs.

    Writes:  deals.plan_step_changed.1
    Raises:  Refused, NotFound, DealClosed, Invalid, Stale
    """
    row, deal = _step(actor, step_id, version)
    values = _checked(actor, deal, said, keeps=row)
    stands = {name: getattr(row, name) for name in COLUMNS}
    changed = {name: value for name, value in values.items() if value != stands[name]}
    if not changed:
        return None
    late = max((values["due_on"] - row.due_on).days, 0)
    slips = {"slips": row.slips + 1, "slipped_days": row.slipped_days + late} if late else {}
    _keep(row, changed | slips)
    recount(deal)
    changes = {name: [as_plain(stands[name]), as_plain(value)] for name, value in changed.items()}
    fact = told.PlanStepChanged(deal.pk, deal.name, row.pk, late, row.title, changes)
    return Kept(row, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def put_step_back(actor: Actor, *, entry: Entry) -> Kept | None:
    """A change is taken back, and with it the slip it was; only while each value still stands.

    Writes:  deals.plan_step_changed.1
    Raises:  Refused, NotFound, DealClosed, Conflict (changed again since)
    """
    row, deal = _step(actor, UUID(entry.facts["step_id"]), None)
    changes = entry.facts["changes"]
    if not changes or any(as_plain(getattr(row, name)) != after for name, (_before, after) in changes.items()):
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    back = {name: _read(name, before) for name, (before, _after) in changes.items()}
    late = entry.facts["slipped_days"]
    slips = {"slips": max(row.slips - 1, 0), "slipped_days": max(row.slipped_days - late, 0)} if late else {}
    _keep(row, back | slips)
    recount(deal)
    fact = told.PlanStepChanged(deal.pk, deal.name, row.pk, 0, row.title, {n: [a, b] for n, (b, a) in changes.items()})
    return Kept(row, journal.write(actor, fact, about=[deal], cause=entry))


@transaction.atomic
def tick_step(
    actor: Actor, *, step_id: UUID, done: bool, version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """A step is done, or is not after all; ours may tick theirs too. None if it stands so.

    Writes:  deals.plan_step_done.1 or deals.plan_step_opened.1
    Raises:  Refused, NotFound, DealClosed, Stale
    """
    row, deal = _step(actor, step_id, version)
    if (row.done_at is not None) == done:
        return None
    by = row.done_name
    _keep(
        row, {"done_at": actor.now if done else None, "done_by_id": actor.member_id if done else None, "done_name": ""}
    )
    recount(deal)
    kind = told.PlanStepDone if done else told.PlanStepOpened
    fact = kind(deal.pk, deal.name, row.pk, row.side, row.title, "" if done else by)
    return Kept(row, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def remove_step(actor: Actor, *, step_id: UUID, version: int | None = None, cause: Entry | None = None) -> Entry:
    """A step is not needed.

    Writes:  deals.plan_step_removed.1
    Raises:  Refused, NotFound, DealClosed, Stale
    """
    row, deal = _step(actor, step_id, version)
    stood = {field.attname: as_plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    row.delete()
    recount(deal)
    fact = told.PlanStepRemoved(deal.pk, deal.name, UUID(stood["id"]), stood["title"], stood)
    return journal.write(actor, fact, about=[deal], cause=cause)


@transaction.atomic
def restore_step(actor: Actor, *, entry: Entry) -> Kept:
    """A step that was taken out is back as it stood.

    Writes:  deals.plan_step_added.1
    Raises:  Refused, NotFound, DealClosed, Conflict (it is back, or was erased)
    """
    deal, stood = _open(actor, UUID(entry.facts["deal_id"])), entry.facts["stood"]
    if not stood or PlanStep.objects.filter(pk=UUID(stood["id"])).exists():
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    row = PlanStep(**{name: _read(name, value) for name, value in stood.items()})
    row.save(force_insert=True)
    recount(deal)
    fact = told.PlanStepAdded(deal.pk, deal.name, row.pk, row.side, row.due_on, row.title)
    return Kept(row, journal.write(actor, fact, about=[deal], cause=entry))


@transaction.atomic
def forget_plan(actor: Actor, *, entry: Entry) -> None:
    """The usual steps a plan began with are taken back, those nobody has touched since.

    Writes:  deals.plan_step_removed.1 for each
    Raises:  Refused, NotFound, DealClosed
    """
    _open(actor, UUID(entry.facts["deal_id"]))
    for step_id in PlanStep.objects.filter(pk__in=entry.facts["step_ids"], version=1).values_list("pk", flat=True):
        remove_step(actor, step_id=step_id, cause=entry)


@transaction.atomic
def share_plan(actor: Actor, *, deal_id: UUID) -> Shared:
    """A link for the buyer, read without an account; earlier ones end. It lives 90 days.

    Writes:  deals.close_plan_shared.1
    Raises:  Refused, NotFound, DealClosed, Conflict (there is nothing to show)
    """
    deal = _open(actor, deal_id)
    if not PlanStep.objects.filter(deal=deal).exists():
        raise Conflict(_("Add a step first: there is nothing to show yet."))
    _end_links(actor, deal)
    key = secrets.token_urlsafe(KEY_BYTES)
    ends_at = actor.now + LINK_LIVES
    link = PlanLink.objects.create(deal=deal, key_hash=hash_of(key), made_at=actor.now, ends_at=ends_at)
    fact = told.ClosePlanShared(deal.pk, deal.name, money.books().day_of(ends_at))
    return Shared(key, link, journal.write(actor, fact, about=[deal]))


@transaction.atomic
def end_link(actor: Actor, *, deal_id: UUID, cause: Entry | None = None) -> Entry | None:
    """The buyer's link opens nothing from now on. None if there is none.

    Writes:  deals.close_plan_link_ended.1
    Raises:  Refused, NotFound
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    if not _end_links(actor, deal):
        return None
    return journal.write(actor, told.ClosePlanLinkEnded(deal.pk, deal.name), about=[deal], cause=cause)


def recount(deal: Deal) -> None:
    """What the plan waits for first stands at the deal, for its health. The version stays: nobody was overtaken."""
    waits = PlanStep.objects.filter(deal=deal, done_at__isnull=True).aggregate(first=Min("due_on"))["first"]
    if waits != deal.plan_due_on:
        Deal._base_manager.filter(pk=deal.pk).update(plan_due_on=waits)
        deal.plan_due_on = waits


def _usual(deal: Deal, template_id: UUID | None) -> tuple[UsualStep, ...]:
    """Raises Invalid."""
    if template_id is None:
        return USUAL
    found = next((one for one in for_deal(deal) if one.id == template_id), None)
    if found is None:
        raise Invalid(_("This template is not in use for deals of this pipeline."), field="template_id")
    return found.steps


def _end_links(actor: Actor, deal: Deal) -> int:
    return PlanLink.objects.filter(deal=deal, revoked_at__isnull=True).update(revoked_at=actor.now)


def _open(actor: Actor, deal_id: UUID) -> Deal:
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    must_be_open(deal)
    return deal


def _step(actor: Actor, step_id: UUID, version: int | None) -> tuple[PlanStep, Deal]:
    actor.must("deals.work")
    row = PlanStep.objects.filter(pk=step_id).first()
    if row is None:
        raise NotFound()
    deal = _open(actor, row.deal_id)
    if version is not None and version != row.version:
        raise _stale(row)
    return row, deal


def _stale(row: PlanStep) -> Stale:
    return Stale(record="plan_step", id=row.pk, version=row.version, theirs={"title": row.title}, yours={})


def _keep(row: PlanStep, values: dict[str, Any]) -> None:
    """Raises Stale where somebody was faster."""
    rows = PlanStep.objects.filter(pk=row.pk, version=row.version)
    if not rows.update(**values, version=row.version + 1):
        raise _stale(PlanStep.objects.get(pk=row.pk))
    row.refresh_from_db()


def _checked(actor: Actor, deal: Deal, said: StepSaid, keeps: PlanStep | None = None) -> dict[str, Any]:
    """Raises Invalid."""
    values = asdict(said)
    values["title"] = said.title.replace("\0", "").strip()[:LONGEST_TITLE]
    values["note"] = said.note.replace("\0", "").strip()[:LONGEST_NOTE]
    if not values["title"]:
        raise Invalid(_("Say what is to be done."), field="title")
    if said.side not in SIDES:
        raise Invalid(_("A step is ours or theirs."), field="side")
    today = money.books().day_of(actor.now)
    if abs(said.due_on - today) > FURTHEST and (keeps is None or keeps.due_on != said.due_on):
        raise Invalid(_("Choose a day within five years."), field="due_on")
    if said.member_id and said.member_id not in {one.id for one in colleagues()}:
        raise Invalid(_("Nobody here goes by this id."), field="member_id")
    if said.person_id and not DealPerson.objects.filter(deal=deal, person_id=said.person_id).exists():
        raise Invalid(_("This person does not take part in the deal."), field="person_id")
    return values


def _read(name: str, plain: Any) -> Any:
    """A journal value as the column holds it."""
    columns: dict[str, Any] = {field.attname: field for field in PlanStep._meta.concrete_fields}
    return columns[name].to_python(plain)
