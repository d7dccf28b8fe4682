"""Tables of prospecting, by noun."""

from dawra.prospecting.models.assignment import Assignment, Rule, Seller
from dawra.prospecting.models.brief import SLOTS, BriefSettings, BriefSlot, Plan
from dawra.prospecting.models.clock import Holiday, Settings
from dawra.prospecting.models.icp import FitScore, IcpProfile
from dawra.prospecting.models.lead import Lead, RejectReason

__all__ = [
    "SLOTS",
    "Assignment",
    "BriefSettings",
    "BriefSlot",
    "FitScore",
    "Holiday",
    "IcpProfile",
    "Lead",
    "Plan",
    "RejectReason",
    "Rule",
    "Seller",
    "Settings",
]
