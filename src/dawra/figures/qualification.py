"""How well a deal is qualified, 0 to 100, as signed parts that add up to the shown score; and what to ask next. Pure.

A framework (BANT, MEDDICC, one's own) is a list of criteria with weights. What speaks for the deal adds to the start, what
speaks against it takes away, each in proportion to the criterion's weight and to how sure it is. All proven for is 100,
all proven against is 0. The start and the shares are a judgement: the score is no chance of winning
(docs/figures/qualification.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

START, WHOLE = 20, 100
FOR, AGAINST, OPEN = "for", "against", "open"
VERDICTS = (OPEN, FOR, AGAINST)
UNKNOWN, GUESS, TOLD, PROVEN = "unknown", "guess", "told", "proven"
CERTAINTY = {UNKNOWN: 0, GUESS: 30, TOLD: 70, PROVEN: 100}  # percent of the criterion's points
WEAK, STRONG = 40, 70


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion. weight: any whole number above zero; only the proportion counts."""

    code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one criterion of one deal."""

    verdict: str = OPEN
    confidence: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Part:
    """points: signed, what the criterion adds now. up, down: the most it could add or take. gain: what proof would add."""

    code: str
    points: int
    up: int
    down: int
    is_settled: bool

    @property
    def gain(self) -> int:
        return self.up - self.points


@dataclass(frozen=True, slots=True)
class Qualification:
    """score = START + the points of all parts; None while nothing speaks for or against.

    parts: in the framework's order. gaps: what is not proven yet, first what would move the score most.
    """

    score: int | None
    known: int
    parts: tuple[Part, ...]
    gaps: tuple[Part, ...]


def qualify(asked: Sequence[Weighed], known: Mapping[str, Known]) -> Qualification:
    """Score a deal by the criteria of its framework.

    Takes:   criteria in order, and what is known by code; codes of other frameworks count for nothing
    Gives:   a score of whole points, its parts, and the gaps
    """
    ups = shared_out(WHOLE - START, [one.weight for one in asked])
    downs = shared_out(START, [one.weight for one in asked])
    parts = tuple(
        _part(one.code, known.get(one.code, Known()), up, down)
        for one, up, down in zip(asked, ups, downs, strict=True)
    )  # fmt: skip
    told = sum(known.get(one.code, Known()).verdict in (FOR, AGAINST) for one in asked)
    score = START + sum(part.points for part in parts) if told else None
    gaps = sorted((part for part in parts if not part.is_settled), key=lambda part: -part.gain)
    return Qualification(score, told, parts, tuple(gaps))


def level(score: int | None) -> str:
    """The tone a score is shown in: good, warn or bad; "" for none."""
    if score is None:
        return ""
    return "good" if score >= STRONG else "warn" if score >= WEAK else "bad"


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole points in proportion to the weights, that add up to the total: the largest remainders get what is left.

    Source:  Hamilton's method of apportionment; of equal remainders the first in order
    """
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    points = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_rest[: total - sum(points)]:
        points[place] += 1
    return points


def _part(code: str, known: Known, up: int, down: int) -> Part:
    sure = CERTAINTY.get(known.confidence, 0)
    settled = known.verdict in (FOR, AGAINST) and known.confidence == PROVEN
    if known.verdict == FOR:
        return Part(code, (up * sure + 50) // 100, up, down, settled)
    if known.verdict == AGAINST:
        return Part(code, -((down * sure + 50) // 100), up, down, settled)
    return Part(code, 0, up, down, settled)


# Whether the score says anything

BANDS = ((0, WEAK - 1), (WEAK, STRONG - 1), (STRONG, WHOLE))


@dataclass(frozen=True, slots=True)
class Band:
    """Closed deals whose score at closing lay between low and high, both included."""

    low: int
    high: int
    won: int
    n: int


def outcomes(closed: Iterable[tuple[int, bool, int]]) -> tuple[Band, ...]:
    """How often deals were won, by their score at closing.

    Takes:   (score, won, how many deals) in any order
    Beware:  association, not cause: deals that go well get more answers
    """
    counted = [[0, 0] for _band in BANDS]
    for score, won, n in closed:
        place = next(place for place, (_low, high) in enumerate(BANDS) if score <= high)
        counted[place][0] += n if won else 0
        counted[place][1] += n
    return tuple(Band(low, high, won, n) for (low, high), (won, n) in zip(BANDS, counted, strict=True))
