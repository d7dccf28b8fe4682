"""Deals and the pipelines they move through, for programs: the same actions as the pages."""

from dawra.deals.api.bulk import router as bulk
from dawra.deals.api.close_plans import router as close_plans
from dawra.deals.api.close_rate import router as close_rate
from dawra.deals.api.deals import router as deals
from dawra.deals.api.demos import router as demos
from dawra.deals.api.moves import router as moves
from dawra.deals.api.next_best import router as next_best
from dawra.deals.api.objections import router as objections
from dawra.deals.api.parts import router as parts
from dawra.deals.api.pipelines import router as pipelines
from dawra.deals.api.plan_templates import router as plan_templates
from dawra.deals.api.playbook import router as playbook
from dawra.deals.api.qualification import router as qualification
from dawra.deals.api.quotes import router as quotes
from dawra.deals.api.settings import router as settings
from dawra.deals.api.training_report import router as training_report

ROUTERS = (
    deals,
    moves,
    parts,
    objections,
    demos,
    quotes,
    next_best,
    playbook,
    qualification,
    close_plans,
    plan_templates,
    training_report,
    close_rate,
    bulk,
    pipelines,
    settings,
)
