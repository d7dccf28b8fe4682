"""Loading and removing the sample step by step; each step commits with the count of steps done, so a kill loses nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.site.models import SampleRun
from dawra.site.sample import removing
from dawra.site.sample.adding import Adding
from dawra.site.sample.plan import plan
from dawra.site.sample.things import Plan, Setting
from dawra.team import queries
from dawra.team import sampling as team

Step = Callable[[str, int, int], None]
"""progress(what is being made, done, total)"""
SEED = 20


@dataclass(frozen=True, slots=True)
class SampleReport:
    """counts: kind of record → how many were made or removed. kept: records of the sample that the user's own need."""

    counts: dict[str, int]
    seconds: float
    kept: dict[str, int] = field(default_factory=dict)


def add(actor: Actor, progress: Step | None = None, seed: int = SEED) -> SampleReport:
    """Fill the workspace with the sample company. After a crash it goes on where it stopped.

    Raises: Refused (workspace.operate), Conflict (the sample is already there, or there is no company yet)
    """
    began = time.monotonic()
    begin_adding(actor, seed=seed)
    go_on(actor, None, progress)
    made = plan_of(SampleRun.objects.get(pk=1))
    counts = {
        "company": len(made.companies), "person": len(made.people), "deal": len(made.deals),
        "activity": len(made.activities), "member": len(made.members),
    }  # fmt: skip
    return SampleReport(counts, round(time.monotonic() - began, 1))


def remove(actor: Actor, progress: Step | None = None) -> SampleReport:
    """Take the sample company away; the user's own records stay, and what they point at stays as the user's own.

    Raises: Refused (workspace.operate), Conflict (there is no sample)
    """
    began = time.monotonic()
    actor.must("workspace.operate")
    counts = {kind: len(removing.left(kind)) for kind in removing.KINDS}
    begin_removing(actor)
    kept = go_on(actor, None, progress)
    gone = {kind: count - kept.get(kind, 0) for kind, count in counts.items()}
    return SampleReport(gone, round(time.monotonic() - began, 1), kept)


def state_of() -> SampleRun | None:
    return SampleRun.objects.filter(pk=1).first()


def foreseen(actor: Actor) -> dict[str, int]:
    """What of the sample would stay if it were removed now, because the user's own records need it."""
    actor.must("workspace.operate")
    return {kind: len(ids) for kind, ids in removing.needed().items() if ids}


@transaction.atomic
def begin_adding(actor: Actor, *, seed: int = SEED) -> None:
    """Writes no entry: the history it brings speaks for itself, and goes with it."""
    actor.must("workspace.operate")
    workspace = queries.workspace()
    run = state_of()
    if workspace is None:
        raise Conflict(_("Set up the company first."))
    if run is not None and run.state != SampleRun.ADDING:
        raise Conflict(_("The sample company is already there. Remove it first."))
    if run is None:
        run = SampleRun(state=SampleRun.ADDING, seed=seed, now=actor.now, member_id=actor.member_id, moved_at=actor.now)
        run.save(force_insert=True)


@transaction.atomic
def begin_removing(actor: Actor) -> None:
    """What the user's own records need loses the mark of the sample first."""
    actor.must("workspace.operate")
    run = state_of()
    if run is None:
        raise Conflict(_("There is no sample company."))
    if run.state != SampleRun.REMOVING:
        run.kept = removing.keep_needed()
        counts = [len(removing.left(kind)) for kind in removing.KINDS]
        run.state, run.step = SampleRun.REMOVING, 0
        run.steps = sum(-(-count // removing.AT_ONCE) for count in counts) + 1
        run.save()


def go_on(actor: Actor, seconds: float | None, progress: Step | None = None) -> dict[str, int]:
    """Do the steps that are left, for about so many seconds. Returns what was kept, once removing has ended."""
    run = SampleRun.objects.get(pk=1)
    began = time.monotonic()
    kept = dict(run.kept)
    work = _adding(actor, run) if run.state == SampleRun.ADDING else _removing(actor, run)
    for title, done, total in work:
        if progress:
            progress(title, done, total)
        if seconds is not None and time.monotonic() - began > seconds:
            break
    return kept


def plan_of(run: SampleRun) -> Plan:
    workspace = queries.workspace()
    if workspace is None:
        raise Conflict(_("Set up the company first."))
    weekend = frozenset(workspace.weekend_days)
    return _planned(Setting(run.seed, run.now, workspace.base_currency, weekend, workspace.time_zone))


@lru_cache(maxsize=1)
def _planned(setting: Setting) -> Plan:
    return plan(setting)


def _adding(actor: Actor, run: SampleRun):  # type: ignore[no-untyped-def]
    steps = Adding(_loader(actor, run), plan_of(run)).steps()
    for place in range(run.step, len(steps)):
        with transaction.atomic():
            _claim(SampleRun.ADDING, place, actor)
            if place == 0:
                SampleRun.objects.filter(pk=1).update(steps=len(steps))
            steps[place].run()
            if place + 1 == len(steps):
                SampleRun.objects.filter(pk=1).update(state=SampleRun.THERE)
                team.mark_loaded(run.now)
        yield str(steps[place].title), place + 1, len(steps)


def _removing(actor: Actor, run: SampleRun):  # type: ignore[no-untyped-def]
    place = run.step
    for kind in removing.KINDS:
        while True:
            with transaction.atomic():
                if not removing.take_out_some(kind):
                    break
                _claim(SampleRun.REMOVING, place, actor)
            place += 1
            yield str(_("Removing")), place, max(run.steps, place + 1)
    planned = plan_of(run)
    with transaction.atomic():
        _claim(SampleRun.REMOVING, place, actor)
        removing.take_out_ground(actor, planned)
        SampleRun.objects.filter(pk=1).delete()
        team.mark_loaded(None)
    yield str(_("Removing")), max(run.steps, place + 1), max(run.steps, place + 1)


def _claim(state: str, place: int, actor: Actor) -> None:
    """One run at a time: whoever finds another count than expected gives way."""
    mine = SampleRun.objects.filter(pk=1, state=state, step=place)
    if not mine.update(step=place + 1, moved_at=actor.now):
        raise Conflict(_("The sample is already being loaded or removed elsewhere."))


def _loader(actor: Actor, run: SampleRun) -> Actor:
    """The deals and tasks of whoever asked for the sample, at the sample's own moment."""
    member: UUID | None = run.member_id
    return Actor(member, actor.name, run.now, actor.permissions, None, via="import", everything=True)
