"""How a deal is qualified: its score in signed parts, what is known, and what to ask next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import rules
from dawra.deals.models import Deal, Finding, Framework, Pipeline
from dawra.deals.plays import Words
from dawra.deals.qualified import weighed
from dawra.deals.words import CONFIDENCE, VERDICT
from dawra.figures.qualification import AGAINST, FOR, START, WHOLE, Known, Part, level, qualify
from dawra.figures.words import isolated, named

FIRST_GAPS = 3


@dataclass(frozen=True, slots=True)
class FindingCard:
    """What is known of one criterion. who: of the buyer said it. is_old: its question has been worded anew since."""

    id: UUID
    version: int
    code: str
    number: int
    verdict: str
    verdict_name: Any
    confidence: str
    confidence_name: Any
    answer: str
    evidence: str
    link: str
    person_id: UUID | None
    who: Words
    activity_id: UUID | None
    activity: str
    file_id: UUID | None
    file: str
    noted_at: datetime
    by: Words
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class CriterionCard:
    """One criterion in a deal. points: signed, what it adds now; up: what proof would bring; gain: what is missing of it."""

    code: str
    name: str
    name_ar: str
    question: Words
    good: Words
    weight: int
    points: int
    signed: str
    up: int
    gain: int
    finding: FindingCard | None

    @property
    def is_known(self) -> bool:
        return self.finding is not None and self.finding.verdict in (FOR, AGAINST)


@dataclass(frozen=True, slots=True)
class Panel:
    """score: None while nothing is known. known of asked criteria speak for or against; parts: those, heaviest first.

    gaps: what is not proven, first what would move the score most, in two pieces; open ones are questions to ask
    """

    framework_id: UUID
    name: str
    name_ar: str
    score: int | None
    level: str
    known: int
    asked: int
    parts: tuple[CriterionCard, ...]
    gaps: tuple[CriterionCard, ...]
    start: int = START
    whole: int = WHOLE

    @property
    def first_gaps(self) -> tuple[CriterionCard, ...]:
        return self.gaps[:FIRST_GAPS]

    @property
    def other_gaps(self) -> tuple[CriterionCard, ...]:
        return self.gaps[FIRST_GAPS:]


COLUMNS = (
    "id", "version", "code", "number", "verdict", "confidence", "answer", "evidence", "link", "person_id",
    "activity_id", "file_id", "noted_at", "person__name", "person__name_ar", "noted_by__name", "noted_by__name_ar",
    "activity__what", "activity__title", "activity__deleted_at", "file__name", "file__deleted_at",
)  # fmt: skip


def on_deal(deal: Deal) -> Panel | None:
    """None where the deal's pipeline has no framework. deal: one the actor has fetched. 1 query: framework and findings."""
    framework_id = framework_id_of(deal)
    if framework_id is None:
        return None
    found_out = FilteredRelation("findings", condition=Q(findings__deal_id=deal.pk))
    rows = Framework.objects.annotate(known=found_out).filter(pk=framework_id)
    heads = ("name", "name_ar", "criteria")
    found = list(rows.values_list(*heads, *(f"known__{column}" for column in COLUMNS)))
    name, name_ar, criteria = found[0][: len(heads)]
    since = {one["code"]: one["since"] for one in criteria}
    cards = [_finding(row[len(heads) :], since) for row in found if row[len(heads)] is not None]
    return panel_of(framework_id, Words(name, name_ar), criteria, cards)


def panel_of(
    framework_id: UUID, called: Words, criteria: Sequence[Mapping[str, Any]], cards: Sequence[FindingCard]
) -> Panel:
    """No query."""
    found = qualify(weighed(criteria), {card.code: Known(card.verdict, card.confidence) for card in cards})
    of = {card.code: card for card in cards}
    words = {one["code"]: one for one in criteria}
    made = {part.code: _criterion(words[part.code], part, of.get(part.code)) for part in found.parts}
    said = [card for card in made.values() if card.is_known]
    return Panel(
        framework_id=framework_id,
        name=called.name,
        name_ar=called.name_ar,
        score=found.score,
        level=level(found.score),
        known=found.known,
        asked=len(found.parts),
        parts=tuple(sorted(said, key=lambda card: -abs(card.points))),
        gaps=tuple(made[part.code] for part in found.gaps),
    )


def criterion_on(deal: Deal, code: str) -> tuple[Panel, CriterionCard]:
    """One criterion of a deal the actor has fetched. Raises NotFound; 1 query."""
    panel = on_deal(deal)
    for card in (*panel.parts, *panel.gaps) if panel else ():
        if panel is not None and card.code == code:
            return panel, card
    raise NotFound()


def framework_id_of(deal: Deal) -> UUID | None:
    """By what a deal is qualified: its pipeline's framework; a closed one by what it was closed with. No query."""
    pipeline: Pipeline = deal.stage.version.pipeline
    if deal.state != rules.OPEN and deal.framework_id is not None:
        return deal.framework_id
    return pipeline.framework_id


def finding(actor: Actor, finding_id: UUID) -> Finding:
    """One finding of a deal the actor may see. Raises NotFound; 2 queries."""
    actor.must("deals.read")
    row = Finding.objects.select_related("framework").filter(pk=finding_id).first()
    if row is None:
        raise NotFound()
    Deal.fetch(actor, row.deal_id)
    return row


PLAIN = ("id", "version", "code", "number", "verdict", "confidence", "answer", "evidence", "link", "activity_id",
         "file_id", "person_id", "noted_at", "is_old")  # fmt: skip


def plain(deal: Deal) -> dict[str, Any]:
    """For the API: the score, its parts, what is known and what to ask. deal: one the actor has fetched. 1 query."""
    panel = on_deal(deal)
    if panel is None:
        return {"framework_id": None, "score": None, "criteria": [], "gaps": [], "findings": []}
    cards = {card.code: card for card in (*panel.parts, *panel.gaps)}
    return {
        "framework_id": panel.framework_id,
        "score": panel.score,
        "start": panel.start,
        "known": panel.known,
        "criteria": [
            {"code": card.code, "name": card.name, "name_ar": card.name_ar, "points": card.points, "up": card.up}
            for card in cards.values()
        ],
        "gaps": [
            {"code": gap.code, "question": gap.question.name, "question_ar": gap.question.name_ar, "gain": gap.gain}
            for gap in panel.gaps
        ],
        "findings": [{n: getattr(card.finding, n) for n in PLAIN} for card in cards.values() if card.finding],
    }


def asked(card: CriterionCard) -> Words:
    """What to ask the buyer: the criterion's question, or its name where no question is written."""
    return card.question if card.question.name or card.question.name_ar else Words(card.name, card.name_ar)


def line_of(card: CriterionCard, language: str) -> str:
    """A criterion in a sentence: its name, and the answer if there is one."""
    name = named(card.name, card.name_ar, language)
    answer = card.finding.answer if card.finding else ""
    return f"{isolated(name)}: {isolated(answer)}" if answer else name


def _finding(row: Sequence[Any], since: Mapping[str, int]) -> FindingCard:
    one = dict(zip(COLUMNS, row, strict=True))
    has_activity = one["activity_id"] is not None and one["activity__deleted_at"] is None
    has_file = one["file_id"] is not None and one["file__deleted_at"] is None
    return FindingCard(
        **{name: one[name] for name in COLUMNS[:10]},
        verdict_name=VERDICT[one["verdict"]],
        confidence_name=CONFIDENCE[one["confidence"]],
        who=Words(one["person__name"] or "", one["person__name_ar"] or ""),
        activity_id=one["activity_id"] if has_activity else None,
        activity=(one["activity__title"] or one["activity__what"]) if has_activity else "",
        file_id=one["file_id"] if has_file else None,
        file=one["file__name"] if has_file else "",
        noted_at=one["noted_at"],
        by=Words(one["noted_by__name"] or "", one["noted_by__name_ar"] or ""),
        is_old=one["number"] < since.get(one["code"], 0),
    )


def _criterion(words: Mapping[str, Any], part: Part, card: FindingCard | None) -> CriterionCard:
    return CriterionCard(
        code=part.code,
        name=words["name"],
        name_ar=words["name_ar"],
        question=Words(words["question"], words["question_ar"]),
        good=Words(words["good"], words["good_ar"]),
        weight=words["weight"],
        points=part.points,
        signed=f"{part.points:+d}".replace("-", "−") if part.points else "0",
        up=part.up,
        gain=part.gain,
        finding=card,
    )
