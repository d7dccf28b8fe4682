"""Leads for lists, pages and panels: whom they are about as far as the reader may see, and where their clocks stand."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from dawra.access.actor import Actor
from dawra.access.kinds import records
from dawra.prospecting import doors
from dawra.prospecting.doors import DealOfLead
from dawra.prospecting.models import Assignment, Lead, RejectReason
from dawra.prospecting.models.lead import ACCEPTED, OPEN, REJECTED
from dawra.prospecting.queries.fit import FitCard, fit_of

RELATED = ("person", "company", "owner", "reject_reason")
QUEUES = ("open", "overdue", "new", "unassigned", "working", "closed")
PANEL = 10
SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a lead names. address: "" where the reader may not open it."""

    id: UUID
    name: str
    name_ar: str
    address: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """state: answered, late (answered after it was due), overdue, soon, running, stopped (closed without an answer).

    minutes: of working time until the first answer
    """

    state: str
    due_at: datetime
    target_minutes: int
    minutes: int | None
    wall_minutes: int | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class LeadCard:
    """One lead in a list. subject: the person, else the company. why, why_ar: of whoever has it now."""

    id: UUID
    version: int
    subject: Named
    person: Named | None
    company: Named | None
    status: str
    source: str
    campaign: str
    words: str
    asked_at: datetime
    clock: Clock
    owner: Named | None
    reason: RejectReason | None
    reject_words: str
    why: str
    why_ar: str
    fit: FitCard | None
    deal: DealOfLead | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def rows(actor: Actor) -> QuerySet[Lead]:
    """The leads an actor may see, with what a row shows."""
    actor.must("prospecting.read")
    found: QuerySet[Lead] = Lead.objects.visible_to(actor).select_related(*RELATED)
    return found


def queue(actor: Actor, name: str) -> Q:
    """What belongs into one of QUEUES; "open" for any other name."""
    waiting = Q(status__in=OPEN, first_response_at__isnull=True)
    return {
        "overdue": waiting & Q(due_at__lt=actor.now),
        "new": waiting & Q(owner_id=actor.member_id),
        "unassigned": Q(status__in=OPEN, owner__isnull=True),
        "working": Q(status__in=OPEN, first_response_at__isnull=False),
        "closed": Q(status__in=(ACCEPTED, REJECTED)),
    }.get(name, Q(status__in=OPEN))


def counts(actor: Actor) -> dict[str, int]:
    """How many stand in each queue of open leads. 1 query."""
    asked = {name: Count("pk", filter=queue(actor, name)) for name in QUEUES if name != "closed"}
    found: dict[str, int] = Lead.objects.visible_to(actor).filter(status__in=OPEN).aggregate(**asked)
    return found


def answered_in_time(actor: Actor, since: datetime) -> tuple[int, int]:
    """Of the leads that came in since then and were answered, or whose answer is overdue: how many in time. 1 query."""
    due = Q(first_response_at__isnull=False) | Q(due_at__lt=actor.now)
    found = Lead.objects.visible_to(actor).filter(due, asked_at__gte=since)
    in_time = Q(response_minutes__lte=F("target_minutes"))
    said = found.aggregate(n=Count("pk"), good=Count("pk", filter=in_time))
    return said["good"], said["n"]


def titles(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """What the leads among them that the actor may see are called: after whoever asked. 1 query."""
    found = Lead.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("person", "company")
    return {lead.pk: subject.name for lead in found if (subject := lead.person or lead.company)}


def cards(actor: Actor, found: Iterable[Lead]) -> list[LeadCard]:
    """Cards of rows read with RELATED. 5 queries at most, however many."""
    leads = list(found)
    if not leads:
        return []
    ids = [lead.pk for lead in leads]
    open_people = _openable(actor, "person", [lead.person_id for lead in leads])
    open_companies = _openable(actor, "company", [lead.company_id for lead in leads])
    given = _newest_reasons(ids)
    fits = fit_of(open_companies) if open_companies else {}
    deals = doors.deals().of_leads(actor, [lead.pk for lead in leads if lead.status == ACCEPTED])
    return [
        _card(lead, actor.now, open_people, open_companies, given.get(lead.pk), fits, deals.get(lead.pk)) for lead in leads
    ]  # fmt: skip


def card(actor: Actor, lead: Lead) -> LeadCard:
    """6 queries at most."""
    return cards(actor, [lead])[0]


def _card(
    lead: Lead,
    now: datetime,
    open_people: set[UUID],
    open_companies: set[UUID],
    given: Assignment | None,
    fits: dict[UUID, FitCard],
    deal: DealOfLead | None,
) -> LeadCard:
    person = _named(lead.person, "person", open_people, lead.person.title if lead.person else "")
    company = _named(lead.company, "company", open_companies, "")
    subject = person or company
    assert subject
    owner = lead.owner
    return LeadCard(
        id=lead.pk,
        version=lead.version,
        subject=subject,
        person=person,
        company=company,
        status=lead.status,
        source=lead.source,
        campaign=lead.campaign,
        words=lead.words,
        asked_at=lead.asked_at,
        clock=clock_of(lead, now),
        owner=Named(owner.pk, owner.name, owner.name_ar) if owner else None,
        reason=lead.reject_reason,
        reject_words=lead.reject_words,
        why=given.why if given else "",
        why_ar=given.why_ar if given else "",
        fit=fits.get(lead.company_id) if lead.company_id else None,
        deal=deal,
    )


def clock_of(lead: Lead, now: datetime) -> Clock:
    wall = None
    if lead.first_response_at is not None:
        wall = int((lead.first_response_at - lead.asked_at) // timedelta(minutes=1))
        state = "answered" if (lead.response_minutes or 0) <= lead.target_minutes else "late"
    elif lead.status not in OPEN:
        state = "stopped"
    elif lead.due_at < now:
        state = "overdue"
    else:
        state = "soon" if lead.due_at - now <= SOON else "running"
    return Clock(state, lead.due_at, lead.target_minutes, lead.response_minutes, wall, lead.first_response_at)


def _named(row: Any, kind: str, may_open: set[UUID], detail: str) -> Named | None:
    if row is None:
        return None
    address = reverse(f"customers:{kind}", args=[row.pk]) if row.pk in may_open else ""
    return Named(row.pk, row.name, row.name_ar, address, detail)


def _openable(actor: Actor, kind: str, ids: Sequence[UUID | None]) -> set[UUID]:
    wanted = {one for one in ids if one}
    if not wanted or not actor.may("customers.read"):
        return set()
    found = records()[kind].objects.visible_to(actor).filter(pk__in=wanted)
    return set(found.values_list("pk", flat=True))


def _newest_reasons(ids: Sequence[UUID]) -> dict[UUID, Assignment]:
    found = Assignment.objects.filter(lead__in=ids).order_by("assigned_at", "id")
    return {one.lead_id: one for one in found}


def of_record(actor: Actor, kind: str, record_id: UUID) -> list[LeadCard]:
    """The newest inquiries of a person or a company. 6 queries at most."""
    return cards(actor, rows(actor).filter(**{f"{kind}_id": record_id}).order_by("-asked_at", "-id")[:PANEL])


def new_of(actor: Actor, limit: int = 8) -> tuple[list[LeadCard], int]:
    """One's own leads that wait for an answer, the most urgent first, and how many there are. 7 queries, 1 for none."""
    if not actor.may("prospecting.read") or actor.member_id is None:
        return [], 0
    mine = rows(actor).filter(queue(actor, "new"))
    found = list(mine.order_by("due_at", "id")[: limit + 1])
    more = mine.count() if len(found) > limit else len(found)
    return (cards(actor, found[:limit]), more) if found else ([], 0)


def reasons(*, with_archived: bool = False) -> list[RejectReason]:
    """1 query."""
    found = RejectReason.objects.order_by("position", "id")
    return list(found if with_archived else found.filter(archived_at__isnull=True))


@dataclass(frozen=True, slots=True)
class Waited:
    """How long an inquiry waited, and whether it was accepted: what a figure needs, without whom it is about."""

    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None


def waited(actor: Actor, limit: int) -> list[Waited]:
    """The newest leads. 1 query."""
    actor.must("prospecting.read")
    found = Lead.objects.visible_to(actor).order_by("-asked_at", "-id")
    columns = ("asked_at", "due_at", "first_response_at", "status", "status_since")
    return [
        Waited(asked, due, answered, since if status == ACCEPTED else None)
        for asked, due, answered, status, since in found.values_list(*columns)[:limit]
    ]


def still_waiting(actor: Actor, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are open and not answered. 1 query, none for nobody."""
    if not ids:
        return set()
    found = Lead.objects.visible_to(actor).filter(pk__in=list(ids), status__in=OPEN, first_response_at__isnull=True)
    return set(found.values_list("pk", flat=True))
