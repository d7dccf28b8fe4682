"""Tables of deals, by noun."""

from dawra.deals.models.deal import Deal, DealLine, DealPerson, DealSplit, Product
from dawra.deals.models.heard import StageHeard
from dawra.deals.models.money import Rate
from dawra.deals.models.objection import Answer, AnswerVersion, Objection, ObjectionTerm, Reply
from dawra.deals.models.origin import DealOrigin
from dawra.deals.models.pipeline import Criterion, OutcomeReason, Pipeline, PipelineVersion, Stage
from dawra.deals.models.visit import CriterionTick, StageOverride, StageVisit

__all__ = [
    "Answer",
    "AnswerVersion",
    "Criterion",
    "CriterionTick",
    "Deal",
    "DealLine",
    "DealOrigin",
    "DealPerson",
    "DealSplit",
    "Objection",
    "ObjectionTerm",
    "OutcomeReason",
    "Pipeline",
    "PipelineVersion",
    "Product",
    "Rate",
    "Reply",
    "Stage",
    "StageHeard",
    "StageOverride",
    "StageVisit",
]
