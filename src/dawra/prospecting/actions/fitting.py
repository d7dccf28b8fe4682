"""The ideal customer profile in versions, and every company's score by the one in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.figures.icp import LEAST_EACH, TOP
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue.fitting import IcpActivated, IcpFitted, IcpRemoved, IcpRetired, IcpSetByHand
from dawra.journal.models import Entry
from dawra.prospecting.models import FitScore, IcpProfile
from dawra.prospecting.models.icp import BY_HAND, FITTED
from dawra.prospecting.queries.fit import in_force
from dawra.prospecting.queries.icp import Learnt, dimensions
from dawra.prospecting.rules import fitting

MOST_BY_HAND = 500


@dataclass(frozen=True, slots=True)
class ByHand:
    """base: the score of a company of which nothing is known. points: (dimension, value) → -100 to 100.

    stands_on: the version whose table it starts from
    """

    base: int
    points: Mapping[tuple[str, str], int] = field(default_factory=dict)
    stands_on: UUID | None = None
    dimensions: Sequence[str] = ()


@transaction.atomic
def keep_fitted(actor: Actor, *, learnt: Learnt) -> IcpProfile:
    """Keep what was learnt as a new version; it scores nobody until it is put in force.

    Writes:  prospecting.icp_fitted.1
    Raises:  Refused, Invalid
    """
    actor.must("prospecting.manage")
    _must_be_known(learnt.dimensions)
    found = learnt.profile
    row = IcpProfile.objects.create(
        number=_next_number(), way=FITTED, state=found.state, dimensions=list(learnt.dimensions), cuts=dict(learnt.cuts),
        lifts=[dict(one) for one in learnt.lifts], base=found.base, n=found.n, won=found.won,
        bands=[{"low": b.low, "high": b.high, "n": b.n, "won": b.won} for b in found.bands],
        auc_bp=round(found.auc * 10_000) if found.auc is not None else None,
        made_at=actor.now, made_by_id=actor.member_id,
    )  # fmt: skip
    told = IcpFitted(row.pk, row.number, row.n, row.won, row.state, list(learnt.dimensions))
    journal.write(actor, told, about=[])
    return row


@transaction.atomic
def set_by_hand(actor: Actor, *, said: ByHand) -> IcpProfile:
    """A new version whose points a person says, where the history is too small or somebody knows better.

    Writes:  prospecting.icp_set_by_hand.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("prospecting.manage")
    if not 0 <= said.base <= TOP:
        raise Invalid(_("A score lies between 0 and 100."), field="base")
    if len(said.points) > MOST_BY_HAND or any(abs(points) > TOP for points in said.points.values()):
        raise Invalid(_("Points are whole numbers from -100 to 100."), field="points")
    start = IcpProfile.objects.filter(pk=said.stands_on).first() if said.stands_on else None
    if said.stands_on and start is None:
        raise NotFound()
    lifts = [dict(one) for one in start.lifts] if start else []
    chosen = list(start.dimensions) if start else []
    chosen += [one for one in [*said.dimensions, *(key[0] for key in said.points)] if one not in chosen]
    chosen = list(dict.fromkeys(chosen))
    _must_be_known(chosen)
    there = {(one["dimension"], one["value"]): one for one in lifts}
    for key, one in there.items():
        one |= {"points": said.points.get(key, 0), "weight": None}
    for dimension, value in said.points:
        read = fold(value) if dimension in (fitting.INDUSTRY, fitting.SOURCE) else value.strip()
        key = (dimension, read[: fitting.LONGEST])
        if key not in there and key[1]:
            lifts.append(
                {"dimension": dimension, "value": key[1], "shown": value.strip()[: fitting.LONGEST], "n": 0, "won": 0,
                 "weight": None, "points": said.points[dimension, value]}
            )  # fmt: skip
    row = IcpProfile.objects.create(
        number=_next_number(), way=BY_HAND, state="fitted", dimensions=chosen, cuts=start.cuts if start else {},
        lifts=lifts, base=said.base, n=start.n if start else 0, won=start.won if start else 0,
        made_at=actor.now, made_by_id=actor.member_id,
    )  # fmt: skip
    points: dict[str, dict[str, int]] = {}
    for one in lifts:
        if one["points"]:
            points.setdefault(one["dimension"], {})[one["value"]] = one["points"]
    journal.write(actor, IcpSetByHand(row.pk, row.number, row.base, points), about=[])
    return row


@transaction.atomic
def put_in_force(actor: Actor, *, profile_id: UUID, cause: Entry | None = None) -> Entry | None:
    """From now on companies are scored by this version; they all are, in the background. None if it is in force already.

    Writes:  prospecting.icp_activated.1
    Raises:  Refused, NotFound, Conflict (too little history to score by)
    """
    actor.must("prospecting.manage")
    row = IcpProfile.objects.filter(pk=profile_id).first()
    if row is None:
        raise NotFound()
    if row.is_active:
        return None
    if row.state != "fitted":
        raise Conflict(
            _(
                "This version tells nothing: it needs %(least)s won and %(least)s lost deals that differ. Set points by hand."
            ),
            least=LEAST_EACH,
        )
    before = in_force()
    IcpProfile.objects.filter(is_active=True).update(is_active=False)
    IcpProfile.objects.filter(pk=row.pk).update(is_active=True)
    told = IcpActivated(row.pk, row.number, before.pk if before else None)
    entry = journal.write(actor, told, about=[], cause=cause)
    jobs.enqueue("prospecting.score_companies", profile_id=str(row.pk), after="")
    return entry


@transaction.atomic
def retire(actor: Actor, *, profile_id: UUID, cause: Entry | None = None) -> None:
    """No version is in force; companies have no score until one is.

    Writes:  prospecting.icp_retired.1
    Raises:  Refused, NotFound
    """
    actor.must("prospecting.manage")
    row = IcpProfile.objects.filter(pk=profile_id, is_active=True).first()
    if row is None:
        raise NotFound()
    IcpProfile.objects.filter(pk=row.pk).update(is_active=False)
    journal.write(actor, IcpRetired(row.pk, row.number), about=[], cause=cause)


@transaction.atomic
def remove_version(actor: Actor, *, profile_id: UUID, cause: Entry | None = None) -> None:
    """A version made by mistake goes, unless it is in force.

    Writes:  prospecting.icp_removed.1
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("prospecting.manage")
    row = IcpProfile.objects.filter(pk=profile_id).first()
    if row is None:
        raise NotFound()
    if row.is_active:
        raise Conflict(_("This version is in force. Put another one in force first."))
    FitScore.objects.filter(profile=row).delete()
    row.delete()
    journal.write(actor, IcpRemoved(row.number), about=[], cause=cause)


def _next_number() -> int:
    return (IcpProfile.objects.aggregate(top=Max("number"))["top"] or 0) + 1


def _must_be_known(chosen: Sequence[str]) -> None:
    known = {one.code for one in dimensions()}
    if not chosen or not known.issuperset(chosen):
        raise Invalid(_("Choose at least one of the dimensions."), field="dimensions")
