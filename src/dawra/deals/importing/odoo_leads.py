"""Odoo keeps leads and opportunities in one table, each with its contact written beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing.sorts import LEAD
from dawra.customers.importing.targets import BINNED, CREATED, REJECTED, Judged, Outcome, Parsed, Work
from dawra.deals.importing.deals import OpportunityTarget
from dawra.deals.importing.going_back import take_back
from dawra.journal.models import Entry

PERSON = ("email", "phone", "mobile", "title", "company", "country", "city", "language", "tags", "source", "owner",
          "owner_id", "created_at")  # fmt: skip


class OdooLeadTarget:
    code, permission = "odoo_lead", "deals.work"

    def open(self, work: Work) -> "OdooLeadKeeper":
        return OdooLeadKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        deals = [row for row in rows if row.record_kind == "deal"]
        others = [row for row in rows if row.record_kind != "deal"]
        codes = dict(zip((row.pk for row in deals), take_back(actor, deals, cause, edited=edited), strict=True))
        for row in deals:
            for kind, key in row.made.get("also", ()):
                if kind == "person" and codes[row.pk] == BINNED:
                    firms = [one for one in row.made["also"] if one[0] == "company"]
                    contact = replace_row(row, UUID(key), {"also": firms})
                    LEAD.take_back(actor, [contact], cause, edited=edited)
        codes |= dict(zip((row.pk for row in others), LEAD.take_back(actor, others, cause, edited=edited), strict=True))
        return [codes[row.pk] for row in rows]


def replace_row(row: Any, person_id: UUID, made: dict[str, Any]) -> Any:
    """The row as if it had been the contact's own. Not saved."""
    return type(row)(
        file=row.file, number=row.number, outcome=CREATED, record_kind="person", record_id=person_id, made=made
    )


class OdooLeadKeeper:
    """A lead is a person; an opportunity is a deal, of its customer or else of the contact written beside it."""

    def __init__(self, work: Work) -> None:
        self._leads, self._deals = LEAD.open(work), OpportunityTarget().open(work)

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        contacts, deals = self._apart(rows)
        made = dict(zip((row.number for row in contacts), self._leads.keep(contacts) if contacts else [], strict=True))
        self._meet(rows, contacts, [row.number for row in contacts if made[row.number].outcome != REJECTED])
        kept = dict(zip((row.number for row in deals), self._deals.keep(deals) if deals else [], strict=True))
        for number, outcome in made.items():
            if number in kept and outcome.outcome == CREATED and outcome.record_id is not None:
                # The contact added for a deal goes with it if the import is taken back.
                also = [["person", outcome.record_id.hex], *outcome.made.get("also", ())]
                kept[number] = replace(kept[number], made={**kept[number].made, "also": also})
        return [kept.get(row.number) or made[row.number] for row in rows]

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        contacts, deals = self._apart(rows)
        made = dict(zip((row.number for row in contacts), self._leads.judge(contacts) if contacts else [], strict=True))
        kept = dict(zip((row.number for row in deals), self._deals.judge(deals) if deals else [], strict=True))
        return [kept.get(row.number) or made[row.number] for row in rows]

    def _apart(self, rows: Sequence[Parsed]) -> tuple[list[Parsed], list[Parsed]]:
        """The contacts of leads, and of opportunities that name no customer; the opportunities."""
        contacts, deals = [], []
        for row in rows:
            is_lead = row.values.pop("type", "opportunity") == "lead"
            contact, partner = row.values.pop("contact", ""), row.values.pop("partner", "")
            partner_id = row.values.pop("partner_id", "")
            if is_lead or (not (partner or partner_id) and (contact or "email" in row.values)):
                contacts.append(_person(row, contact, about=row.values.get("name", "") if is_lead else ""))
            if is_lead:
                continue
            if partner_id:
                row.values["company_ids"], row.values["person_ids"] = [partner_id], [partner_id]
            elif partner:
                # Odoo shows a contact of a company as "Company, Contact".
                firm, _comma, person = partner.rpartition(", ")
                row.values |= {"company": firm, "person": person} if firm else {"company": partner}
            deals.append(row)
        return contacts, deals

    def _meet(self, rows: Sequence[Parsed], contacts: Sequence[Parsed], kept: Sequence[int]) -> None:
        """The opportunity finds its contact by the key under which it was just kept."""
        keys = {row.number: row.key.partition(":")[2] for row in contacts if row.number in set(kept)}
        for row in rows:
            if row.number in keys and "company_ids" not in row.values:
                row.values.setdefault("person_ids", [keys[row.number]])


def _person(row: Parsed, contact: str, about: str) -> Parsed:
    values = {name: row.values[name] for name in PERSON if name in row.values}
    if contact:
        values["name"] = contact
    if about:
        values["about"] = about
    return replace(row, key=f"lead:{row.key.partition(':')[2]}", values=values)
