"""A deal's way through the stages from what other systems tell of it. Pure: plain stages and moments.

What is told may be little (created, closed) or much (every stage and when it was entered). The way always begins with
the first known moment, ends in the stage the deal stands in, and its steps touch without gap.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

SLACK = timedelta(hours=1)
"""Systems write the first stage a moment after the deal itself."""

StageT = TypeVar("StageT", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told(Generic[StageT]):
    """stage: where the deal stands. worked: where a deal was before, if nothing tells.

    began_at: when it was created. since: when it entered its stage, if told. closed_at: None for an open deal
    """

    stage: StageT
    worked: StageT
    began_at: datetime
    since: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step(Generic[StageT]):
    stage: StageT
    at: datetime


def way(told: Told[StageT], heard: Iterable[Step[StageT]] = ()) -> list[Step[StageT]]:
    """The steps in order. heard: stages and when they were entered, in any order.

    A final stage that the deal has left again (reopened) stays in its way; what was heard after the close does not.
    """
    end = told.closed_at or told.since
    steps: list[Step[StageT]] = []
    for one in sorted(heard, key=lambda step: step.at):
        if told.closed_at is not None and one.at > told.closed_at:
            continue
        if not steps or steps[-1].stage != one.stage:
            steps.append(one)
    if told.closed_at is not None:
        # The close itself may be among what was heard, at the moment somebody clicked rather than the day it counts for.
        while steps and steps[-1].stage == told.stage:
            end = steps.pop().at
    if not steps:
        return _unheard(told, end)
    if steps[0].at - told.began_at > SLACK:
        # Where it was before the first stage that is told: at the beginning.
        before = [] if told.worked in (steps[0].stage, told.stage) else [Step(told.worked, told.began_at)]
        steps = [*before, *(steps if before else [Step(steps[0].stage, told.began_at), *steps[1:]])]
    if steps[-1].stage == told.stage:
        return steps
    last = steps[-1].at
    return [*steps, Step(told.stage, max(last, end or last))]


def _unheard(told: Told[StageT], end: datetime | None) -> list[Step[StageT]]:
    if end is None or end <= told.began_at or told.worked == told.stage:
        began = min(told.began_at, end) if told.closed_at is not None and end is not None else told.began_at
        if told.closed_at is None or told.worked == told.stage:
            return [Step(told.stage, began)]
        return [Step(told.worked, began), Step(told.stage, end or began)]
    return [Step(told.worked, told.began_at), Step(told.stage, end)]
