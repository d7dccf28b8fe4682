"""How well companies fit, as other rooms and pages see it: the kept score, or one reckoned on the spot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.queries.features import Features, features_of
from dawra.figures.icp import Scored, scored_by
from dawra.prospecting.models import FitScore, IcpProfile
from dawra.prospecting.rules import fitting

STRONG, FAIR = 67, 34  # thirds of 0 to 100: how a score is worded, never how it is used


@dataclass(frozen=True, slots=True)
class FitReason:
    """shown: the value as people write it; points: signed."""

    dimension: str
    shown: str
    points: int


@dataclass(frozen=True, slots=True)
class FitCard:
    """A company's fit by the version in force. base + reasons = score, but for the bounds 0 and 100."""

    company_id: UUID
    score: int
    base: int
    number: int
    reasons: tuple[FitReason, ...]
    known: int
    asked: int

    @property
    def top(self) -> tuple[FitReason, ...]:
        return self.reasons[:3]

    @property
    def rest(self) -> int:
        """What the reasons beyond the first three add up to."""
        return sum(one.points for one in self.reasons[3:])

    @property
    def level(self) -> str:
        return "strong" if self.score >= STRONG else "fair" if self.score >= FAIR else "weak"

    @property
    def tone(self) -> str:
        return {"strong": "good", "fair": "info", "weak": ""}[self.level]


@dataclass(frozen=True, slots=True)
class Ruler:
    """What scoring by one version needs, read once."""

    profile_id: UUID
    number: int
    base: int
    dimensions: tuple[str, ...]
    cuts: Mapping[str, Sequence[float]]
    points: Mapping[tuple[str, str], int]
    shown: Mapping[tuple[str, str], str]

    def score(self, company: Features) -> Scored:
        return scored_by(self.base, self.points, fitting.values_of(company, self.dimensions, self.cuts))

    def reasons(self, found: Scored) -> list[list[object]]:
        return [[r.dimension, self.shown.get((r.dimension, r.value), r.value), r.points] for r in found.reasons]


def ruler_of(profile: IcpProfile) -> Ruler:
    keys = {(one["dimension"], one["value"]): one for one in profile.lifts}
    return Ruler(
        profile_id=profile.pk,
        number=profile.number,
        base=profile.base,
        dimensions=tuple(profile.dimensions),
        cuts=profile.cuts,
        points={key: one["points"] for key, one in keys.items() if one["points"]},
        shown={key: one["shown"] for key, one in keys.items()},
    )


def in_force() -> IcpProfile | None:
    """The version that scores now. 1 query."""
    return IcpProfile.objects.filter(is_active=True).first()


def fit_of(company_ids: Collection[UUID]) -> dict[UUID, FitCard]:
    """company → its kept score by the version in force; those not scored yet are missing. 1 query.

    For companies the caller has already been allowed to see.
    """
    rows = FitScore.objects.filter(company_id__in=list(company_ids), profile__is_active=True).select_related("profile")
    return {row.company_id: _card(row) for row in rows.defer("profile__lifts", "profile__bands")}


def fit_now(actor: Actor, company_id: UUID) -> FitCard | None:
    """One company by the version in force: the kept score, or reckoned now. None where none is in force. 1 to 4 queries."""
    kept = fit_of([company_id]).get(company_id)
    if kept is not None:
        return kept
    profile = in_force()
    company = features_of(actor, [company_id]).get(company_id) if profile else None
    if profile is None or company is None:
        return None
    ruler = ruler_of(profile)
    found = ruler.score(company)
    reasons = tuple(FitReason(str(d), str(s), int(str(p))) for d, s, p in ruler.reasons(found))
    return FitCard(company_id, found.score, found.base, profile.number, reasons, found.known, len(profile.dimensions))


def _card(row: FitScore) -> FitCard:
    reasons = tuple(FitReason(*one) for one in row.reasons)
    profile = row.profile
    return FitCard(row.company_id, row.score, profile.base, profile.number, reasons, row.known, len(profile.dimensions))
