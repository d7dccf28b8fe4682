"""Tables of prospecting, by noun."""

from dawra.prospecting.models.assignment import Assignment, Rule, Seller
from dawra.prospecting.models.clock import Holiday, Settings
from dawra.prospecting.models.lead import Lead, RejectReason

__all__ = ["Assignment", "Holiday", "Lead", "RejectReason", "Rule", "Seller", "Settings"]
