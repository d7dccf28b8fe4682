"""Rows that become deals, with their way through the stages at its true times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.customers.importing import meaning, owners
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.lifecycles import companies_became
from dawra.customers.importing.matching import Owners
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
from dawra.deals import keeping, money, rules
from dawra.deals.importing.products import squeezed
from dawra.deals.importing.rates import Rates
from dawra.deals.models import Deal, DealLine, OutcomeReason, Product, Stage, StageVisit
from dawra.deals.queries import pipelines
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealAdded, DealEdited, DealLost, DealMoved, DealWon
from dawra.journal.models import Entry

UNKNOWN = "unknown"
WORKED_IN = "first_contact"
"""Where a closed deal was worked before, as far as a file without stage history can tell."""
MIDDAY = time(12)
"""A date without a time counts from midday, so that days between two dates stay whole, in any zone nearby."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What a row says about the deal's way. passed: the stage in which it was worked before it was closed."""

    stage: Stage
    passed: Stage
    began_at: datetime
    closed_at: datetime | None


class DealTarget:
    code, permission = "deal", "deals.work"

    def open(self, work: Work) -> "DealKeeper":
        return DealKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        from dawra.deals.importing.going_back import (
            take_back,
        )  # they ask this module for the reason that none was recorded

        return take_back(actor, rows, cause, edited=edited)


class DealKeeper:
    """Deals of one file. Companies, products and owners are those of the same system, by the name in the row."""

    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._kept = money.books()
        self._zone = ZoneInfo(self._kept.time_zone)
        self._ids, self._firms = Identities(work, "deal"), Identities(work, "company")
        self._members = Identities(work, "member")
        self._owners = Owners(work.actor)
        entrance = pipelines.entrance()
        stages = pipelines.stages_of(entrance.version_id) if entrance else []
        self._stages = {stage.code: stage for stage in stages}
        self._by_id = {stage.pk: stage for stage in stages}
        self._finals = {s.type: s for s in reversed(stages) if s.type != rules.OPEN}
        self._reasons = {r.outcome: r for r in OutcomeReason.objects.filter(code=UNKNOWN)}
        self._products = {squeezed(product.name): product for product in Product.objects.all()}
        self._rates: dict[str, Rates] = {}

    def _ask(self, rows: Sequence[Parsed]) -> None:
        self._ids.ask(row.key for row in rows)
        self._firms.ask(fold(row.values["company"]) for row in rows if "company" in row.values)
        self._members.ask(fold(row.values["owner"]) for row in rows if "owner" in row.values)
        known = [
            found for row in rows if (found := self._ids.get(row.key)) and not self._ids.is_same(row.key, row.digest)
        ]
        there = Deal.objects.visible_to(self._actor).filter(pk__in=[found.record_id for found in known])
        self._records: dict[UUID, Deal] = {deal.pk: deal for deal in there.select_related(*keeping.RELATED)}

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._ask(rows)
        self._new: dict[UUID, Deal] = {}
        self._visits: list[StageVisit] = []
        self._lines: list[DealLine] = []
        self._finds: list[tuple[Deal, str]] = []
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        self._reached: dict[UUID, dict[str, datetime]] = {}
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
        """What is new is decided as it is kept; what is here follows its row unless somebody has worked on it."""
        self._ask(rows)
        memory = self._work.memory
        would_be = memory.get("product", [squeezed(row.values.get("product", "")) for row in rows]) if memory else {}
        for key, name in would_be.items():
            self._products.setdefault(key, Product(name=name, code=key, currency=self._kept.base_currency))
        judged = []
        for row in rows:
            try:
                judged.append(self._judge(row))
            except Reject as reject:
                row.said.append(reject.said)
                judged.append(Judged(REJECTED, "deal"))
        return judged

    def _judge(self, row: Parsed) -> Judged:
        known = self._ids.get(row.key)
        if known is not None and self._ids.is_same(row.key, row.digest):
            return Judged(UNCHANGED, "deal", known.record_id)
        steps, product = self._steps(row), self._product(row)
        self._company(row)
        values = self._values(row, steps, product)
        if known is None:
            return Judged(CREATED, "deal", None, values["name"])
        deal = self._records.get(known.record_id)
        if deal is None or deal.version > known.version or deal.state != rules.OPEN:
            return Judged(UNCHANGED, "deal", known.record_id, values["name"])
        names = ("amount_minor", "currency", "expected_close_on")
        changes = {name: [getattr(deal, name), values[name]] for name in names if getattr(deal, name) != values[name]}
        if steps.stage.pk != deal.stage_id:
            changes["stage"] = [deal.stage.name, steps.stage.name]
        return Judged(UPDATED if changes else UNCHANGED, "deal", deal.pk, deal.name, changes)

    def _one(self, row: Parsed) -> Outcome:
        known = self._ids.get(row.key)
        if known is not None and self._ids.is_same(row.key, row.digest):
            return Outcome(UNCHANGED, "deal", known.record_id)
        steps = self._steps(row)
        product = self._product(row)
        company_id = self._company(row)
        if known is not None:
            return self._write(
                row, self._new.get(known.record_id) or self._records.get(known.record_id), steps, product
            )
        values = self._values(row, steps, product) | {"company_id": company_id, "owner_id": self._owner(row)}
        deal = Deal.signed_by(self._actor, **values)
        deal.created_at = steps.began_at
        self._derive(deal, steps)
        self._new[deal.pk] = deal
        self._ids.keep(row.key, deal.pk, row.digest, deal.version)
        self._visit(deal, steps)
        if product:
            self._lines.append(
                DealLine(
                    deal=deal, product=product, name=product.name, price_minor=deal.amount_minor,
                    total_minor=deal.amount_minor, recurs=product.recurs,
                )
            )  # fmt: skip
        self._finds.append((deal, row.key))
        self._tell(deal, steps)
        return Outcome(CREATED, "deal", deal.pk)

    # What a row says

    def _steps(self, row: Parsed) -> Steps:
        stage = self._stages.get(row.values["stage"]) or self._finals.get(row.values["stage"])
        if stage is None:
            raise Reject("not_stage", "stage", value=row.values["stage"], known=", ".join(self._stages))
        began, closed = row.values.get("began_on"), row.values.get("closed_on")
        if stage.type != rules.OPEN and closed is None:
            raise Reject("closed_without_date", "closed_on")
        if stage.type == rules.OPEN:
            closed = None
        if began is None and closed is None:
            row.said.append(Said("no_dates"))
        first = began or closed
        if began and closed and closed < began:
            raise Reject("closes_before", "closed_on", value=closed.isoformat(), start=began.isoformat())
        began_at = self._at(first) if first else self._work.begun_at
        passed = self._stages.get(WORKED_IN, stage) if stage.type != rules.OPEN else stage
        if passed.type != rules.OPEN:
            passed = next(s for s in self._stages.values() if s.type == rules.OPEN)
        return Steps(stage, passed, began_at, self._at(closed) if closed else None)

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, MIDDAY, self._zone)

    def _product(self, row: Parsed) -> Product | None:
        written = row.values.get("product", "")
        if not written:
            return None
        product = self._products.get(squeezed(written))
        if product is None:
            raise Reject("unknown_product", "product", value=written)
        if written != product.name:
            row.said.append(Said("read_as", "product", {"value": written, "read": product.name}))
        return product

    def _company(self, row: Parsed) -> UUID | None:
        name = row.values.get("company", "")
        if not name:
            row.said.append(Said("no_company"))
            return None
        found = self._firms.get(fold(name))
        if found is None:
            raise Reject("unknown_company", "company", value=name)
        return found.record_id

    def _owner(self, row: Parsed) -> UUID | None:
        name = row.values.get("owner", "")
        found = self._members.get(fold(name)) if name else None
        if found is not None:
            return found.record_id
        return self._owners.of(name, lambda code, **facts: row.said.append(Said(code, "owner", facts)))

    def _values(self, row: Parsed, steps: Steps, product: Product | None) -> dict[str, Any]:
        won = steps.stage.type == rules.WON
        amount = row.values.get("amount_minor")
        currency = row.values.get("amount_currency") or row.values.get("currency", "")
        if not won and product is not None:
            amount, currency = product.price_minor, product.currency
            row.said.append(Said("open_at_list_price" if steps.closed_at is None else "lost_at_list_price"))
        elif product is not None and not currency:
            currency = product.currency
        name = " · ".join(filter(None, (product.name if product else "", row.values.get("company") or row.key)))[:200]
        reason = self._reasons.get(steps.stage.type)
        return {
            "name": name,
            "folded": keeping.folded(name),
            "stage": steps.stage,
            "stage_since": steps.closed_at or steps.began_at,
            "state": steps.stage.type,
            "amount_minor": amount or 0,
            "currency": currency or self._kept.base_currency,
            "expected_close_on": row.values.get("closed_on") if steps.closed_at else None,
            "closed_at": steps.closed_at,
            "probability_bp": steps.stage.probability_bp,
            "forecast_category": steps.stage.forecast_category,
            "reason": reason if steps.closed_at else None,
        }

    def _derive(self, deal: Deal, steps: Steps) -> None:
        if deal.currency not in self._rates:
            self._rates[deal.currency] = Rates(deal.currency, self._kept)
        used = self._rates[deal.currency].on(self._kept.day_of(steps.closed_at or self._actor.now))
        if used is None:
            raise Reject("no_rate", "amount_minor", currency=deal.currency)
        follows = rules.derived(
            rules.Worth(
                amount_minor=deal.amount_minor,
                currency=deal.currency,
                base_currency=self._kept.base_currency,
                rate=Decimal(used.rate),
                probability_bp=deal.probability_bp,
                expected_close_on=deal.expected_close_on,
                state=deal.state,
                active_on=self._kept.day_of(deal.stage_since),
                stalled_after_days=steps.stage.stalled_after_days,
            )
        )
        deal.rate, deal.rate_on = used.rate, used.on
        deal.base_minor, deal.weighted_minor = follows.base_minor, follows.weighted_minor
        deal.board_on, deal.stalls_on = follows.board_on, follows.stalls_on

    # What follows

    def _visit(self, deal: Deal, steps: Steps) -> None:
        def visit(stage: Stage, entered: datetime, exited: datetime | None) -> StageVisit:
            return StageVisit(
                deal=deal, stage=stage, entered_at=entered, exited_at=exited, amount_minor=deal.amount_minor,
                currency=deal.currency, probability_bp=stage.probability_bp, expected_close_on=deal.expected_close_on,
                entered_by_id=deal.owner_id,
            )  # fmt: skip

        self._visits.append(visit(steps.passed, steps.began_at, steps.closed_at))
        if steps.closed_at:
            self._visits.append(visit(steps.stage, steps.closed_at, None))

    def _tell(self, deal: Deal, steps: Steps) -> None:
        about = [deal]
        first = steps.passed
        added = DealAdded(deal.pk, deal.name, first.pk, first.name, deal.amount_minor, deal.currency)
        self._facts.append((added, about, steps.began_at))
        reached = self._reached.setdefault(deal.company_id, {}) if deal.company_id else {}
        reached["opportunity"] = min(reached.get("opportunity", steps.began_at), steps.began_at)
        if steps.closed_at:
            self._facts.append((self._closed(deal, first.pk, steps), about, steps.closed_at))
            if deal.state == rules.WON:
                reached["customer"] = min(reached.get("customer", steps.closed_at), steps.closed_at)

    def _closed(self, deal: Deal, from_stage: UUID, steps: Steps) -> object:
        told: dict[str, Any] = {
            "deal_id": deal.pk, "deal": deal.name, "from_stage_id": from_stage, "to_stage_id": steps.stage.pk,
            "amount_minor": deal.amount_minor, "currency": deal.currency, "base_minor": deal.base_minor,
            "reason": deal.reason.code if deal.reason else "", "company_id": deal.company_id,
        }  # fmt: skip
        return DealWon(**told) if deal.state == rules.WON else DealLost(**told)

    def _write(self, row: Parsed, deal: Deal | None, steps: Steps, product: Product | None) -> Outcome:
        """The file says something new of a deal that is here: unless people have worked on it, it follows."""
        known = self._ids.get(row.key)
        if known is None or deal is None or deal.pk in self._new:
            row.said.append(Said("in_bin" if deal is None else "not_overwritten"))
            return Outcome(UNCHANGED, "deal", known.record_id if known else None)
        if deal.version > known.version or deal.state != rules.OPEN:
            row.said.append(Said("not_overwritten"))
            return Outcome(UNCHANGED, "deal", deal.pk)
        values = self._values(row, steps, product)
        values = {name: values[name] for name in ("amount_minor", "currency", "expected_close_on")}
        changes = {name: [getattr(deal, name), value] for name, value in values.items() if getattr(deal, name) != value}
        here = deal.stage
        at = max(steps.closed_at or steps.began_at, deal.stage_since)
        if steps.stage.pk != here.pk:
            more: dict[str, Any] = {"state": steps.stage.type, "closed_at": at if steps.closed_at else None}
            reason = self._reasons.get(steps.stage.type)
            keeping.enter(self._actor, deal, steps.stage, at, {**values, **more, "reason": reason})
            moved = DealMoved(
                deal.pk,
                deal.name,
                here.pk,
                here.name,
                steps.stage.pk,
                steps.stage.name,
                deal.amount_minor,
                deal.currency,
            )
            self._facts.append((self._closed(deal, here.pk, steps) if steps.closed_at else moved, [deal], at))
            if deal.state == rules.WON and deal.company_id:
                self._reached.setdefault(deal.company_id, {})["customer"] = at
        elif changes:
            keeping.keep(self._actor, deal, values)
            self._facts.append((DealEdited(deal.pk, deal.name, changes), [deal], self._actor.now))
        self._ids.keep(row.key, deal.pk, row.digest, deal.version)
        changed = steps.stage.pk != here.pk or bool(changes)
        return Outcome(UPDATED if changed else UNCHANGED, "deal", deal.pk)

    def _finish(self) -> None:
        Deal._base_manager.bulk_create(self._new.values(), batch_size=100)
        StageVisit.objects.bulk_create(self._visits, batch_size=100)
        DealLine.objects.bulk_create(self._lines, batch_size=100)
        names = meaning.names_of(deal.company_id for deal, _key in self._finds if deal.company_id)
        search.put_many(_findable(deal, key, names) for deal, key in self._finds)
        self._ids.save()
        journal.write_many(self._actor, self._facts)
        companies_became(self._actor, self._reached)


def _findable(deal: Deal, key: str, names: Mapping[UUID, tuple[str, str]]) -> search.Findable:
    """By its company's name in both scripts, and by its key in the file."""
    name, name_ar = names.get(deal.company_id, ("", "")) if deal.company_id else ("", "")
    return search.Findable(
        "deal", deal.pk, deal.owner_id, deal.name, name or name_ar, (deal.name, name, name_ar, key), name_ar
    )
