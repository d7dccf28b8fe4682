"""What deals do when the journal says so."""

from datetime import datetime
from uuid import UUID

from dawra.access import doors
from dawra.access.actor import Actor
from dawra.deals import keeping, money, tallying
from dawra.deals.models import Deal, Demo, Quote
from dawra.deals.models.demo import CANCELLED, PLANNED
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention
from dawra.team.actions.notifying import Concern, notify

BATCH = 500


@on(
    "customers.call_logged.1",
    "customers.meeting_logged.1",
    "customers.email_logged.1",
    "customers.letter_sent.1",
    "customers.note_written.1",
    because="a deal on which somebody works is not stalled",
)
def deal_is_active(actor: Actor, entry: Entry) -> None:
    """The version stays: whoever is editing the deal has not been overtaken."""
    about = Mention.objects.filter(entry=entry, record_kind="deal").values("record_id")
    rows = Deal.objects.visible_to(actor).filter(pk__in=about).select_related("stage")
    kept = money.books()
    for deal in rows.order_by("id")[:BATCH]:
        if deal.last_activity_at is None or deal.last_activity_at < entry.happened_at:
            values = {
                "last_activity_at": entry.happened_at,
                "stalls_on": keeping.stalls_on(deal, entry.happened_at, kept),
            }
            Deal._base_manager.filter(pk=deal.pk).update(**values)


@on("customers.company_edited.1", because="a deal is found by the name of its company")
def find_by_the_new_name(actor: Actor, entry: Entry) -> None:
    if {"name", "name_ar"}.isdisjoint(entry.facts["changes"]):
        return
    rows = Deal.objects.visible_to(actor).filter(company_id=UUID(entry.facts["company_id"])).select_related("company")
    keeping.make_findable(rows.order_by("-created_at", "-id")[:BATCH])


@on(
    "deals.objection_answered.1",
    "deals.objection_judged.1",
    "deals.objection_reply_removed.1",
    "deals.objection_deleted.1",
    "deals.objection_restored.1",
    "deals.deal_won.1",
    "deals.deal_lost.1",
    "deals.deal_reopened.1",
    "deals.move_taken_back.1",
    "deals.deal_deleted.1",
    "deals.deal_restored.1",
    because="an answer is ranked by how often it was accepted and how its deals ended",
)
def count_answers(actor: Actor, entry: Entry) -> None:
    tallying.recount_for_deal(UUID(entry.facts["deal_id"]))
    if entry.facts.get("answer_id"):
        tallying.recount([UUID(entry.facts["answer_id"])])


@on(
    "customers.activity_edited.1",
    "customers.activity_deleted.1",
    because="a demo stands at the time of its meeting, wherever that was moved, and is off when it was taken away",
)
def demo_follows_its_meeting(actor: Actor, entry: Entry) -> None:
    rows = Demo._base_manager.filter(activity_id=UUID(entry.facts["activity_id"]), state=PLANNED)
    if entry.kind == "customers.activity_deleted.1":
        rows.filter(activity__deleted_at__isnull=False).update(state=CANCELLED)
        return
    due = entry.facts["changes"].get("due_at")
    if due and due[1]:
        rows.update(starts_at=datetime.fromisoformat(due[1]))


@on("deals.quote_approval_asked.1", because="whoever may approve a quote should know that it waits")
def ask_who_may_approve(actor: Actor, entry: Entry) -> None:
    """The managers above the owner; where none may, whoever sees everything."""
    deal = Deal.objects.visible_to(actor).filter(pk=UUID(entry.facts["deal_id"])).first()
    if deal is None:
        return
    seers = [seer for seer in doors.directory().seers(deal.owner_id, "deals.approve") if seer.why != "owner"]
    near = [seer for seer in seers if seer.why == "manager"]
    concern = Concern("asked", "deal", deal.pk)
    notify(actor, entry=entry, concern=concern, members=[seer.who.id for seer in near or seers])


@on(
    "deals.quote_approved.1",
    "deals.quote_sent_back.1",
    "deals.quote_accepted.1",
    "deals.quote_declined.1",
    because="whose quote is answered should hear of it",
)
def tell_the_answer(actor: Actor, entry: Entry) -> None:
    quote = Quote.objects.filter(pk=UUID(entry.facts["quote_id"])).select_related("deal").first()
    if quote is None:
        return
    concern = Concern("answered", "deal", quote.deal_id)
    notify(actor, entry=entry, concern=concern, members=[one for one in (quote.deal.owner_id, quote.made_by_id) if one])
