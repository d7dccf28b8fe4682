"""Taking back what was done to deals.

A move taken back was a mistake, not a step of the deal: its visit goes, the one before it is open again, and figures
never see it. The journal keeps both entries. A move after which the deal moved on can no longer be taken back.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.undoing import GIVES
from dawra.deals import keeping
from dawra.deals.actions import bin, criteria, lines, people, splits
from dawra.deals.actions.editing import edit_deal, set_fields
from dawra.deals.models import Deal, OutcomeReason, Stage, StageOverride, StageVisit
from dawra.deals.queries import parties
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import MoveTakenBack
from dawra.journal.models import Entry
from dawra.journal.undo import reverses

DAYS = frozenset({"expected_close_on", "next_step_on"})
MOMENTS = frozenset({"stage_since", "closed_at"})


WAYS = ("deal_moved", "deal_changed_pipeline", "deal_won", "deal_lost", "deal_reopened")


@reverses(*(f"deals.{way}.1" for way in WAYS))
def take_back_move(actor: Actor, entry: Entry) -> None:
    actor.must("deals.work")
    deal = keeping.fetch(actor, UUID(entry.facts["deal_id"]))
    visit = StageVisit.objects.filter(deal=deal, exited_at__isnull=True).first()
    if visit is None or str(visit.pk) != entry.facts["visit_id"]:
        raise Conflict(_("This deal has moved on since, so this move can no longer be taken back."))
    left = deal.stage
    StageOverride.objects.filter(deal=deal, to_stage=left, overridden_at=entry.happened_at).delete()
    visit.delete()
    StageVisit.objects.filter(deal=deal, pk=entry.facts["before"]["visit_id"]).update(exited_at=None)
    keeping.keep(actor, deal, _as_it_stood(entry))
    fact = MoveTakenBack(deal.pk, deal.name, left.pk, deal.stage_id, deal.stage.name, entry.kind, deal.state)
    journal.write(actor, fact, about=[deal], cause=entry)


def _as_it_stood(entry: Entry) -> dict[str, Any]:
    """The columns the move changed, as they were before it."""
    values = {name: _read(name, value) for name, value in entry.facts["before"].items()}
    del values["visit_id"]
    values["stage"] = Stage.objects.select_related("version__pipeline").get(pk=values.pop("stage_id"))
    if "reason_id" in values:
        reason_id = values.pop("reason_id")
        values["reason"] = OutcomeReason.objects.get(pk=reason_id) if reason_id else None
        values["reason_words"] = entry.facts["words"] if entry.kind == "deals.deal_reopened.1" else ""
    return values


@reverses("deals.deal_edited.1")
def put_fields_back(actor: Actor, entry: Entry) -> None:
    actor.must("deals.work")
    facts = entry.facts
    deal = keeping.fetch(actor, UUID(facts["deal_id"]))
    _must_stand_as_told(deal, facts)
    wanted: dict[str, Any] = {}
    for name, (was, _after) in facts["changes"].items():
        if name == "company":
            company_id = facts["ids"][name][0]
            wanted["company_id"] = UUID(company_id) if company_id else None
        elif name.startswith("custom."):
            kept = wanted.setdefault("custom", dict(deal.custom))
            kept.pop(name.removeprefix("custom."), None)
            if was is not None:
                kept[name.removeprefix("custom.")] = parties.custom_from_plain(name.removeprefix("custom."), was)
        else:
            wanted[name] = _read(name, was)
    set_fields(actor, deal, wanted, entry)
    for given in entry.effects.filter(kind="customers.assigned.1"):
        before = given.facts["from_id"]
        give_back(actor, deal.pk, UUID(before) if before else None, given)


def give_back(actor: Actor, deal_id: UUID, before: UUID | None, entry: Entry) -> object:
    """A deal given to somebody goes back to whoever had it. Raises Conflict if it has been given on since."""
    deal = keeping.fetch(actor, deal_id)
    if (str(deal.owner_id) if deal.owner_id else None) != entry.facts["to_id"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field="owner")
    return edit_deal(actor, deal_id=deal_id, values={"owner_id": before}, cause=entry)


GIVES["deal"] = give_back


def _must_stand_as_told(deal: Deal, facts: dict[str, Any]) -> None:
    """What somebody changed again since is theirs. Raises Conflict."""
    for name, (_was, after) in facts["changes"].items():
        if name == "company":
            stands = (str(deal.company_id) if deal.company_id else None) == facts["ids"][name][1]
        elif name.startswith("custom."):
            key = name.removeprefix("custom.")
            stands = deal.custom.get(key) == (None if after is None else parties.custom_from_plain(key, after))
        else:
            stands = getattr(deal, name) == _read(name, after)
        if not stands:
            raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field=name)


@reverses("deals.deal_deleted.1")
def bring_back(actor: Actor, entry: Entry) -> None:
    bin.restore_deal(actor, deal_id=UUID(entry.facts["deal_id"]), cause=entry)


@reverses("deals.deal_restored.1")
def delete_again(actor: Actor, entry: Entry) -> None:
    bin.delete_deal(actor, deal_id=UUID(entry.facts["deal_id"]), cause=entry)


@reverses("deals.deal_person_set.1")
def put_person_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    deal_id, person_id = UUID(facts["deal_id"]), UUID(facts["person_id"])
    if facts["before"] == people.ABSENT:
        people.remove_person(actor, deal_id=deal_id, person_id=person_id, cause=entry)
    else:
        people.set_person(actor, deal_id=deal_id, person_id=person_id, role=facts["before"], cause=entry)


@reverses("deals.deal_person_removed.1")
def bring_person_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    person_id = UUID(facts["person_id"])
    people.set_person(actor, deal_id=UUID(facts["deal_id"]), person_id=person_id, role=facts["role"], cause=entry)


@reverses("deals.deal_lines_changed.1")
def put_lines_back(actor: Actor, entry: Entry) -> None:
    lines.put_lines_back(actor, deal_id=UUID(entry.facts["deal_id"]), entry=entry)


@reverses("deals.deal_splits_changed.1")
def put_splits_back(actor: Actor, entry: Entry) -> None:
    before = [splits.Split(UUID(s["member_id"]), s["share_bp"], s["sort"]) for s in entry.facts["before"]]
    after = [splits.Split(UUID(s["member_id"]), s["share_bp"], s["sort"]) for s in entry.facts["after"]]
    deal_id = UUID(entry.facts["deal_id"])
    if set(splits.stand(deal_id)) != set(after):
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field="splits")
    splits.set_splits(actor, deal_id=deal_id, shares=before, cause=entry)


@reverses("deals.criterion_ticked.1")
def tick_back(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    criteria.tick(
        actor,
        deal_id=UUID(facts["deal_id"]),
        criterion_id=UUID(facts["criterion_id"]),
        ticked=not facts["ticked"],
        cause=entry,
    )


def _read(name: str, plain: Any) -> Any:
    """A journal value as the column holds it."""
    if isinstance(plain, str):
        if name in DAYS:
            return date.fromisoformat(plain)
        if name in MOMENTS:
            return datetime.fromisoformat(plain)
        if name in ("stage_id", "reason_id"):
            return UUID(plain)
    return plain
