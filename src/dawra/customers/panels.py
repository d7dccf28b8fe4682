"""What other rooms show on the page of a person or company: this room does not know them, they announce themselves.

@panel("company")
def deals_of_company(actor: Actor, record_id: UUID) -> tuple[str, dict[str, Any]] | None:
    return "deals/panel.html", {"deals": …}      # None where there is nothing to show
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor

Panel = Callable[[Actor, UUID], tuple[str, dict[str, Any]] | None]
PANELS: dict[str, list[Panel]] = {}


def panel(*kinds: str) -> Callable[[Panel], Panel]:
    """Register a panel for person, company or both; shown in the order of registration."""

    def register(show: Panel) -> Panel:
        for kind in kinds:
            PANELS.setdefault(kind, []).append(show)
        return show

    return register


def panels_of(actor: Actor, kind: str, record_id: UUID) -> list[dict[str, Any]]:
    """Each with its template, as {% include %} takes them."""
    shown = (show(actor, record_id) for show in PANELS.get(kind, ()))
    return [{"template": template, "takes": takes} for template, takes in (one for one in shown if one)]
