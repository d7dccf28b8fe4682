"""The company, its members and what is one's own, for programs."""

from dawra.team.api.own import router as own
from dawra.team.api.people import router as people
from dawra.team.api.training import router as training
from dawra.team.api.views import router as views

ROUTERS = (people, own, views, training)
