"""Decisions about leads, on plain values. Pure."""

from dawra.prospecting.rules.choosing import Asked, Candidate, Choice, RuleCard, Turn, choose, passed_over
from dawra.prospecting.rules.clock import Calendar, business_minutes, due

__all__ = [
    "Asked",
    "Calendar",
    "Candidate",
    "Choice",
    "RuleCard",
    "Turn",
    "business_minutes",
    "choose",
    "due",
    "passed_over",
]
