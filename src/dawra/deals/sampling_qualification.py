"""What is known of the sample company's deals: more the further they came, and more of what was won speaks for them.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals import rules
from dawra.deals.models import Deal, Finding, Framework, PipelineVersion
from dawra.deals.qualified import scored
from dawra.figures.qualification import AGAINST, FOR, GUESS, PROVEN, TOLD
from dawra.journal.catalogue.qualification import FindingNoted

Visits = Sequence[tuple[str, datetime, datetime | None]]
ANSWERS: dict[str, tuple[str, ...]] = {
    "budget": ("60,000 set aside for this year", "الميزانية معتمدة لهذا العام"),
    "authority": ("The operations director signs", "يوقّع مدير العمليات"),
    "need": ("Two hours a day lost in planning by hand", "تأخر التسليم يكلفهم عملاء"),
    "timing": ("Before the season begins in March", "قبل بداية الموسم في مارس"),
}
EVIDENCE = ("Their e-mail after the demo", "محضر الاجتماع")
ASKED_FROM = 2  # stages a deal has been through before anything is known


class QualificationWriter:
    """Notes what is known of deals that are being written; their score is set before they are."""

    def __init__(self, version_id: UUID | None) -> None:
        versions = PipelineVersion.objects.select_related("pipeline__framework")
        version = versions.filter(pk=version_id).first() if version_id else None
        self._framework: Framework | None = version.pipeline.framework if version else None
        self._findings: list[Finding] = []

    def prepare(self, deal: Deal, signed: Actor, visits: Visits) -> None:
        """To be called before the deal is kept."""
        if self._framework is None or len(visits) < ASKED_FROM:
            return
        found = [
            finding
            for place, one in enumerate(self._framework.criteria)
            if (finding := self._finding(deal, signed, visits, one["code"], place)) is not None
        ]
        if found:
            deal.qualification, deal.framework = scored(self._framework, found).score, self._framework
            self._findings += found

    def write(self) -> dict[Any, list[Any]]:
        """Lines by deal, of the open ones: (fact, about, at). Part of the same transaction."""
        made, self._findings = self._findings, []
        Finding.objects.bulk_create(made, batch_size=100)
        told: dict[Any, list[Any]] = {}
        names = {one["code"]: one["name"] for one in self._framework.criteria} if self._framework else {}
        for row in made:
            if row.deal.state == rules.OPEN:
                fact = FindingNoted(
                    row.deal_id, row.deal.name, row.framework_id, row.pk, row.code, names[row.code], row.verdict,
                    row.confidence, row.number, True, row.deal.qualification, {"answer": ["", row.answer]},
                )  # fmt: skip
                told.setdefault(row.deal_id, []).append((fact, [row.deal], row.noted_at))
        return told

    def _finding(self, deal: Deal, signed: Actor, visits: Visits, code: str, place: int) -> Finding | None:
        assert self._framework is not None
        dice = deal.pk.int >> (11 + 7 * place)
        if dice % 8 >= len(visits) + 1:
            return None
        against = dice // 8 % 8 < (1 if deal.state == rules.WON else 3 if deal.state == rules.LOST else 2)
        confidence = (GUESS, TOLD, TOLD, PROVEN)[dice // 64 % 4] if len(visits) > ASKED_FROM else GUESS
        answers = ANSWERS.get(code, ("",))
        return Finding(
            deal=deal, framework=self._framework, code=code, number=self._framework.number,
            verdict=AGAINST if against else FOR, confidence=confidence,
            answer="" if against else answers[dice % len(answers)],
            evidence=EVIDENCE[dice % len(EVIDENCE)] if confidence == PROVEN else "",
            noted_at=visits[min(place + 1, len(visits) - 1)][1], noted_by_id=signed.member_id,
        )  # fmt: skip
