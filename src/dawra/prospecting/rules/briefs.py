"""Research briefs on plain values: how whole, how fresh, and whether that suffices before a first call. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dawra.figures.money import BASIS_POINTS

SLOTS = ("role", "priorities", "growth", "funding", "competitors", "current_product", "trigger", "common_ground")
# Of a company alone: what only a person has is not missing there.
OF_COMPANY = ("priorities", "growth", "funding", "competitors", "current_product", "trigger", "common_ground")
NEEDED_BP, FRESH_DAYS = 6000, 90
LONGEST_TEXT, LONGEST_SOURCE = 2000, 500


@dataclass(frozen=True, slots=True)
class Suffices:
    """What a brief must be: whole enough (basis points of its slots) and fresh enough (days since a slot was written)."""

    needed_bp: int = NEEDED_BP
    fresh_days: int = FRESH_DAYS


@dataclass(frozen=True, slots=True)
class Whole:
    """filled: slots with a text. fresh: those of them young enough. of: slots there are. Shares in basis points."""

    filled: int
    fresh: int
    of: int

    @property
    def filled_bp(self) -> int:
        return self.filled * BASIS_POINTS // self.of if self.of else 0

    @property
    def fresh_bp(self) -> int:
        return self.fresh * BASIS_POINTS // self.of if self.of else 0


def slots_of(kind: str) -> tuple[str, ...]:
    return OF_COMPANY if kind == "company" else SLOTS


def whole(kind: str, written: Mapping[str, datetime], now: datetime, fresh_days: int) -> Whole:
    """written: slot → when its present text was written."""
    slots = slots_of(kind)
    oldest = now - timedelta(days=fresh_days)
    return Whole(
        sum(slot in written for slot in slots),
        sum(slot in written and written[slot] >= oldest for slot in slots),
        len(slots),
    )


def together(briefs: Mapping[str, Mapping[str, datetime]], now: datetime, fresh_days: int) -> Whole:
    """Of a person and their company: a slot that either has is there. briefs: kind → slot → when."""
    written: dict[str, datetime] = {}
    for brief in briefs.values():
        for slot, at in brief.items():
            written[slot] = max(at, written.get(slot, at))
    return whole("person" if "person" in briefs else "company", written, now, fresh_days)


def suffices(found: Whole, asked: Suffices) -> bool:
    """Stale slots count as missing: what was true in spring says little before a call in winter."""
    return found.fresh_bp >= asked.needed_bp


def is_stale(written_at: datetime, now: datetime, fresh_days: int) -> bool:
    return written_at < now - timedelta(days=fresh_days)
