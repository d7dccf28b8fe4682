"""The stage history of other CRMs: rows that say when a deal entered a stage. The way of each deal is drawn anew.

Rows may come before their deal: they are kept as told (StageHeard) and drawn when it comes.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dawra.access.actor import Actor
from dawra.customers.importing.linking import shown
from dawra.customers.importing.opening import system_of
from dawra.customers.importing.pending import References, keys_by_name
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    BINNED,
    CREATED,
    KEPT,
    REJECTED,
    RETURNED,
    UNCHANGED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.importing.unmaking import forget_keys, made_here
from dawra.deals import keeping, money
from dawra.deals.importing.stages import Map
from dawra.deals.importing.telling import moves, pairs, visits_of
from dawra.deals.importing.ways import Step, Told, way
from dawra.deals.models import Deal, Stage, StageHeard, StageVisit
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.models import Entry

MIDDAY = time(12)
NOBODY = UUID(int=0)


class StageTarget:
    code, permission = "deal_stage", "deals.work"

    def open(self, work: Work) -> "StageKeeper":
        return StageKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_history_back(actor, rows)


class StageKeeper:
    def __init__(self, work: Work) -> None:
        self._work, self._map = work, Map.drawn()
        self._kept = money.books()
        self._zone = ZoneInfo(self._kept.time_zone)
        self._known = References(work)
        self._made: dict[int, list[str]] = {}

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._ask(rows)
        heard: list[StageHeard] = []
        told = self._all(rows, heard)
        outcomes = [
            Outcome(outcome, "deal" if deal_id else "", deal_id, _as_made(row.key, self._made.get(row.number)))
            for row, (outcome, deal_id) in zip(rows, told, strict=True)
        ]
        StageHeard.objects.bulk_create(heard, ignore_conflicts=True, batch_size=100)
        self._known.save()
        redraw(self._work, {one.deal_key for one in heard}, self._known, self._kept)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._ask(rows)
        return [Judged(outcome, "deal" if deal_id else "", deal_id) for outcome, deal_id in self._all(rows, [])]

    def _ask(self, rows: Sequence[Parsed]) -> None:
        keys = {_deal_key(row) for row in rows}
        self._own = keys_by_name(self._work, "deal", {key for key in keys if key.startswith("name:")})
        self._known.ask({"deal_stage": [row.key for row in rows], "deal": [*keys, *self._own.values()]})

    def _all(self, rows: Sequence[Parsed], heard: list[StageHeard]) -> list[tuple[str, UUID | None]]:
        found: list[tuple[str, UUID | None]] = []
        for row in rows:
            try:
                found.append(self._one(row, heard))
            except Reject as reject:
                row.said.append(reject.said)
                found.append((REJECTED, None))
        return found

    def _one(self, row: Parsed, heard: list[StageHeard]) -> tuple[str, UUID | None]:
        key = _deal_key(row)
        if not key:
            raise Reject("missing", "deal_id")
        key = self._own.get(key, key)
        deal_id = self._known.of("deal", key)
        known = self._known.row("deal_stage", row.key)
        if known is not None and row.digest in known.digest.split():
            return UNCHANGED, deal_id
        stage, at = self._map.stage(row.values.get("stage", "")), self._at(row.values.get("at"))
        if stage is None:
            raise Reject("missing", "stage")
        if at is None:
            raise Reject("missing", "at")
        if deal_id is None:
            row.said.append(Said("waits_for", "deal_id", {"value": shown(key)}))
        heard.append(told := self._heard(row, key, stage, at))
        self._made[row.number] = [told.deal_key, told.at.isoformat(), stage.pk.hex]
        self._known.keep("deal_stage", row.key, deal_id or NOBODY, row.digest, 1)
        return CREATED, deal_id

    def _heard(self, row: Parsed, key: str, stage: Stage, at: datetime) -> StageHeard:
        return StageHeard(
            system=self._work.system, deal_key=key, at=min(at, self._work.begun_at), stage=stage,
            amount_minor=row.values.get("amount_minor"),
            currency=row.values.get("currency") or row.values.get("amount_currency", ""),
            probability_bp=row.values.get("probability"), expected_close_on=row.values.get("expected_close_on"),
        )  # fmt: skip

    def _at(self, said: datetime | date | None) -> datetime | None:
        if isinstance(said, datetime):
            return said if said.tzinfo else said.replace(tzinfo=self._zone)
        return None if said is None else datetime.combine(said, MIDDAY, self._zone)


def redraw(work: Work, keys: set[str], known: References, kept: money.Books, *, forget: bool = False) -> None:
    """The ways of deals from everything that has been told of them; those edited here since keep theirs. 5 queries.

    forget: where a deal began is not taken from the way that stands
    """
    versions = {found.record_id: found.version for key in keys if (found := known.row("deal", key))}
    key_of = {found.record_id: key for key in keys if (found := known.row("deal", key))}
    deals = Deal.objects.visible_to(work.actor).filter(pk__in=list(versions)).select_related(*keeping.RELATED)
    ours = [deal for deal in deals if deal.version <= versions[deal.pk]]
    heard: dict[str, list[StageHeard]] = {}
    rows = StageHeard.objects.filter(system=work.system, deal_key__in=[key_of[deal.pk] for deal in ours])
    for one in rows.select_related("stage"):
        heard.setdefault(one.deal_key, []).append(one)
    before: dict[UUID, list[Step[Stage]]] = {}
    for visit in StageVisit.objects.filter(deal__in=ours).select_related("stage").order_by("entered_at", "id"):
        before.setdefault(visit.deal_id, []).append(Step(visit.stage, visit.entered_at))
    visits: list[StageVisit] = []
    facts: list[tuple[object, Sequence[Any], datetime]] = []
    drawn: list[UUID] = []
    for deal in ours:
        told_ = [one for one in heard.get(key_of[deal.pk], ()) if one.stage.version_id == deal.stage.version_id]
        worked = before[deal.pk][0].stage if deal.pk in before and not forget else deal.stage
        told = Told(deal.stage, worked, deal.created_at, None if deal.closed_at else deal.stage_since, deal.closed_at)
        steps = way(told, [Step(one.stage, one.at) for one in told_])
        if steps == before.get(deal.pk):
            continue
        drawn.append(deal.pk)
        visits += visits_of(deal, steps, told_)
        # The close has had its entry since the deal came in.
        facts += [fact for fact in moves(deal, steps, pairs(before.get(deal.pk, ()))) if fact[2] != deal.closed_at]
        since = steps[-1].at
        values: Mapping[str, Any] = {"stage_since": since, "created_at": min(deal.created_at, steps[0].at)}
        deal.stage_since = since
        stalls_on = keeping.stalls_on(deal, deal.last_activity_at or since, kept)
        # Not an edit by a person: the version stays, so that the next import may still follow.
        Deal._base_manager.filter(pk=deal.pk).update(**values, stalls_on=stalls_on)
    StageVisit.objects.filter(deal__in=drawn).delete()
    StageVisit.objects.bulk_create(visits, batch_size=100)
    journal.write_many(work.actor, facts)


def _as_made(key: str, heard: list[str] | None) -> dict[str, Any]:
    return {"heard": heard, "key": key} if heard else {}


def take_history_back(actor: Actor, rows: Sequence[Any]) -> list[str]:
    """What was told of deals that were here before is forgotten, and their way drawn anew; what was told of deals that
    the same import added goes with them. 10 queries a batch.
    """
    if not rows:
        return []
    file, here = rows[0].file, made_here(rows, "deal")
    work = Work(actor, system_of(file), {}, file.within_id, actor.now)
    keys: set[str] = set()
    for row in rows:
        if heard := row.made.get("heard"):
            key, at, stage = heard
            StageHeard.objects.filter(system=work.system, deal_key=key, at=at, stage=stage).delete()
            keys |= {key} if row.record_id not in here else set()
    known = References(work)
    known.ask({"deal": keys})
    redraw(work, keys, known, money.books(), forget=True)
    forget_keys(work, "deal_stage", [row.made["key"] for row in rows if row.made.get("key")])
    return [(BINNED if row.record_id in here else RETURNED) if row.made.get("heard") else KEPT for row in rows]


def _deal_key(row: Parsed) -> str:
    if "deal_id" in row.values:
        return f"id:{row.values['deal_id']}"
    return f"name:{fold(row.values['deal'])}" if "deal" in row.values else ""
