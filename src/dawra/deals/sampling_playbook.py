"""How the sample company followed its playbook: most steps of most deals, more in those that were won, less with some reps.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dawra.deals.models import Deal, Play, StageVisit, StepDone
from dawra.deals.playbook_seeds import SEEDS
from dawra.deals.rules import OPEN, WON

BEFORE_ALL = 0  # the number of what the playbook says to have said before the company was set up
SIXTEENTHS = 16


class PlaybookWriter:
    """Writes which steps were done in deals just written."""

    def __init__(self, drawn_id: UUID | None, now: datetime) -> None:
        self._drawn_id, self._at = drawn_id, now - timedelta(days=3 * 365)
        self._plays: dict[str, Play] = {}

    def write(self, visits: Sequence[StageVisit]) -> None:
        """visits: of the deals just written, with deal and stage at hand. Part of the same transaction."""
        self._begin()
        rows = [row for visit in visits if visit.stage.code in self._plays for row in self._steps(visit)]
        StepDone.objects.bulk_create(rows, batch_size=200)

    def _begin(self) -> None:
        """Long before the sample's first deal the playbook said what it says now: else nothing would have been due."""
        if self._plays or self._drawn_id is None:
            return
        for seed in SEEDS:
            said: dict[str, Any] = {"written_at": self._at, **seed.values()}
            row, _is_new = Play.objects.get_or_create(
                drawn_id=self._drawn_id, code=seed.code, number=BEFORE_ALL, defaults=said
            )
            self._plays[seed.code] = row

    def _steps(self, visit: StageVisit) -> list[StepDone]:
        deal, play = visit.deal, self._plays[visit.stage.code]
        until = visit.exited_at
        rows = []
        for place, step in enumerate(play.steps):
            dice = (deal.pk.int >> (7 * place + visit.stage.position)) % SIXTEENTHS
            if dice >= self._often(deal) or (until is None and place > deal.pk.int % 3):
                continue
            at = (
                visit.entered_at
                + ((until or visit.entered_at + timedelta(days=1)) - visit.entered_at) * (place + 1) / 8
            )
            rows.append(
                StepDone(
                    deal=deal, code=play.code, step=step["key"], play=play, visit=visit, by="", done_at=at,
                    done_by_id=deal.owner_id,
                )
            )  # fmt: skip
        return rows

    def _often(self, deal: Deal) -> int:
        """Of sixteen steps so many: a careful rep does more than a hasty one, and deals that are won have seen more done."""
        rep = deal.owner_id.int % 5 if deal.owner_id else 2
        careful = deal.pk.int >> 90 & 1 if deal.state == OPEN else int(deal.state == WON)
        return 9 + rep + careful


def take_out() -> None:
    Play.objects.filter(number=BEFORE_ALL).delete()
