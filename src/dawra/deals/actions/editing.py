"""A deal's own fields change."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.actions.editing import may_own
from dawra.customers.rules.fields import plain
from dawra.deals import keeping
from dawra.deals.actions.fields import cleaned
from dawra.deals.models import Deal
from dawra.deals.queries import parties
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import Assigned
from dawra.journal.catalogue.deals import DealEdited
from dawra.journal.models import Entry

EDITABLE = frozenset(
    {"name", "company_id", "amount_minor", "currency", "recurring_minor", "expected_close_on", "owner_id", "source"}
    | {"campaign", "competitors", "forecast_category", "next_step", "next_step_on", "probability_bp", "about", "custom"}
)


@transaction.atomic
def edit_deal(
    actor: Actor, *, deal_id: UUID, values: Mapping[str, Any], version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Change any fields of a deal at once. None if nothing differs.

    values:  field → new value; EDITABLE names them. probability_bp None = the stage's again. custom: key → value,
             only the keys that change
    Writes:  deals.deal_edited.1, and customers.assigned.1 for a new owner
    Raises:  Refused, NotFound, Stale, Invalid, RateMissing
    Cost:    about 8 queries
    """
    actor.must("deals.work")
    unknown = set(values) - EDITABLE
    if unknown:
        raise Invalid(_("A deal has no field “%(name)s” to edit."), field=min(unknown), name=min(unknown))
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, values)
    return set_fields(actor, deal, _resolved(actor, deal, cleaned(values)), cause)


def set_fields(actor: Actor, deal: Deal, wanted: Mapping[str, Any], cause: Entry | None = None) -> Entry | None:
    """Part of edit_deal and of taking one back: write what differs and tell of it. Columns, not what a form says."""
    differs = {name: value for name, value in wanted.items() if getattr(deal, name) != value}
    if not differs:
        return None
    was = {name: getattr(deal, name) for name in differs} | {"company": _company_name(deal)}
    keeping.keep(actor, deal, differs)
    entry = None
    if set(differs) - {"owner_id"}:
        entry = journal.write(actor, _told(deal, was, differs), about=[deal], cause=cause)
    if "owner_id" in differs:
        owner = deal.owner.name if deal.owner else ""
        assigned = Assigned("deal", deal.pk, was["owner_id"], deal.owner_id, owner, name=deal.name)
        given = journal.write(actor, assigned, about=[deal], cause=entry or cause)
        entry = entry or given
    return entry


@transaction.atomic
def touch_next_step(
    actor: Actor, *, deal_id: UUID, done: bool, values: Mapping[str, Any], version: int | None = None
) -> Entry | None:
    """The next step is done, or put off: what follows it is written down with its day.

    done:    True clears the step unless values name the one that follows
    Writes:  deals.deal_edited.1
    Raises:  as edit_deal
    """
    actor.must("deals.work")
    asked = ({"next_step": "", "next_step_on": None} if done else {}) | dict(values)
    return edit_deal(actor, deal_id=deal_id, values=asked, version=version)


def _resolved(actor: Actor, deal: Deal, values: dict[str, Any]) -> dict[str, Any]:
    """Ids are of what the actor may see, a probability takes its source, custom keys join those that stay."""
    wanted = dict(values)
    if wanted.get("company_id") not in (None, deal.company_id):
        parties.company_of(actor, wanted["company_id"])
    if wanted.get("owner_id", deal.owner_id) != deal.owner_id:
        may_own(actor, wanted["owner_id"], deal.owner_id)
    if "probability_bp" in wanted:
        said = wanted["probability_bp"]
        wanted["probability_source"] = "stage" if said is None else "person"
        wanted["probability_bp"] = deal.stage.probability_bp if said is None else said
    if "custom" in wanted:
        said = parties.custom_cleaned(dict(wanted["custom"]), deal.custom, deal.currency)
        wanted["custom"] = {k: v for k, v in {**deal.custom, **said}.items() if v not in (None, "", [])}
    return wanted


def _told(deal: Deal, was: Mapping[str, Any], differs: Mapping[str, Any]) -> DealEdited:
    """was: the columns that differ as they stood, and the company's name."""
    changes: dict[str, list[Any]] = {}
    ids: dict[str, list[Any]] = {}
    for name, after in differs.items():
        if name == "owner_id":
            continue  # told by an entry of its own, the same for every kind of record
        if name == "company_id":
            changes["company"] = [was["company"], _company_name(deal)]
            ids["company"] = [was[name], after]
        elif name == "custom":
            keys = sorted(key for key in {*was[name], *after} if was[name].get(key) != after.get(key))
            changes |= {f"custom.{key}": [plain(was[name].get(key)), plain(after.get(key))] for key in keys}
        else:
            changes[name] = [was[name], after]
    return DealEdited(deal.pk, deal.name, changes, deal.currency, ids)


def _company_name(deal: Deal) -> str | None:
    return deal.company.name if deal.company else None
