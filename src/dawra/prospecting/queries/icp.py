"""The ICP Studio: versions, what can be compared, learning from closed deals, and what another version would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers.queries import fields as custom
from dawra.customers.queries.cards import company_cards
from dawra.customers.queries.features import Features, features_of, newest_company_ids, titles_of
from dawra.figures import icp
from dawra.figures.shares import lift, lift_interval, wilson
from dawra.figures.words import fold, named
from dawra.prospecting import doors
from dawra.prospecting.models import IcpProfile
from dawra.prospecting.queries.fit import ruler_of
from dawra.prospecting.rules import fitting

MOST_CASES = 50_000
MOST_COMPARED = 2000
MOST_VERSIONS = 50
BATCH = 500
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Dimension:
    """name: of a custom field; "" where the page knows the word."""

    code: str
    name: str = ""
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class LiftRow:
    """One value as the table shows it. Shares in basis points, lifts exact to two digits; None where nothing was counted.

    points: in the score. lift_high: None where it is without bound
    """

    dimension: str
    value: str
    shown: str
    n: int
    won: int
    points: int
    share_bp: int | None
    low_bp: int | None
    high_bp: int | None
    lift: Decimal | None
    lift_low: Decimal | None
    lift_high: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether even the interval lies to one side of the base."""
        return (self.lift_low or 0) > 1 or (self.lift_high is not None and self.lift_high < 1)


@dataclass(frozen=True, slots=True)
class Version:
    id: UUID
    number: int
    way: str
    state: str
    n: int
    won: int
    base: int
    auc_bp: int | None
    made_at: datetime
    made_by: str
    is_active: bool
    dimensions: tuple[str, ...]
    bands: tuple[Mapping[str, Any], ...]

    @property
    def lost(self) -> int:
        return self.n - self.won

    @property
    def share_bp(self) -> int | None:
        return round(self.won * 10_000 / self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Learnt:
    """A profile ready to be kept. lifts: as on IcpProfile."""

    dimensions: tuple[str, ...]
    cuts: Mapping[str, Sequence[float]]
    profile: icp.Profile
    lifts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Mover:
    company: Any
    before: int
    after: int

    @property
    def by(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Compared:
    """What putting another version in force would change, among the newest companies. counted: how many were looked at.

    steps: (least points, how many move by at least that and less than the next)
    """

    counted: int
    up: int
    down: int
    same: int
    steps: tuple[tuple[int, int, int], ...]
    movers: tuple[Mover, ...]


def dimensions() -> list[Dimension]:
    """What companies can be compared by: our own, then custom fields of companies. 1 query."""
    own = [Dimension(code) for code in fitting.BUILT_IN]
    fields = [one for one in custom.fields_of("company") if one.type in fitting.COMPARED]
    return own + [Dimension(f"{fitting.CUSTOM}{one.key}", one.name, one.name_ar) for one in fields]


def versions(actor: Actor) -> list[Version]:
    """Newest first. 1 query."""
    actor.must("prospecting.read")
    rows = IcpProfile.objects.select_related("made_by").defer("lifts").order_by("-number")[:MOST_VERSIONS]
    return [_version(row) for row in rows]


def version(actor: Actor, profile_id: UUID) -> tuple[Version, list[LiftRow]]:
    """One version and its table. 1 query. Raises NotFound."""
    row = profile(actor, profile_id)
    return _version(row), [_row(one, row.n, row.won) for one in row.lifts]


def profile(actor: Actor, profile_id: UUID) -> IcpProfile:
    """Raises NotFound. 1 query."""
    actor.must("prospecting.read")
    row = IcpProfile.objects.select_related("made_by").filter(pk=profile_id).first()
    if row is None:
        raise NotFound()
    return row


def learn(actor: Actor, chosen: Sequence[str]) -> Learnt:
    """Learn from the newest closed deals, whoever had them: the pattern belongs to the company, not to a seller.

    Cost: 3 queries a batch of 500 deals, and the fit; outside any transaction
    """
    actor.must("prospecting.manage")
    everything = Actor.system("ideal customer profile", actor.now)
    closed = [one for one in islice(doors.deals().outcomes(everything), MOST_CASES) if one.company_id]
    facts: list[tuple[Any, Features, str]] = []
    for batch in _batches(closed):
        companies = features_of(everything, {one.company_id for one in batch if one.company_id})
        titles = titles_of(everything, {one.person_id for one in batch if one.person_id})
        facts += [
            (one, companies[one.company_id], titles.get(one.person_id, ""))
            for one in batch
            if one.company_id in companies
        ]
    facts.sort(key=lambda fact: (fact[0].closed_on, fact[0].deal_id))
    cuts = _cuts(chosen, [company for _one, company, _title in facts])
    cases = [
        icp.Case(one.is_won, fitting.values_of(company, chosen, cuts, source=one.source, title=title))
        for one, company, title in facts
    ]
    found = icp.fit(cases)
    written = _as_written(facts)
    lifts = tuple(
        {"dimension": one.dimension, "value": one.value, "shown": written.get((one.dimension, one.value), one.value),
         "n": one.n, "won": one.won, "weight": one.weight, "points": one.points}
        for one in found.lifts
    )  # fmt: skip
    return Learnt(tuple(chosen), cuts, found, lifts)


def compare(actor: Actor, before: IcpProfile | None, after: IcpProfile) -> Compared:
    """Score the newest companies the actor sees by both. 3 queries a batch of 500."""
    actor.must("prospecting.read")
    old, new = (ruler_of(before) if before else None), ruler_of(after)
    moved: list[tuple[int, UUID, int]] = []
    ids = newest_company_ids(actor, MOST_COMPARED)
    for batch in _batches(ids):
        for company in features_of(actor, batch).values():
            was = old.score(company).score if old else icp.MIDDLE
            moved.append((new.score(company).score - was, company.id, was))
    furthest = sorted((one for one in moved if one[0]), key=lambda one: (-abs(one[0]), str(one[1])))[:10]
    cards = company_cards(actor, [company_id for _by, company_id, _was in furthest])
    starts = (1, 5, 10, 20, 40)
    ends = (*starts[1:], 101)
    steps = tuple(
        (low, sum(low <= by < high for by, *_ in moved), sum(low <= -by < high for by, *_ in moved))
        for low, high in zip(starts, ends, strict=True)
    )
    return Compared(
        counted=len(moved),
        up=sum(by > 0 for by, *_ in moved),
        down=sum(by < 0 for by, *_ in moved),
        same=sum(by == 0 for by, *_ in moved),
        steps=steps,
        movers=tuple(Mover(cards[i], was, was + by) for by, i, was in furthest if i in cards),
    )


def _version(row: IcpProfile) -> Version:
    by = named(row.made_by.name, row.made_by.name_ar, "en") if row.made_by else ""
    return Version(
        row.pk, row.number, row.way, row.state, row.n, row.won, row.base, row.auc_bp, row.made_at, by, row.is_active,
        tuple(row.dimensions), tuple(row.bands),
    )  # fmt: skip


def _row(one: Mapping[str, Any], n: int, won: int) -> LiftRow:
    share = wilson(one["won"], one["n"])
    bounds = lift_interval(one["won"], one["n"], won, n)
    return LiftRow(
        dimension=one["dimension"], value=one["value"], shown=one["shown"], n=one["n"], won=one["won"], points=one["points"],
        share_bp=round(one["won"] * 10_000 / one["n"]) if one["n"] else None,
        low_bp=round(share[0] * 10_000) if share else None,
        high_bp=round(share[1] * 10_000) if share else None,
        lift=_times(lift(one["won"], one["n"], won, n)),
        lift_low=_times(bounds[0]) if bounds else None,
        lift_high=_times(bounds[1]) if bounds else None,
    )  # fmt: skip


def _times(ratio: float | None) -> Decimal | None:
    """A lift as shown; None where there is none or it is without bound."""
    return Decimal(ratio).quantize(CENT) if ratio is not None and ratio != float("inf") else None


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _cuts(chosen: Sequence[str], companies: Sequence[Features]) -> dict[str, list[float]]:
    """Bands of about equal count for custom numbers, learnt from the companies themselves."""
    numeric = {f"{fitting.CUSTOM}{one.key}" for one in custom.fields_of("company") if one.type == "number"}
    found = {}
    for dimension in numeric.intersection(chosen):
        key = dimension.removeprefix(fitting.CUSTOM)
        numbers = [number for one in companies if (number := fitting.number_of(one.custom.get(key))) is not None]
        found[dimension] = list(icp.quantile_cuts(numbers))
    return found


def _as_written(facts: Sequence[tuple[Any, Features, str]]) -> dict[tuple[str, str], str]:
    """How folded values are written, the newest way."""
    found: dict[tuple[str, str], str] = {}
    for one, company, _title in facts:
        for dimension, text in ((fitting.INDUSTRY, company.industry), (fitting.SOURCE, one.source or company.source)):
            if text:
                found[dimension, fold(text)[: fitting.LONGEST]] = text[: fitting.LONGEST]
    return found
