"""Deals of other CRMs: company, people and owner linked, the way through the stages at its true times."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.customers.importing import meaning, owners
from dawra.customers.importing.lifecycles import companies_became
from dawra.customers.importing.linking import shown
from dawra.customers.importing.matching import Owners
from dawra.customers.importing.pending import Waiting, arrive
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.importing.unmaking import bin_added
from dawra.deals import keeping, rules
from dawra.deals.importing.deciding import Decided, Deciding, name_key
from dawra.deals.importing.telling import moves, visits_of
from dawra.deals.importing.ways import Step
from dawra.deals.models import Deal, DealPerson, StageHeard, StageVisit
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealAdded, DealDeleted, DealEdited
from dawra.journal.models import Entry

KEPT = ("name", "amount_minor", "recurring_minor", "currency", "expected_close_on", "next_step", "source", "about",
        "campaign", "reason_words", "probability_bp", "probability_source")  # fmt: skip


class OpportunityTarget:
    code, permission = "opportunity", "deals.work"

    def open(self, work: Work) -> "OpportunityKeeper":
        return OpportunityKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_back(actor, rows, cause, edited=edited)


class OpportunityKeeper:
    """A row is decided once, whether it is kept or only judged."""

    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._owners, self._said = Owners(work.actor), Deciding(work)
        self._known = self._said.known

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._begin(rows)
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._finish()
        owners.wait(self._work, "deal", rows, outcomes)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._begin(rows)
        seen = self._work.memory.get("id:deal", [row.key for row in rows]) if self._work.memory else {}
        judged = []
        for row in rows:
            try:
                judged.append(self._judge(row, seen))
            except Reject as reject:
                row.said.append(reject.said)
                judged.append(Judged(REJECTED, "deal"))
        if self._work.memory:
            self._work.memory.put("id:deal", {row.key: row.digest for row in rows})
        return judged

    def _begin(self, rows: Sequence[Parsed]) -> None:
        self._said.begin(rows)
        news = [found for row in rows if (found := self._known.row("deal", row.key)) and row.digest not in found.digest]
        there = Deal.objects.visible_to(self._actor).filter(pk__in=[found.record_id for found in news])
        self._records = {deal.pk: deal for deal in there.select_related(*keeping.RELATED)} if news else {}
        self._new: list[Deal] = []
        self._visits: list[StageVisit] = []
        self._told: list[StageHeard] = []
        self._people: list[DealPerson] = []
        self._finds: list[tuple[Deal, str]] = []
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        self._reached: dict[UUID, dict[str, datetime]] = {}
        self._came: dict[str, UUID] = {}
        self._waiting = Waiting(self._work)

    # Write

    def _judge(self, row: Parsed, seen: Mapping[str, Any]) -> Judged:
        known = self._known.row("deal", row.key)
        if (known is not None and row.digest in known.digest.split()) or seen.get(row.key) == row.digest:
            return Judged(UNCHANGED, "deal", known.record_id if known else None)
        decided = self._said.decide(row)
        self._said.follows(decided.columns, decided.stage, decided.since)
        if known is None:
            return Judged(UPDATED if row.key in seen else CREATED, "deal", None, decided.columns["name"])
        deal = self._records.get(known.record_id)
        changes = self._changes(deal, decided) if deal is not None and deal.version <= known.version else {}
        return Judged(UPDATED if changes else UNCHANGED, "deal", known.record_id, decided.columns["name"], changes)

    def _one(self, row: Parsed) -> Outcome:
        known = self._known.row("deal", row.key)
        if known is not None and row.digest in known.digest.split():
            return Outcome(UNCHANGED, "deal", known.record_id)
        decided = self._said.decide(row)
        if known is not None:
            return self._write(row, decided, known.record_id, known.version)
        owner = self._owners.of(row.values.get("owner", ""), lambda code, **f: row.said.append(Said(code, "owner", f)))
        columns = decided.columns | self._said.follows(decided.columns, decided.stage, decided.since)
        deal = Deal.signed_by(
            self._actor, owner_id=owner, stage=decided.stage, stage_since=decided.since, state=decided.stage.type,
            folded=keeping.folded(columns["name"]), custom=dict(row.values.get("custom", {})), **columns,
        )  # fmt: skip
        deal.created_at = decided.began_at
        self._new.append(deal)
        self._known.keep("deal", row.key, deal.pk, row.digest, deal.version)
        self._known.keep_name("deal", name_key(row), deal.pk)
        self._came |= {row.key: deal.pk, name_key(row): deal.pk}
        self._visits += visits_of(deal, decided.steps, self._said.heard_of(row))
        self._hear(row, decided)
        self._people += [DealPerson(deal=deal, person_id=person_id) for person_id in decided.people]
        for what, kind, key in decided.waits:
            self._waiting.add(what, deal.pk, (kind, key))
        self._finds.append((deal, row.key))
        self._tell(deal, decided)
        return Outcome(CREATED, "deal", deal.pk)

    def _hear(self, row: Parsed, decided: Decided) -> None:
        self._told += [
            StageHeard(system=self._work.system, deal_key=row.key, at=step.at, stage=step.stage)
            for step in decided.heard
        ]

    def _tell(self, deal: Deal, decided: Decided) -> None:
        first = decided.steps[0].stage
        added = DealAdded(deal.pk, deal.name, first.pk, first.name, deal.amount_minor, deal.currency, deal.company_id)
        self._facts.append((added, [deal], decided.began_at))
        self._facts += moves(deal, decided.steps)
        if deal.company_id:
            reached = self._reached.setdefault(deal.company_id, {})
            reached["opportunity"] = min(reached.get("opportunity", decided.began_at), decided.began_at)
            if deal.state == rules.WON and deal.closed_at:
                reached["customer"] = min(reached.get("customer", deal.closed_at), deal.closed_at)

    def _changes(self, deal: Deal, decided: Decided) -> dict[str, list[Any]]:
        columns = decided.columns
        changes = {n: [getattr(deal, n), columns[n]] for n in KEPT if n in columns and getattr(deal, n) != columns[n]}
        if deal.company_id is None and columns["company_id"] is not None:
            changes["company_id"] = [None, columns["company_id"]]
        if decided.stage.pk != deal.stage_id:
            changes["stage"] = [deal.stage.name, decided.stage.name]
        # What the file leaves blank stays.
        return {name: pair for name, pair in changes.items() if pair[1] not in ("", None)}

    def _write(self, row: Parsed, decided: Decided, deal_id: UUID, version: int) -> Outcome:
        """The file says something new of a deal that is here: it follows, unless people have worked on it since."""
        deal = self._records.get(deal_id)
        if deal is None or deal.version > version:
            row.said.append(Said("in_bin" if deal is None else "not_overwritten"))
            return Outcome(UNCHANGED, "deal", deal_id)
        changes = self._changes(deal, decided)
        if "stage" in changes and deal.state != rules.OPEN:
            row.said.append(Said("not_overwritten", "stage"))
            changes.pop("stage")
        if changes:
            here = deal.stage
            at = max(decided.since, deal.stage_since)
            values = {name: after for name, (_before, after) in changes.items() if name != "stage"}
            if "stage" in changes:
                more = {"state": decided.stage.type, "closed_at": at if decided.columns["closed_at"] else None}
                keeping.enter(
                    self._actor, deal, decided.stage, at, {**values, **more, "reason": decided.columns["reason"]}
                )
                self._facts += moves(deal, [Step(here, deal.created_at), Step(decided.stage, at)])
                if deal.state == rules.WON and deal.company_id:
                    self._reached.setdefault(deal.company_id, {})["customer"] = at
            else:
                keeping.keep(self._actor, deal, values)
            told = {n: [str(b) if isinstance(b, UUID) else b, str(a) if isinstance(a, UUID) else a]
                    for n, (b, a) in changes.items() if n != "stage"}  # fmt: skip
            if told:
                self._facts.append((DealEdited(deal.pk, deal.name, told, deal.currency), [deal], self._actor.now))
        self._hear(row, decided)
        self._known.keep("deal", row.key, deal.pk, row.digest, deal.version)
        return Outcome(UPDATED if changes else UNCHANGED, "deal", deal.pk)

    def _finish(self) -> None:
        Deal._base_manager.bulk_create(self._new, batch_size=100)
        StageVisit.objects.bulk_create(self._visits, batch_size=100)
        StageHeard.objects.bulk_create(self._told, ignore_conflicts=True, batch_size=100)
        DealPerson.objects.bulk_create(self._people, ignore_conflicts=True, batch_size=100)
        names = meaning.names_of(deal.company_id for deal in self._new if deal.company_id)
        search.put_many(
            search.Findable("deal", d.pk, d.owner_id, d.name, *_words(d, key, names)) for d, key in self._finds
        )
        self._known.save()
        self._waiting.save()
        journal.write_many(self._actor, self._facts)
        companies_became(self._actor, self._reached)
        if self._came:
            arrive(self._work, "deal", self._came)


def take_back(actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
    """Deals go to the bin with their lines and their way."""

    def told(goes: Sequence[Deal]) -> list[tuple[object, Sequence[Any], datetime]]:
        return [(DealDeleted(deal.pk, deal.name), [deal], actor.now) for deal in goes]

    return bin_added(actor, Deal, rows, cause, edited=edited, told=told)


def _words(deal: Deal, key: str, names: Mapping[UUID, tuple[str, str]]) -> tuple[str, tuple[str, ...], str]:
    name, name_ar = names.get(deal.company_id, ("", "")) if deal.company_id else ("", "")
    return name or name_ar, (deal.name, name, name_ar, shown(key)), name_ar
