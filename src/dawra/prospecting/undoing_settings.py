"""Taking back what was set up for leads: it stands as it was, unless somebody has changed it again since."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import prospecting as told
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.prospecting.actions import settings
from dawra.prospecting.models import RejectReason, Rule, Seller, Settings

MOMENTS = frozenset({"archived_at"})


def _put_back(row: Any, changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Sets the values before; raises Conflict if one is no longer as told."""
    if row is None:
        raise NotFound()
    if any(as_plain(getattr(row, name)) != after for name, (_before, after) in changes.items()):
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    for name, (before, _after) in changes.items():
        setattr(row, name, datetime.fromisoformat(before) if before and name in MOMENTS else before)
    if hasattr(row, "version"):
        row.version += 1
    row.save()
    return {name: [after, before] for name, (before, after) in changes.items()}


@reverses("prospecting.rule_saved.1")
def rule_back(actor: Actor, entry: Entry) -> None:
    """A rule that was added is put away; leads it gave out stay where they are."""
    actor.must("prospecting.manage")
    row = Rule.objects.filter(pk=entry.facts["rule_id"]).first()
    changes = entry.facts["changes"]
    if row and changes.get("name", ["x"])[0] == "":
        changes = {"archived_at": [actor.now.isoformat(), None], "is_active": [False, row.is_active]}
    done = _put_back(row, changes)
    assert row
    journal.write(actor, told.RuleSaved(row.pk, row.name, done), about=[], cause=entry)


@reverses("prospecting.rules_ordered.1")
def order_back(actor: Actor, entry: Entry) -> None:
    settings.order_rules(actor, rule_ids=[UUID(one) for one in entry.facts["before"]], cause=entry)


@reverses("prospecting.seller_saved.1")
def seller_back(actor: Actor, entry: Entry) -> None:
    actor.must("prospecting.manage")
    row = Seller.objects.filter(pk=entry.facts["member_id"]).first()
    done = _put_back(row, entry.facts["changes"])
    assert row
    journal.write(actor, told.SellerSaved(row.pk, done, entry.facts["member"]), about=[], cause=entry)


@reverses("prospecting.promise_set.1")
def promise_back(actor: Actor, entry: Entry) -> None:
    actor.must("prospecting.manage")
    done = _put_back(Settings.objects.filter(pk=1).first(), entry.facts["changes"])
    journal.write(actor, told.PromiseSet(done), about=[], cause=entry)


@reverses("prospecting.holiday_set.1")
def holiday_back(actor: Actor, entry: Entry) -> None:
    on, before = date.fromisoformat(entry.facts["on"]), entry.facts["before"]
    if before:
        settings.set_holiday(actor, on=on, name=before[0], name_ar=before[1], cause=entry)
    else:
        settings.remove_holiday(actor, on=on, cause=entry)


@reverses("prospecting.holiday_removed.1")
def holiday_again(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    on = date.fromisoformat(facts["on"])
    settings.set_holiday(actor, on=on, name=facts["holiday"], name_ar=facts["holiday_ar"], cause=entry)


@reverses("prospecting.reason_saved.1")
def reason_back(actor: Actor, entry: Entry) -> None:
    """A reason that was added is put away; it may have been used meanwhile."""
    actor.must("prospecting.manage")
    row = RejectReason.objects.filter(pk=entry.facts["reason_id"]).first()
    changes = entry.facts["changes"]
    if row and changes.get("name", ["x"])[0] == "":
        changes = {"archived_at": [actor.now.isoformat(), None]}
    done = _put_back(row, changes)
    assert row
    journal.write(actor, told.RejectReasonSaved(row.pk, row.name, done), about=[], cause=entry)
