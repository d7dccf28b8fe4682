"""Parts that the exports of all CRMs share in this room."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, part
from dawra.customers.importing.own_format import workspace_columns
from dawra.customers.importing.recognising import Column, Part
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.importing.maven import keep_unknown_reasons
from dawra.deals.importing.stages import entered_columns, stage_column
from dawra.figures.words import fold


def deals(columns: tuple[Column, ...], stage_names: tuple[str, ...], **more: Any) -> Part:
    """stage_names: of the column that says where a deal stands; entered: templates of those that say since when."""
    entered: tuple[str, ...] = more.pop("entered", ())

    def own() -> tuple[Column, ...]:
        custom = [one for one in workspace_columns("deal") if one.field.startswith("custom.")]
        return (stage_column(*stage_names), *(entered_columns(*entered) if entered else ()), *custom)

    target = more.pop("target", "opportunity")
    return part("deals", _("Deals"), target, columns, more=own, **{"needs": ("name", "stage"), **more})


def history(columns: tuple[Column, ...], stage_names: tuple[str, ...], **more: Any) -> Part:
    """Rows that say when a deal entered a stage."""
    return part(
        "stage_history", _("Stage history"), "deal_stage", columns, more=lambda: (stage_column(*stage_names),),
        **{"needs": ("deal_id", "stage", "at"), "key": _moment, **more},
    )  # fmt: skip


def _moment(row: Mapping[str, Any], file: str, number: int) -> str:
    if "id" in row:
        return f"id:{row['id']}"
    at = row.get("at")
    return f"{row.get('deal_id') or fold(row.get('deal', ''))}/{row.get('stage', '')}/{at.isoformat() if at else ''}"


def products(columns: tuple[Column, ...], **more: Any) -> Part:
    key = by_id(else_by=("code", "name"))
    return part("products", _("Products"), "product", columns, **{"needs": ("name",), "key": key, **more})


def lines(columns: tuple[Column, ...], **more: Any) -> Part:
    return part("lines", _("Line items"), "deal_line", columns, **{"needs": ("deal_id", "quantity"), **more})


QUANTITY = values.number()


def ready(actor: Actor, options: Mapping[str, Any]) -> None:
    """A pipeline to put the deals into, and a reason that says that no reason was recorded."""
    if actor.may("deals.pipelines"):
        start_with_defaults(actor)
    keep_unknown_reasons()


__all__ = ["QUANTITY", "column", "deals", "history", "lines", "products", "ready"]
