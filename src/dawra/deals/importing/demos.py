"""Demos of a file: when, of what kind, what was promised and shown, how it was taken, who came and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers.actions import activities
from dawra.customers.actions.activities import Plan
from dawra.customers.importing.activities import Ref, touch
from dawra.customers.importing.targets import Parsed, Reject, Work
from dawra.customers.importing.unmaking import bin_added, returned
from dawra.customers.queries.activities import members_by_id
from dawra.deals.actions.demoing import LONGEST_LINE, MOST_DEMOS, MOST_ITEMS, MOST_LINES
from dawra.deals.importing.within_deals import Fact, Keeper, Told
from dawra.deals.models import Deal, DealPerson, Demo, DemoItem, DemoPerson
from dawra.deals.models.demo import CANCELLED, HELD, NO_SHOW, PLANNED
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import demos as says
from dawra.journal.models import Entry

COLUMNS = ("type", "state", "starts_at", "minutes", "pains", "gaps", "next_step", "next_step_on")
USUAL_MINUTES = 45


class DemoTarget:
    code, permission = "demo", "deals.work"

    def open(self, work: Work) -> "DemoKeeper":
        return DemoKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_demos_back(actor, rows, cause, edited=edited)


class DemoKeeper(Keeper):
    """One that is still to come stands as a meeting on the day of the deal's owner, as one planned by hand does."""

    model, kind, edited, most = Demo, "demo", COLUMNS, MOST_DEMOS

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._items: list[DemoItem] = []
        self._people: list[DemoPerson] = []
        self._last: dict[UUID, datetime] = {}

    def told(self, row: Parsed, deal: Deal | None) -> Told:
        said = row.values
        if "at" not in said:
            raise Reject("missing", "at")
        at = self.moment(said["at"])
        comes = at > self.actor.now
        state = said.get("state") or (PLANNED if comes else HELD)
        if comes and state in (HELD, NO_SHOW):
            raise Reject("still_to_come", "at", value=f"{at:%Y-%m-%d}")
        minutes = said.get("minutes", USUAL_MINUTES)
        if not 5 <= minutes <= 1440:
            raise Reject("out_of_range", "minutes", value=str(minutes), least=5, most=1440)
        on = said.get("next_step_on")
        columns = {
            "type": said.get("type") or "online", "state": state, "starts_at": at, "minutes": minutes,
            "pains": _lines(said.get("pains", ())), "gaps": _lines(said.get("gaps", ())),
            "next_step": said.get("next_step", ""), "next_step_on": on.date() if isinstance(on, datetime) else on,
        }  # fmt: skip
        people = [self.person(row, deal, "people", one) for one in said.get("people", ())]
        return Told(at, columns, {"features": said.get("features", ()), "people": [one for one in people if one]})

    def make(self, deal: Deal, told: Told) -> Demo:
        demo = Demo.signed_by(self.actor, deal=deal, owner_id=deal.owner_id, **told.columns)
        demo.id, demo.created_at = new_id(), min(told.at, self.actor.now)
        held = demo.state == HELD
        for position, (name, reaction) in enumerate(dict(told.more["features"]).items()):
            if position < MOST_ITEMS:
                self._items.append(
                    DemoItem(
                        demo=demo, name=name[:120], folded=fold(name)[:240], shown=held, position=position,
                        reaction=reaction if held else "",
                    )
                )  # fmt: skip
        for person_id in dict.fromkeys(told.more["people"]):
            self._people.append(
                DemoPerson(demo=demo, person_id=person_id, came=held if demo.state != PLANNED else None)
            )
        self._tell(deal, demo)
        return demo

    def change(self, record: Demo, changes: Mapping[str, list[Any]]) -> None:
        deal = record.deal
        fact = says.DemoEdited(deal.pk, deal.name, record.pk, as_plain(changes))
        self.facts.append((fact, [record, deal], self.actor.now))

    def finish(self, made: Sequence[Demo], deals: Sequence[Deal]) -> None:
        roles = {(deal, person): role for deal, person, role in DealPerson.objects.filter(
            deal__in=[deal.pk for deal in deals]).values_list("deal_id", "person_id", "role")}  # fmt: skip
        for one in self._people:
            one.role = roles.get((one.demo.deal_id, one.person_id), "")
        DemoItem.objects.bulk_create(self._items, batch_size=200)
        DemoPerson.objects.bulk_create(self._people, batch_size=200)
        for demo in made:
            if self._comes(demo):
                self._into_calendar(demo)
        touch(self.actor, {"deal": self._last})
        self._items, self._people, self._last = [], [], {}

    def _comes(self, demo: Demo) -> bool:
        return demo.state == PLANNED and demo.starts_at > self.actor.now and self.actor.may("customers.work")

    def _tell(self, deal: Deal, demo: Demo) -> None:
        # Where it becomes a meeting, the deal's timeline has that: one line is enough there.
        about = [demo] if self._comes(demo) else [demo, deal]
        if demo.state == HELD:
            fact: object = says.DemoHeld(deal.pk, deal.name, demo.pk, demo.type, bool(demo.next_step))
            self._last[deal.pk] = max(self._last.get(deal.pk, demo.starts_at), demo.starts_at)
        elif demo.state == NO_SHOW:
            fact = says.DemoMissed(deal.pk, deal.name, demo.pk)
        elif demo.state == CANCELLED:
            fact = says.DemoCancelled(deal.pk, deal.name, demo.pk)
        else:
            fact = says.DemoPlanned(deal.pk, deal.name, demo.pk, demo.type, demo.starts_at.isoformat())
        self.facts.append((fact, about, min(demo.starts_at, self.actor.now)))

    def _into_calendar(self, demo: Demo) -> None:
        deal = demo.deal
        owner = deal.owner_id if deal.owner_id in members_by_id([deal.owner_id]) else self.actor.member_id
        title = (_now("Demo: %(deal)s") % {"deal": deal.name})[:200]
        plan = Plan(title, demo.starts_at, what="meeting", owner_id=owner)
        kept = activities.plan_activity(self.actor, records=[Ref("deal", deal.pk)], plan=plan)
        # Not an edit by a person: the version stays, so that the next import may still follow.
        Demo._base_manager.filter(pk=demo.pk).update(activity=kept.activity)


def take_demos_back(actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
    """Demos go to the bin and their meetings out of the calendar; changed ones return."""
    gone: list[Demo] = []
    facts: list[Fact] = []

    def told(goes: Sequence[Demo]) -> list[Fact]:
        gone.extend(goes)
        names = dict(Deal._base_manager.filter(pk__in={one.deal_id for one in goes}).values_list("pk", "name"))
        return [
            (says.DemoRemoved(one.deal_id, names[one.deal_id], one.pk), [one, Ref("deal", one.deal_id)], actor.now)
            for one in goes
        ]

    def write(row: Demo, back: dict[str, list[Any]]) -> None:
        row.change(actor, {name: before for name, (_now, before) in back.items()})
        facts.append((says.DemoEdited(row.deal_id, row.deal.name, row.pk, as_plain(back)), [row, row.deal], actor.now))

    codes = bin_added(actor, Demo, rows, cause, edited=edited, told=told)
    went_back = returned(actor, Demo, rows, write)
    journal.write_many(actor, facts, cause=cause)
    for demo in gone:
        if demo.activity_id and demo.state == PLANNED:
            activities.delete_activity(actor, activity_id=demo.activity_id, cause=cause)
    return [went_back.get(row.pk, code) for row, code in zip(rows, codes, strict=True)]


def _lines(texts: Sequence[str]) -> list[str]:
    return [text[:LONGEST_LINE] for text in texts][:MOST_LINES]
