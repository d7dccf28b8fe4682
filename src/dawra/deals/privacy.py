"""What deals keep of a person. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.access.joining import moves
from dawra.deals import similarity
from dawra.deals.models import Deal, DealPerson, DemoPerson, Finding, Objection, PlanStep, Quote, Reply

impersonal(
    "deals.Pipeline", "deals.PipelineVersion", "deals.Stage", "deals.Criterion", "deals.OutcomeReason",
    "deals.Product", "deals.Rate", because="the company's own way of selling",
)  # fmt: skip
impersonal(
    "deals.Deal", "deals.DealSplit", "deals.DealLine", "deals.StageVisit", "deals.CriterionTick", "deals.StageOverride",
    "deals.StageHeard",
    because="of a deal and of members; what is written about people in its texts, people must correct",
)  # fmt: skip
impersonal("deals.Answer", "deals.AnswerVersion", because="the company's own answers, written for any buyer")
impersonal("deals.ObjectionTerm", because="numbers of words and of objections; an erased one is taken out of it")

impersonal(
    "deals.Demo", "deals.DemoItem",
    because="what was shown in a deal and how it was taken; what is written about people in its texts, people must correct",
)  # fmt: skip
impersonal("deals.PlanTemplate", because="the company's own steps until a signature, written for any buyer")
impersonal("deals.Framework", "deals.FrameworkVersion", because="the company's own way of qualifying")
impersonal("deals.Play", "deals.StepDone", because="the company's own way of selling, and which member did which step")
impersonal(
    "deals.NextBestRule", "deals.NextBestDismissal", "deals.NextBestWorth",
    because="what the house proposes and what members thought of it; people correct what its texts say of anybody",
)  # fmt: skip
impersonal(
    "deals.QuoteRules", "deals.BuyerLink", "deals.PlanLink", because="how quotes are made; fingerprints of links"
)

moves(Deal, "company_id", kinds=("company",))
moves(DealPerson, "person_id", kinds=("person",), once=("deal_id",))
moves(DemoPerson, "person_id", kinds=("person",), once=("demo_id",))
moves(Objection, "person_id", kinds=("person",))
moves(Quote, "person_id", kinds=("person",))
moves(PlanStep, "person_id", kinds=("person",))


@holds(DealPerson)
def parts(person_id: UUID) -> QuerySet[Any]:
    """Kept when the person is erased: how many took part in a deal, and in which role, is a figure."""
    return DealPerson.objects.filter(person_id=person_id)


@holds(DemoPerson)
def demos(person_id: UUID) -> QuerySet[Any]:
    """Kept when the person is erased: how many came, and in which role, is a figure."""
    return DemoPerson.objects.filter(person_id=person_id)


@holds(Reply)
def replies(person_id: UUID) -> QuerySet[Any]:
    return Reply.objects.filter(objection__person_id=person_id)


@forgets(Reply)
def blank_replies(person_id: UUID, now: datetime) -> None:
    replies(person_id).update(words="")


@holds(Objection)
def objections(person_id: UUID) -> QuerySet[Any]:
    return Objection._base_manager.filter(person_id=person_id)


@forgets(Objection)
def blank_objections(person_id: UUID, now: datetime) -> None:
    """What kind of worry it was and how it ended is a figure; what the person said is not."""
    for row in objections(person_id).exclude(words=""):
        if row.serial is not None:
            similarity.forget(row.serial, row.words)
    objections(person_id).update(words="", person=None)


@holds(Quote)
def quotes(person_id: UUID) -> QuerySet[Any]:
    return Quote.objects.filter(person_id=person_id)


@forgets(Quote)
def blank_quotes(person_id: UUID, now: datetime) -> None:
    """What was offered and accepted is a figure and a contract of the company; to whom it went is not kept."""
    blank = dict.fromkeys(("opening", "sent_to", "answer_name", "answer_title", "answer_words", "answer_address"), "")
    quotes(person_id).update(person=None, **blank)


moves(Finding, "person_id", kinds=("person",))


@holds(Finding)
def findings(person_id: UUID) -> QuerySet[Any]:
    return Finding.objects.filter(person_id=person_id)


@forgets(Finding)
def blank_findings(person_id: UUID, now: datetime) -> None:
    """What speaks for or against is a figure; what the person said is not."""
    findings(person_id).update(answer="", evidence="", link="", person=None)


@holds(PlanStep)
def plan_steps(person_id: UUID) -> QuerySet[Any]:
    return PlanStep.objects.filter(person_id=person_id)


@forgets(PlanStep)
def blank_plan_steps(person_id: UUID, now: datetime) -> None:
    """What was to be done and when is a figure; who was to do it, and what was written of them, is not."""
    plan_steps(person_id).update(note="", done_name="", person=None)
