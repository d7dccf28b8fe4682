"""The inquiries of the sample company: those its deals came from, those that were sent back, and those that wait now. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from dawra.site.sample.things import Plan

NAMESPACE = UUID("8a3c54a2-5f0e-4a52-9d51-0a0c2a6f7b21")
# Shares and counts are invented to look like a mid-size seller.
OF_DEALS, REJECTED_PER_DEAL, WAITING = 0.45, 0.25, 40
SOURCES = (
    ("Web form", "", 5), ("Logistics Expo", "Logistics Expo", 3), ("Referral", "", 2), ("LinkedIn", "Fleet savings", 3),
    ("Webinar", "Route planning webinar", 2), ("Partner", "", 1),
)  # fmt: skip
REASONS = (
    ("not_a_fit", 4), ("no_budget", 4), ("no_need", 3), ("wrong_contact", 2), ("student_or_supplier", 2), ("spam", 1),
)  # fmt: skip
WORDS = (
    "Could you send us a quote for our vans?", "هل يمكنكم إرسال عرض سعر لأسطولنا؟", "We saw you at the fair; a demo, please.",
    "نرغب في عرض توضيحي لفريق العمليات.", "What does it cost for 40 drivers?", "كم التكلفة لأربعين سائقًا؟",
    "Does it work with our warehouse system?", "هل يعمل مع نظام المستودعات لدينا؟", "Please call me back this week.",
    "يُرجى معاودة الاتصال هذا الأسبوع.", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeadPlan:
    """person, deal, owner: places in the plan; deal -1 = none; owner -1 = whoever loads it, -2 = nobody.

    answered_after: by the wall clock; None = not yet. reason: code of a rejection
    """

    id: UUID
    person: int
    owner: int
    source: str
    campaign: str
    words: str
    status: str
    asked_at: datetime
    answered_after: timedelta | None
    decided_at: datetime | None
    reason: str
    deal: int


def inquiries(plan: Plan) -> tuple[LeadPlan, ...]:
    """In the order in which they came in."""
    return tuple(sorted(_Asking(plan).all(), key=lambda one: one.asked_at))


class _Asking:
    def __init__(self, plan: Plan) -> None:
        self._plan, self._rng = plan, Random(plan.setting.seed + 7)  # noqa: S311 - repeatable, not secret

    def all(self) -> Iterator[LeadPlan]:
        rng, now = self._rng, self._plan.setting.now
        for place, deal in enumerate(self._plan.deals):
            begun = deal.visits[0][1]
            if deal.people and rng.random() < OF_DEALS:
                asked = begun - timedelta(minutes=rng.randint(200, 4000))
                yield self._lead("accepted", deal.people[0][0], deal.owner, asked, begun, place)
            if rng.random() < REJECTED_PER_DEAL:
                asked = begun - timedelta(hours=rng.randint(30, 300))
                person = rng.randrange(len(self._plan.people))
                owner = self._plan.people[person].owner
                yield self._lead("rejected", person, owner, asked, asked + timedelta(hours=rng.randint(2, 28)), -1)
        for number in range(min(WAITING, len(self._plan.people))):
            person = rng.randrange(len(self._plan.people))
            owner = (-1, -2, self._plan.people[person].owner, self._plan.people[person].owner)[number % 4]
            asked = now - timedelta(minutes=rng.choice((12, 35, 50, 90, 200, 600, 1500, 3000, 6000)) + number)
            yield self._lead("working" if number % 3 == 0 and owner != -2 else "new", person, owner, asked, None, -1)

    def _lead(
        self, status: str, person: int, owner: int, asked: datetime, decided: datetime | None, deal: int
    ) -> LeadPlan:
        rng = self._rng
        until = (decided or self._plan.setting.now) - asked
        # Most answers come soon, some late, a few never.
        wanted = timedelta(minutes=round(rng.lognormvariate(3.6, 1.1)) + 1)
        answered = None if status == "new" or (decided and rng.random() < 0.06) else min(wanted, until)
        source, campaign, _weight = rng.choices(SOURCES, [one[2] for one in SOURCES])[0]
        reason = rng.choices(REASONS, [one[1] for one in REASONS])[0][0] if status == "rejected" else ""
        key = uuid5(NAMESPACE, f"{self._plan.setting.seed}/{status}/{person}/{asked.isoformat()}/{deal}")
        return LeadPlan(
            key, person, owner, source, campaign, rng.choice(WORDS), status, asked, answered, decided, reason, deal
        )
