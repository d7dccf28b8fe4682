"""Tables of deals, by noun."""

from dawra.deals.models.deal import Deal, DealLine, DealPerson, DealSplit, Product
from dawra.deals.models.demo import Demo, DemoItem, DemoPerson
from dawra.deals.models.heard import StageHeard
from dawra.deals.models.money import Rate
from dawra.deals.models.next_best import NextBestDismissal, NextBestRule, NextBestWorth
from dawra.deals.models.objection import Answer, AnswerVersion, Objection, ObjectionTerm, Reply
from dawra.deals.models.origin import DealOrigin
from dawra.deals.models.pipeline import Criterion, OutcomeReason, Pipeline, PipelineVersion, Stage
from dawra.deals.models.plan import PlanLink, PlanStep, PlanTemplate
from dawra.deals.models.playbook import Play, StepDone
from dawra.deals.models.qualification import Finding, Framework, FrameworkVersion
from dawra.deals.models.quote import BuyerLink, Quote, QuoteRules
from dawra.deals.models.visit import CriterionTick, StageOverride, StageVisit

__all__ = [
    "Answer",
    "AnswerVersion",
    "BuyerLink",
    "Criterion",
    "CriterionTick",
    "Deal",
    "DealLine",
    "DealOrigin",
    "DealPerson",
    "DealSplit",
    "Demo",
    "DemoItem",
    "DemoPerson",
    "Finding",
    "Framework",
    "FrameworkVersion",
    "NextBestDismissal",
    "NextBestRule",
    "NextBestWorth",
    "Objection",
    "ObjectionTerm",
    "OutcomeReason",
    "Pipeline",
    "PipelineVersion",
    "PlanLink",
    "PlanStep",
    "PlanTemplate",
    "Play",
    "Product",
    "Quote",
    "QuoteRules",
    "Rate",
    "Reply",
    "Stage",
    "StageHeard",
    "StageOverride",
    "StageVisit",
    "StepDone",
]
