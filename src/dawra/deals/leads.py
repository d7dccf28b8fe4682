"""The door that prospecting asks through: deals opened for leads, and what became of deals. Opened in apps.ready()."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.access.holdings import impersonal
from dawra.deals import keeping, money, rules
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.bin import delete_deal
from dawra.deals.actions.people import set_person
from dawra.deals.models import Deal, DealOrigin, DealPerson, StageVisit
from dawra.deals.queries import pipelines
from dawra.journal.models import Mention
from dawra.prospecting.doors import Averages, DealOfLead, NewDealOfLead, Outcome, open_deals

MOST = 50
ADDED = "deals.deal_added.1"

impersonal("deals.DealOrigin", because="which lead led to which deal")


class LeadDoor:
    def open_for(self, actor: Actor, new: NewDealOfLead, cause: Any) -> DealOfLead:
        """Open a deal for a lead, or link it to one. Raises Refused, NotFound, Invalid, RateMissing; about 12 queries."""
        actor.must("deals.work")
        if DealOrigin.objects.filter(lead_id=new.lead_id).exists():
            raise Conflict(_("This lead has led to a deal already."))
        if new.deal_id:
            deal = keeping.fetch(actor, new.deal_id)
            if new.person_id and not DealPerson.objects.filter(deal=deal, person_id=new.person_id).exists():
                set_person(actor, deal_id=deal.pk, person_id=new.person_id, role="", cause=cause)
        else:
            people = ((new.person_id, ""),) if new.person_id else ()
            asked = NewDeal(
                name=new.name, company_id=new.company_id, people=people, source=new.source, campaign=new.campaign,
                amount_minor=new.amount_minor,
            )  # fmt: skip
            deal = add_deal(actor, new=asked)
        DealOrigin.objects.create(lead_id=new.lead_id, deal=deal, opened=not new.deal_id)
        return _card(new.lead_id, deal)

    def let_go(self, actor: Actor, lead_id: UUID, cause: Any) -> None:
        """The lead was accepted by mistake: a deal made for it goes to the bin, one it was linked to stays.

        Raises Conflict if somebody has worked on the deal since.
        """
        actor.must("deals.work")
        origin = DealOrigin.objects.filter(lead_id=lead_id).first()
        if origin is None:
            return
        deal = Deal.objects.visible_to(actor).filter(pk=origin.deal_id).first()
        made, deal_id = origin.opened, origin.deal_id
        origin.delete()
        if not made:
            return
        if deal is None:
            if Deal.objects.in_bin_of(actor).filter(pk=deal_id).exists():
                return
            raise NotFound()
        if Mention.objects.filter(record_id=deal_id).exclude(kind=ADDED).exists():
            raise Conflict(_("Somebody has worked on the deal since, so this can no longer be taken back."))
        # Who may open a deal by accepting may also take that back, without the right to delete deals of others.
        allowed = replace(actor, permissions=actor.permissions | {"deals.delete"})
        delete_deal(allowed, deal_id=deal_id, cause=cause)

    def of_leads(self, actor: Actor, lead_ids: Collection[UUID]) -> dict[UUID, DealOfLead]:
        """Of those deals the actor may see. 1 query."""
        if not lead_ids or not actor.may("deals.read"):
            return {}
        rows = Deal.objects.visible_to(actor).filter(origins__lead_id__in=list(lead_ids))
        return {row.of_lead: _card(row.of_lead, row) for row in rows.annotate(of_lead=F("origins__lead_id"))}

    def open_of(self, actor: Actor, person_id: UUID | None, company_id: UUID | None) -> list[DealOfLead]:
        """Open deals of the person or company, the newest first: what a lead may be linked to. 1 query."""
        if not actor.may("deals.read"):
            return []
        theirs = Q(pk__in=())
        if person_id:
            theirs |= Q(pk__in=DealPerson.objects.filter(person_id=person_id).values("deal_id"))
        if company_id:
            theirs |= Q(company_id=company_id)
        rows = Deal.objects.visible_to(actor).filter(theirs, state=rules.OPEN)
        return [_card(UUID(int=0), row) for row in rows.order_by("-created_at", "-id")[:MOST]]

    def outcomes(self, actor: Actor, since: date | None = None) -> Iterator[Outcome]:
        """Every closed deal the actor may see, the newest first. 1 query."""
        actor.must("deals.read")
        rows = _closed(actor, since, None).annotate(
            person=Subquery(DealPerson.objects.filter(deal=OuterRef("pk")).order_by("id").values("person_id")[:1])
        )
        columns = (
            "id",
            "company_id",
            "person",
            "state",
            "created_at",
            "closed_at",
            "base_minor",
            "source",
        )
        day_of = money.books().day_of
        for key, company, person, state, opened, closed, base, source in (
            rows.order_by("-closed_at", "-id").values_list(*columns).iterator(chunk_size=2000)
        ):
            began = day_of(min(opened, closed))
            yield Outcome(key, company, person, state == rules.WON, began, day_of(closed), base, source)

    def averages(self, actor: Actor, since: date, until: date) -> Averages:
        """Of deals closed from one day until before another. 4 queries."""
        actor.must("deals.read")
        rows = _closed(actor, since, until)
        span = ExpressionWrapper(F("closed_at") - F("created_at"), output_field=DurationField())
        won = rows.filter(state=rules.WON)
        said = won.aggregate(n=Count("pk"), worth=Sum("base_minor"))
        cycle = won.filter(closed_at__gt=F("created_at")).aggregate(mean=Avg(span))["mean"]
        n = said["n"]
        return Averages(
            won=n,
            lost=rows.filter(state=rules.LOST).count(),
            base_minor=said["worth"] // n if n else None,
            cycle_days=cycle.days if cycle is not None else None,
            currency=money.books().base_currency,
            per_stage=_per_stage(rows),
        )


def _closed(actor: Actor, since: date | None, until: date | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = Deal.objects.visible_to(actor).filter(state__in=[rules.WON, rules.LOST])
    if since is not None:
        rows = rows.filter(closed_at__gte=datetime.combine(since, time.min, UTC))
    if until is not None:
        rows = rows.filter(closed_at__lt=datetime.combine(until, time.min, UTC))
    return rows


def _per_stage(rows: QuerySet[Any]) -> tuple[tuple[str, str, int, int], ...]:
    """Of the default pipeline's open stages, by code: how many of the deals entered it, and how many went further."""
    entrance = pipelines.entrance()
    if entrance is None:
        return ()
    stages = [one for one in pipelines.stages_of(entrance.version_id) if one.type != rules.LOST]
    place = {one.code: number for number, one in enumerate(stages)}
    been: dict[UUID, set[int]] = {}
    visits = StageVisit.objects.filter(deal__in=rows.values("pk")).values_list("deal_id", "stage__code")
    for deal_id, code in visits.iterator(chunk_size=5000):
        if code in place:
            been.setdefault(deal_id, set()).add(place[code])
    return tuple(
        (
            one.name,
            one.name_ar,
            sum(n in at for at in been.values()),
            sum(n in at and max(at) > n for at in been.values()),
        )
        for n, one in enumerate(stages)
        if one.type == rules.OPEN
    )


def _card(lead_id: UUID, deal: Deal) -> DealOfLead:
    address = reverse("deals:deal", args=[deal.pk])
    return DealOfLead(lead_id, deal.pk, deal.name, deal.state, deal.amount_minor, deal.currency, address)


open_deals(LeadDoor())
