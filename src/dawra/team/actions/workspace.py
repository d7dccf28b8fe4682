"""The company's own settings."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.journal.actions import write
from dawra.journal.catalogue.team import WorkspaceChanged
from dawra.journal.models import Entry
from dawra.team.actions.setting_up import check_habits
from dawra.team.changing import change
from dawra.team.models import Workspace


@dataclass(frozen=True, slots=True)
class Habits:
    """The base currency is not among them: every kept total is in it."""

    name: str
    fiscal_year_start_month: int
    weekend_days: tuple[int, ...]
    week_starts_on: int
    time_zone: str
    language: str
    default_country: str


@transaction.atomic
def change_workspace(actor: Actor, *, habits: Habits, version: int | None = None) -> Entry | None:
    """Change the company's name, calendar and language.

    Writes:  team.workspace_changed.1 (nothing if nothing differs)
    Raises:  Refused, Invalid, Stale
    """
    actor.must("workspace.manage")
    workspace = Workspace.objects.filter(pk=1).first()
    if workspace is None:
        raise NotFound()
    values: dict[str, Any] = asdict(habits)
    name = values.pop("name").strip()
    if not name or len(name) > 120:
        raise Invalid(_("Write the company's name."), field="name")
    check_habits(**values)
    changes = change(workspace, values | {"name": name, "weekend_days": sorted(habits.weekend_days)}, version)
    return write(actor, WorkspaceChanged(changes=changes), about=[]) if changes else None
