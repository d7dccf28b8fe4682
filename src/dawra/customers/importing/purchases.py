"""Invoice lines of a shop: a company for each customer number, a note for each line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from dawra.access.actor import Actor
from dawra.customers.importing.activities import ActivityKeeper
from dawra.customers.importing.activities_back import take_back
from dawra.customers.importing.countries import country_of
from dawra.customers.importing.joining import add_by_name
from dawra.customers.importing.lifecycles import companies_became
from dawra.customers.importing.pending import CLAIMED, References
from dawra.customers.importing.targets import CREATED, Judged, Outcome, Parsed, Work
from dawra.customers.models import ImportRow
from dawra.journal.models import Entry


class PurchaseTarget:
    code, permission = "purchase", "customers.work"

    def open(self, work: Work) -> "PurchaseKeeper":
        return PurchaseKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return take_back(actor, rows, cause, edited=edited)


class PurchaseKeeper:
    """Whoever has bought something is a customer since the first time."""

    def __init__(self, work: Work) -> None:
        self._work, self._known = work, References(work)
        self._notes = ActivityKeeper(work, "note", planned=False)
        self._customers: set[UUID] = set()

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        asked = {f"id:{row.values['company_id']}": row for row in reversed(rows)}
        self._known.ask({"company": asked})
        new = {key: row for key, row in asked.items() if self._known.of("company", key) is None}
        word = gettext("Customer")
        names = {key: f"{word} {row.values['company_id']}" for key, row in new.items()}
        made = add_by_name(self._work.actor, names, {key: self._columns(row) for key, row in new.items()})
        for key, company_id in made.items():
            self._known.keep("company", key, company_id, CLAIMED, 1)
        self._known.save()
        outcomes = self._notes.keep([_as_note(row) for row in rows])
        self._became_customers(rows, outcomes)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        return self._notes.judge([_as_note(row) for row in rows])

    def _columns(self, row: Parsed) -> dict[str, Any]:
        code, _differently = country_of(row.values.get("where", ""))
        return {"country": code, "created_at": self._at(row)}

    def _at(self, row: Parsed) -> datetime:
        return self._notes.moment(row.values["at"]) or self._work.begun_at

    def _became_customers(self, rows: Sequence[Parsed], outcomes: Sequence[Outcome]) -> None:
        reached: dict[UUID, dict[str, datetime]] = {}
        for row, outcome in zip(rows, outcomes, strict=True):
            company_id = self._known.of("company", f"id:{row.values['company_ids'][0]}")
            bought = outcome.outcome == CREATED and row.values["quantity"] > 0
            if company_id is not None and bought and company_id not in self._customers:
                steps = reached.setdefault(company_id, {})
                steps["customer"] = min(steps.get("customer", self._at(row)), self._at(row))
        self._customers |= reached.keys()
        if reached:
            companies_became(self._work.actor, reached)


def _as_note(row: Parsed) -> Parsed:
    """What the line says, as a note about its customer."""
    values = row.values
    name = values.get("name") or values.get("stock", "")
    price = f" × {values['price']:f} GBP" if "price" in values else ""
    word = gettext("Invoice")
    values["title"] = f"{word} {values['invoice']}: {name}"[:200]
    values["body"] = f"{values['quantity']:f}{price} · {name} ({values.get('stock', '')})"
    if "company_id" in values:
        values["company_ids"] = [values.pop("company_id")]
    return row
