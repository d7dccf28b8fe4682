"""Taking back what was said of proposals, and how they were set up."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.deals.actions import next_best
from dawra.deals.actions.next_best import RuleSaid
from dawra.deals.models import NextBestRule
from dawra.journal.models import Entry
from dawra.journal.undo import reverses

CHANGED_SINCE = _("This has been changed again since, so it can no longer be taken back.")


@reverses("deals.next_best_dismissed.1")
def propose_again(actor: Actor, entry: Entry) -> None:
    next_best.want_again(actor, dismissal_id=UUID(entry.facts["dismissal_id"]), cause=entry)


@reverses("deals.next_best_rule_saved.1")
def put_rule_back(actor: Actor, entry: Entry) -> None:
    """What was added is switched off, what was changed stands as before."""
    row = NextBestRule.objects.filter(pk=UUID(entry.facts["rule_id"])).first()
    if row is None:
        raise NotFound()
    changes: dict[str, list[Any]] = entry.facts["changes"]
    if any(getattr(row, name) != after for name, (_before, after) in changes.items()):
        raise Conflict(CHANGED_SINCE)
    stands = {name: getattr(row, name) for name in RuleSaid.__dataclass_fields__}
    was_new = changes.get("name", [None])[0] == ""
    before = {"is_active": False} if was_new else {name: before for name, (before, _after) in changes.items()}
    next_best.save_rule(actor, said=RuleSaid(**stands | before), rule_id=row.pk, cause=entry)


@reverses("deals.next_best_rules_ordered.1")
def put_order_back(actor: Actor, entry: Entry) -> None:
    now = [str(pk) for pk in NextBestRule.objects.order_by("position", "id").values_list("pk", flat=True)]
    if now != entry.facts["after"]:
        raise Conflict(CHANGED_SINCE)
    next_best.order_rules(actor, rule_ids=[UUID(one) for one in entry.facts["before"]], cause=entry)
