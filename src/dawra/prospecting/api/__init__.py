"""Leads, for programs: the same actions as the pages."""

from ninja import Router

from dawra.prospecting.api.briefs import router as briefs
from dawra.prospecting.api.fit import router as fit
from dawra.prospecting.api.leads import router as leads
from dawra.prospecting.api.planner import router as planner

ROUTERS: tuple[Router, ...] = (
    leads,
    fit,
    briefs,
    planner,
)
