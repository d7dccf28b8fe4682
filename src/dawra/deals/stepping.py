"""Steps of the playbook that are met by what was logged: one step for one call, demo, objection or quote, the first open one.

Imported when the room is ready.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.customers.queries.activities import activity, kinds_done
from dawra.deals import plays, rules
from dawra.deals.models import Deal, Objection, StageVisit, StepDone
from dawra.deals.queries.demos import was_held
from dawra.deals.queries.playbook import kept_for
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention

# A form says when to the minute, a deal entered its stage to the microsecond.
MINUTE = timedelta(minutes=1)
ACTIVITIES = ("call", "meeting", "email", "note")
BATCH = 500
MET = {
    "customers.call_logged.1": "call",
    "customers.meeting_logged.1": "meeting",
    "customers.email_logged.1": "email",
    "customers.letter_sent.1": "email",
    "customers.note_written.1": "note",
    "deals.demo_held.1": "demo",
    "deals.objection_logged.1": "objection",
    "deals.quote_sent.1": "quote",
}


@on(*MET, "customers.task_done.1", because="a step of the playbook is met by what was done, without being ticked")
def steps_are_met(actor: Actor, entry: Entry) -> None:
    sort = MET.get(entry.kind) or _what_was_planned(actor, entry)
    about = Mention.objects.filter(entry=entry, record_kind="deal").values("record_id")
    rows = Deal.objects.visible_to(actor).filter(pk__in=about).select_related("stage__version")
    if sort:
        meet(rows.order_by("id")[:BATCH], sort, entry)


def _what_was_planned(actor: Actor, entry: Entry) -> str:
    """A planned call or meeting that took place; nothing for a task."""
    try:
        what: str = activity(actor, UUID(entry.facts["activity_id"])).what
    except NotFound:
        return ""
    return what if what in ACTIVITIES else ""


@on(
    "customers.activity_deleted.1",
    "deals.demo_planned_again.1",
    "deals.objection_deleted.1",
    because="what was logged by mistake meets no step of the playbook",
)
def steps_are_open_again(actor: Actor, entry: Entry) -> None:
    about = Mention.objects.filter(entry=entry, record_kind="deal").values_list("record_id", flat=True)
    unmeet(list(about[:BATCH]))


def meet(deals: Iterable[Deal], sort: str, entry: Entry) -> None:
    """Tick what this meets, in the stage each deal stood in at the time. 3 queries a deal."""
    for deal in deals:
        visits = StageVisit.objects.filter(deal=deal).select_related("stage__version")
        then = visits.filter(entered_at__lt=entry.happened_at + MINUTE).order_by("-entered_at", "-id").first()
        visit = then or visits.order_by("entered_at", "id").first()
        if visit is None or visit.stage.type != rules.OPEN:
            continue
        deal.stage = visit.stage
        kept, at = kept_for(deal), max(entry.happened_at, visit.entered_at)
        play = plays.in_force(kept.plays, visit.stage.code, kept.drawn)
        mine = [step for step in (play.steps if play else ()) if step.by == sort]
        met = [kept.ticks[visit.stage.code, step.key] for step in mine if (visit.stage.code, step.key) in kept.ticks]
        step = next((step for step in mine if (visit.stage.code, step.key) not in kept.ticks), None)
        if play is None or step is None or any(tick.by == sort and tick.at == at for tick in met):
            continue  # nothing to meet, or the same thing told again
        values = {"play_id": play.id, "visit": visit, "by": sort, "done_at": at, "done_by_id": entry.member_id}
        StepDone.objects.get_or_create(deal=deal, code=visit.stage.code, step=step.key, defaults=values)


def unmeet(deal_ids: Iterable[UUID]) -> None:
    """Take away what nothing meets any more: the call was logged by mistake, the demo was not held. At most 4 queries a deal."""
    for deal_id in deal_ids:
        rows = StepDone.objects.filter(deal_id=deal_id).exclude(by="")
        kept = set(rows.values_list("by", flat=True))
        there = set(kinds_done(deal_id, ACTIVITIES)) if kept.intersection(ACTIVITIES) else set()
        if "demo" in kept and was_held(deal_id):
            there.add("demo")
        if "objection" in kept and Objection._base_manager.filter(deal_id=deal_id, deleted_at__isnull=True).exists():
            there.add("objection")
        rows.filter(by__in=kept - there - {"quote"}).delete()
