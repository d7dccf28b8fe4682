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
from dawra.customers.importing.plan import OVERWRITE
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
from dawra.deals import keeping, rules
from dawra.deals.importing import going_back
from dawra.deals.importing.deciding import Decided, Deciding, name_key
from dawra.deals.importing.telling import moves, visits_of
from dawra.deals.importing.ways import Step
from dawra.deals.models import Deal, DealPerson, StageHeard, StageVisit
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue.deals import DealAdded, DealEdited
from dawra.journal.models import Entry

KEPT = ("name", "amount_minor", "recurring_minor", "currency", "expected_close_on", "next_step", "source", "about",
        "campaign", "reason_words", "probability_bp", "probability_source")  # fmt: skip

ASKED_AS = {"reason_words": "reason", "probability_bp": "probability", "probability_source": "probability",
            "company_id": "company"}  # fmt: skip
"""Columns of ours that go by another name in a file."""


class OpportunityTarget:
    code, permission = "opportunity", "deals.work"

    def open(self, work: Work) -> "OpportunityKeeper":
        return OpportunityKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return going_back.take_back(actor, rows, cause, edited=edited)


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
            names = {f"name:{fold(row.values['name'])}": "" for row in rows if "name" in row.values}
            self._work.memory.put("called:deal", names)
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
            self._may_create()
            return Judged(UPDATED if row.key in seen else CREATED, "deal", None, decided.columns["name"])
        deal = self._records.get(known.record_id)
        changes = self._changes(row, deal, decided, known.version) if deal is not None else {}
        return Judged(UPDATED if changes else UNCHANGED, "deal", known.record_id, decided.columns["name"], changes)

    def _one(self, row: Parsed) -> Outcome:
        known = self._known.row("deal", row.key)
        if known is not None and row.digest in known.digest.split():
            return Outcome(UNCHANGED, "deal", known.record_id)
        decided = self._said.decide(row)
        if known is not None:
            return self._write(row, decided, known.record_id, known.version)
        self._may_create()
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

    def _may_create(self) -> None:
        if not self._work.policy.create:
            raise Reject("no_match")

    def _changes(self, row: Parsed, deal: Deal, decided: Decided, version: int) -> dict[str, list[Any]]:
        """What the row changes of the deal, column by column as somebody said; what the file leaves blank stays."""
        policy, edited = self._work.policy, deal.version > version
        columns = decided.columns | {"stage": decided.stage.name, **_custom(row)}
        changes = {}
        for name in (*KEPT, "company_id", "stage", *_custom(row)):
            asked = ASKED_AS.get(name, name)
            before = _held(deal, name)
            if not policy.update or name not in columns or not _is_told(row, asked) or columns[name] in ("", None):
                continue
            if name == "company_id" and before is not None and policy.of("company") != OVERWRITE:
                continue
            if before != columns[name] and policy.takes(asked, before, edited=edited):
                changes[name] = [before, columns[name]]
        return changes

    def _write(self, row: Parsed, decided: Decided, deal_id: UUID, version: int) -> Outcome:
        """The file says something new of a deal that is here: it follows, unless people have worked on it since."""
        deal = self._records.get(deal_id)
        changes = self._changes(row, deal, decided, version) if deal is not None else {}
        if deal is None or (deal.version > version and not changes):
            row.said.append(Said("in_bin" if deal is None else "not_overwritten"))
            return Outcome(UNCHANGED, "deal", deal_id)
        if "stage" in changes and deal.state != rules.OPEN:
            row.said.append(Said("not_overwritten", "stage"))
            changes.pop("stage")
        made: dict[str, Any] = {}
        if changes:
            fields = {name: pair for name, pair in changes.items() if name in (*KEPT, "company_id")}
            if "stage" in changes:  # goes back with the move
                fields = {name: pair for name, pair in fields.items() if name not in going_back.STANDING}
            made = {"fields": as_plain(fields)}
            custom = {name[7:]: pair for name, pair in changes.items() if name.startswith("custom.")}
            made |= {"custom": as_plain(custom)} if custom else {}
            made |= self._follow(deal, decided, changes)
        self._hear(row, decided)
        self._known.keep("deal", row.key, deal.pk, row.digest, deal.version)
        return Outcome(UPDATED if changes else UNCHANGED, "deal", deal.pk, made)

    def _follow(self, deal: Deal, decided: Decided, changes: Mapping[str, list[Any]]) -> dict[str, Any]:
        """What there is besides the fields to be taken back: a move of the deal."""
        here, made = deal.stage, {}
        at = max(decided.since, deal.stage_since)
        values = {name: after for name, (_b, after) in changes.items() if name != "stage" and "." not in name}
        if any("." in name for name in changes):
            values["custom"] = {**deal.custom, **{n[7:]: after for n, (_b, after) in changes.items() if "." in n}}
        if "stage" in changes:
            more = {"state": decided.stage.type, "closed_at": at if decided.columns["closed_at"] else None}
            more |= {"reason": decided.columns["reason"]}
            stood = going_back.standing(deal)
            visit = keeping.enter(self._actor, deal, decided.stage, at, {**values, **more})
            made = {"move": as_plain({"visit": visit.pk, "before": stood})}
            self._facts += moves(deal, [Step(here, deal.created_at), Step(decided.stage, at)])
            if deal.state == rules.WON and deal.company_id:
                self._reached.setdefault(deal.company_id, {})["customer"] = at
        else:
            keeping.keep(self._actor, deal, values)
        told = as_plain({name: pair for name, pair in changes.items() if name != "stage"})
        if told:
            self._facts.append((DealEdited(deal.pk, deal.name, told, deal.currency), [deal], self._actor.now))
        return made

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


def _held(deal: Deal, name: str) -> Any:
    if name == "stage":
        return deal.stage.name
    return deal.custom.get(name[7:]) if name.startswith("custom.") else getattr(deal, name)


def _custom(row: Parsed) -> dict[str, Any]:
    return {f"custom.{key}": value for key, value in row.values.get("custom", {}).items()}


def _is_told(row: Parsed, asked: str) -> bool:
    """Whether the file speaks of it at all: what it does not know is not nothing."""
    if asked.startswith("custom.") or asked == "stage":
        return True
    if asked == "currency":
        return bool({"currency", "amount_minor", "recurring_minor"} & row.values.keys())
    if asked == "company":
        return bool({"company", "company_ids"} & row.values.keys())
    return asked in row.values or (asked == "probability" and "stage" in row.values)


def _words(deal: Deal, key: str, names: Mapping[UUID, tuple[str, str]]) -> tuple[str, tuple[str, ...], str]:
    name, name_ar = names.get(deal.company_id, ("", "")) if deal.company_id else ("", "")
    return name or name_ar, (deal.name, name, name_ar, shown(key)), name_ar
