"""Who tells a story: the people of the cast, their clock, and what they can look up by name."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dawra.access.actor import Actor
from dawra.customers.models import Company, Person
from dawra.deals.models import Criterion, Deal, OutcomeReason, Stage
from dawra.journal.listeners import deliver_due
from dawra.journal.models import Entry
from dawra.team.actors import actor_for
from dawra.team.models import Member
from tests.cast import NOW, Cast

MOMENT = re.compile(r"^(\d{1,2} \w+ \d{4})(?:, (\d{1,2}:\d{2}))?$")


@dataclass
class Teller:
    """now moves on a minute with every step, so that what is told first happened first."""

    cast: Cast
    now: datetime = NOW
    last: Entry | None = None
    told: dict[str, int] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        found: Member = getattr(self.cast, name.lower())
        return Member.objects.select_related("role", "team").get(pk=found.pk)

    def actor(self, name: str) -> Actor:
        self.now += timedelta(minutes=1)
        return actor_for(self.member(name), self.now)

    def deal(self, name: str) -> Deal:
        row: Deal = Deal._base_manager.select_related("stage").get(name=name)
        return row

    def company(self, name: str) -> Company:
        row: Company = Company._base_manager.get(name=name)
        return row

    def person(self, name: str) -> Person:
        row: Person = Person._base_manager.get(name=name)
        return row

    def record(self, name: str) -> Any:
        for model in (Deal, Company, Person):
            found = model._base_manager.filter(name=name).first()
            if found is not None:
                return found
        raise AssertionError(f"nobody has added “{name}”")

    def stage(self, deal: Deal, name: str) -> Stage:
        return Stage.objects.get(version=deal.stage.version_id, name=name)

    def box(self, deal: Deal, name: str) -> Criterion:
        return Criterion.objects.get(stage__version=deal.stage.version_id, sort="box", name=name)

    def reason(self, outcome: str, name: str) -> str:
        return OutcomeReason.objects.get(outcome=outcome, name=name).code

    def listen(self) -> None:
        """Whoever listens in the house has heard everything so far."""
        while deliver_due(self.now):
            pass


def moment(text: str) -> datetime:
    """1 December 2026, 10:00; without an hour, midnight."""
    found = MOMENT.match(text)
    if found is None:
        raise AssertionError(f"“{text}” is no day: write 1 December 2026, 10:00")
    day = datetime.strptime(found.group(1), "%d %B %Y").replace(tzinfo=UTC)
    hours, _colon, minutes = (found.group(2) or "0:00").partition(":")
    return day.replace(hour=int(hours), minute=int(minutes))


def minor(text: str) -> int:
    """120,000 or 1,250.50 → minor units of two places."""
    whole, _dot, cents = text.replace(",", "").partition(".")
    return int(whole) * 100 + int((cents + "00")[:2])
