"""The playbook of one deal: what its stage asks for, what was done of it, and how it was followed so far."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast

from dawra.access.actor import Actor
from dawra.deals import keeping, plays, rules
from dawra.deals.models import Deal, Play, Stage, StageOverride, StageVisit, StepDone
from dawra.deals.plays import Stay, Step
from dawra.deals.words import MEETS
from dawra.figures.adherence import Stop

PLAY, TICK, VISIT = 1, 2, 3
TEXTS = ("todo", "todo_ar", "script", "script_ar")


Went = tuple[UUID, datetime, datetime | None, int, str, str | None]
"""One visit: stage, entered, left, amount in minor units, currency, why criteria were passed over."""


@dataclass(frozen=True, slots=True)
class Tick:
    """That a step was done: when, by what (see plays.MEETS), and by whom, if somebody did."""

    at: datetime
    by: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the house keeps for one deal's playbook. drawn: the number of the deal's drawing.

    visits: its way, oldest first; read along, for the page of a deal needs it too
    """

    plays: tuple[plays.Play, ...]
    ticks: dict[tuple[str, str], Tick]
    drawn: int
    visits: tuple[Went, ...]

    @property
    def done(self) -> dict[tuple[str, str], datetime]:
        return {of: tick.at for of, tick in self.ticks.items()}

    def is_followed(self, code: str) -> bool:
        """Whether the required steps of a stage are done; true where none is written."""
        return plays.is_followed(plays.in_force(self.plays, code, self.drawn), self.done)


@dataclass(frozen=True, slots=True)
class StepCard:
    step: Step
    tick: Tick | None
    meets: Any

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def name_ar(self) -> str:
        return self.step.name_ar


@dataclass(frozen=True, slots=True)
class Followed:
    """A stage the deal has left forward: required steps done in time, of those due."""

    stage: Any
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Panel:
    """play: of the stage it stands in, None if nothing is written. done, due: required steps of the stages left so far."""

    play: plays.Play | None
    steps: tuple[StepCard, ...]
    required: int
    required_done: int
    past: tuple[Followed, ...]
    done: int
    due: int
    skipped: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.due) if self.due else 0


class Stepped(Protocol):
    """A stage in the stepper, as queries.deal_page tells it."""

    @property
    def stage(self) -> Stage: ...


class Visited(Protocol):
    """A visit, as queries.deal_page tells it."""

    @property
    def stage(self) -> Stage: ...
    @property
    def exited_at(self) -> datetime | None: ...


def kept_for(deal: Deal) -> Kept:
    """deal: one the actor has fetched, with its stage and version. 1 query: pages, ticks and visits together."""
    drawn = deal.stage.version
    here = [When(code=deal.stage.code, then=F(name)) for name in TEXTS]
    empty = Value("", output_field=TextField())
    written = (
        Play.objects.filter(drawn__pipeline_id=drawn.pipeline_id, drawn__number__lte=drawn.number)
        .annotate(
            is_play=Value(PLAY, output_field=IntegerField()),
            place=F("drawn__number"),
            lines=Cast("steps", TextField()),
            links=Cast("material", TextField()),
            word=Value("", output_field=CharField()),
            **{f"{name}_here": Case(when, default=empty) for name, when in zip(TEXTS, here, strict=True)},
        )
        .values_list(
            "is_play", "id", "code", "place", "number", "written_at", "is_starter", "lines", "links", "word",
            *(f"{name}_here" for name in TEXTS),
        )
    )  # fmt: skip
    zero, no = Value(0, output_field=IntegerField()), Value(False, output_field=BooleanField())
    ticked = (
        StepDone.objects.filter(deal=deal)
        .annotate(
            is_play=Value(TICK, output_field=IntegerField()), place=zero, count=zero, starts=no, lines=F("step"), links=F("by"),
            whose=Cast("done_by_id", UUIDField()), n=F("done_by__name"), n_ar=F("done_by__name_ar"), c=empty, d=empty,
            word=Value("", output_field=CharField()),
        )
        .values_list(
            "is_play", "id", "code", "place", "count", "done_at", "starts", "lines", "links", "word", "n", "n_ar", "c", "d"
        )
    )  # fmt: skip
    rows = list(written.union(ticked, _went(deal), all=True))
    return Kept(
        tuple(_play(row) for row in rows if row[0] == PLAY),
        {(row[2], row[7]): Tick(row[5], row[8], row[10] or "", row[11] or "") for row in rows if row[0] == TICK},
        drawn.number,
        _visits([row for row in rows if row[0] == VISIT]),
    )


def _went(deal: Deal) -> Any:
    """Its visits in the columns of the others. That it left is told by the next one: visits touch without gap."""
    why = StageOverride.objects.filter(
        deal_id=OuterRef("deal_id"), to_stage_id=OuterRef("stage_id"), overridden_at=OuterRef("entered_at")
    )
    empty, zero = Value("", output_field=TextField()), Value(0, output_field=IntegerField())
    return (
        StageVisit.objects.filter(deal=deal)
        .annotate(
            is_play=Value(VISIT, output_field=IntegerField()), place=zero, starts=Value(False, output_field=BooleanField()),
            lines=Cast("stage_id", TextField()), links=Subquery(why.values("reason")[:1], output_field=TextField()),
            word=Value("", output_field=CharField()), a=empty, b=empty, c=empty, d=empty,
        )
        .values_list(
            "is_play", "id", "currency", "place", "amount_minor", "entered_at", "starts", "lines", "links", "word",
            "a", "b", "c", "d",
        )
    )  # fmt: skip


def _visits(rows: list[Any]) -> tuple[Went, ...]:
    rows.sort(key=lambda row: (row[5], row[1]))
    ends = [row[5] for row in rows[1:]] + [None]
    return tuple((UUID(row[7]), row[5], end, row[4], row[2], row[8]) for row, end in zip(rows, ends, strict=True))


def _play(row: Sequence[Any]) -> plays.Play:
    _is, key, code, drawn, number, at, is_starter, lines, links, _word, todo, todo_ar, script, script_ar = row
    steps, material = plays.steps_of(json.loads(lines)), plays.material_of(json.loads(links))
    return plays.Play(key, code, drawn, number, at, steps, bool(is_starter), todo, todo_ar, script, script_ar, material)


def panel(deal: Deal, kept: Kept, visits: Sequence[Visited], way: Iterable[Stepped]) -> Panel:
    """visits: newest first, as queries.deal_page tells them. way: the open stages of the deal's drawing. No query."""
    stops = [Stop(step.stage.code, step.stage.position) for step in way]
    stays = [Stay(v.stage.code, v.stage.position, v.stage.type, kept.drawn, v.exited_at) for v in reversed(visits)]
    found, skipped = plays.passed(stays, stops, kept.plays, kept.done)
    named = {visit.stage.code: visit.stage for visit in visits}
    play = plays.in_force(kept.plays, deal.stage.code, kept.drawn) if deal.state == rules.OPEN else None
    shown = play if play is not None and not play.is_empty else None
    here = deal.stage.code
    steps = tuple(
        StepCard(step, kept.ticks.get((here, step.key)), MEETS[step.by]) for step in (play.steps if play else ())
    )
    required = [card for card in steps if card.step.required]
    past = tuple(Followed(named[one.stage], one.done, one.due) for one in found if one.due)
    return Panel(
        play=shown,
        steps=steps,
        required=len(required),
        required_done=sum(card.tick is not None for card in required),
        past=past,
        done=sum(one.done for one in past),
        due=sum(one.due for one in past),
        skipped=len(skipped),
    )


@dataclass(frozen=True, slots=True)
class _Way:
    stage: Stage


def of_deal(actor: Actor, deal_id: UUID) -> tuple[Deal, Panel]:
    """For programs, which have no page at hand. Raises NotFound; 4 queries."""
    actor.must("deals.read")
    deal = keeping.fetch(actor, deal_id)
    visits = StageVisit.objects.filter(deal=deal).select_related("stage").order_by("-entered_at", "-id")
    stages = Stage.objects.filter(version_id=deal.stage.version_id, type=rules.OPEN).order_by("position", "id")
    return deal, panel(deal, kept_for(deal), list(visits), [_Way(stage) for stage in stages])
