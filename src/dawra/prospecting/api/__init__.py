"""Leads, for programs: the same actions as the pages."""

from ninja import Router

from dawra.prospecting.api.fit import router as fit

ROUTERS: tuple[Router, ...] = (fit,)
