"""One proposed act as pages and the API show it: where it leads, why it stands there, how it got its place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from dawra.deals import next_best_words as words
from dawra.deals.models import NextBestRule
from dawra.deals.money import Books
from dawra.deals.queries.next_best_facts import Facts
from dawra.figures.money import BASIS_POINTS, Money
from dawra.figures.next_best import Proposal, Record
from dawra.prospecting.queries.leads import LeadCard

LATE = frozenset({"next_step", "close_passed", "lead_overdue"})
COMPOSED = ("call", "email", "meeting")
ON_PAGE = {"answer": "#objections", "quote": "#quotes", "qualify": "#qualification"}
# Which sign names what an act is about.
TARGET = {"answer": ("objection",), "demo": ("demo_waits",), "quote": ("quote_draft", "quote_unread", "quote_opened")}


@dataclass(frozen=True, slots=True)
class Why:
    """How an action got its place: value × urgency × record × weight = rank. urgency_pc and so on: percent.

    track: its record in words; "" with too little history. low_bp, high_bp: the interval of 95 %
    """

    value: Money
    urgency_pc: int
    record_pc: int
    weight_pc: int
    rank: Money
    record: Record
    track: str

    @property
    def low_bp(self) -> int | None:
        return None if self.record.share.low is None else round(self.record.share.low * BASIS_POINTS)

    @property
    def high_bp(self) -> int | None:
        return None if self.record.share.high is None else round(self.record.share.high * BASIS_POINTS)


@dataclass(frozen=True, slots=True)
class Names:
    """What has a name in both languages, as the filter `named` takes it."""

    name: str
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class NextAction:
    """One act on one deal or lead. kind: deal or lead. address: of the record; act_address: of the form that does it.

    condition: also the reason by which it can be put off. company: None where it is the title
    """

    kind: str
    record_id: UUID
    rule_id: UUID
    rule: Names
    condition: str
    act: str
    title: Names
    company: Names | None
    owner_id: UUID | None
    owner: Names | None
    worth: Money | None
    reason: str
    days: int
    is_late: bool
    address: str
    act_address: str
    in_dialog: bool
    why: Why

    @property
    def act_word(self) -> Any:
        return words.ACT[self.act]

    @property
    def icon(self) -> str:
        return words.ACT_ICON[self.act]

    @property
    def badge(self) -> tuple[str, Any]:
        return words.BADGE[self.condition]


def is_late(one: Proposal) -> bool:
    """What should have been done before today."""
    return one.rule.condition in LATE and one.days > 0


def record_of(row: NextBestRule) -> Record:
    return Record(row.followed, row.moved, row.dismissed)


def action_of(one: Proposal, row: NextBestRule, about: Facts | LeadCard, kept: Books) -> NextAction:
    record = record_of(row)
    why = Why(
        value=Money(one.value_minor, kept.base_currency),
        urgency_pc=one.urgency_pc,
        record_pc=one.record_pc,
        weight_pc=row.weight_pc,
        rank=Money(one.score, kept.base_currency),
        record=record,
        track="" if record.is_little else words.track(row.condition, row.act, record.moved, record.followed),
    )
    shared: dict[str, Any] = {
        "record_id": one.subject_id,
        "rule_id": row.pk,
        "rule": Names(row.name, row.name_ar),
        "condition": row.condition,
        "act": row.act,
        "reason": words.reason(row.condition, one.days, one.sign),
        "days": one.days,
        "is_late": is_late(one),
        "why": why,
    }
    return _of_deal(about, shared, kept) if isinstance(about, Facts) else _of_lead(about, shared)


def _of_deal(deal: Facts, shared: dict[str, Any], kept: Books) -> NextAction:
    target = deal.targets.get(shared["condition"]) if shared["condition"] in TARGET.get(shared["act"], ()) else None
    to, in_dialog = _where(shared["act"], deal, target)
    return NextAction(
        kind="deal",
        title=Names(deal.name),
        company=Names(deal.company, deal.company_ar) if deal.company_id else None,
        owner_id=deal.owner_id,
        owner=Names(deal.owner, deal.owner_ar) if deal.owner_id else None,
        worth=Money(deal.base_minor, kept.base_currency),
        address=reverse("deals:deal", args=[deal.id]),
        act_address=to,
        in_dialog=in_dialog,
        **shared,
    )


def _of_lead(lead: LeadCard, shared: dict[str, Any]) -> NextAction:
    there = "person" if lead.person and lead.person.address else "company" if lead.subject.address else ""
    to = reverse("prospecting:lead", args=[lead.id])
    in_dialog = bool(there) and shared["act"] in COMPOSED
    return NextAction(
        kind="lead",
        title=Names(lead.subject.name, lead.subject.name_ar),
        company=Names(lead.company.name, lead.company.name_ar) if lead.company and lead.person else None,
        owner_id=lead.owner.id if lead.owner else None,
        owner=Names(lead.owner.name, lead.owner.name_ar) if lead.owner else None,
        worth=None,
        address=to,
        act_address=reverse("customers:compose", args=[there, lead.subject.id, shared["act"]]) if in_dialog else to,
        in_dialog=in_dialog,
        **shared,
    )


def _where(act: str, deal: Facts, target: UUID | None) -> tuple[str, bool]:
    """The form that does it, and whether it opens as a dialog; the deal's page where there is none of its own."""
    page = reverse("deals:deal", args=[deal.id])
    match act:
        case "call" | "email" | "meeting":
            return reverse("customers:compose", args=["deal", deal.id, act]), True
        case "step":
            return reverse("day-next-step", args=[deal.id]), True
        case "close_date":
            return reverse("deals:edit", args=[deal.id]), False
        case "answer" if target:
            return reverse("deals:objection_page", args=[deal.id, target]), False
        case "demo" if target:
            return reverse("deals:hold_demo", args=[deal.id, target]), False
        case "demo":
            return reverse("deals:plan_demo", args=[deal.id]), False
        case "quote" if target:
            return reverse("deals:quote", args=[deal.id, target]), False
        case "research" if deal.company_id:
            return reverse("prospecting:brief", args=["company", deal.company_id]), False
        case "person":
            return reverse("deals:add_person", args=[deal.id]), True
        case _:
            return f"{page}{ON_PAGE.get(act, '')}", False
