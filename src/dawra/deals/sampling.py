"""Products, rates and deals of the sample company: written in batches, and taken out again.

Part of the sample's own act (site/sample), which asks, commits and keeps count.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.deals import keeping, money, rules, sampling_objections, sampling_playbook, similarity
from dawra.deals.models import (
    Deal,
    DealLine,
    DealOrigin,
    DealPerson,
    DealSplit,
    Demo,
    Finding,
    FrameworkVersion,
    NextBestDismissal,
    Objection,
    OutcomeReason,
    Play,
    Product,
    Rate,
    Reply,
    StageVisit,
    StepDone,
)
from dawra.deals.queries import pipelines
from dawra.deals.sampling_demos import DemoWriter
from dawra.deals.sampling_objections import ObjectionWriter
from dawra.deals.sampling_playbook import PlaybookWriter
from dawra.deals.sampling_qualification import QualificationWriter
from dawra.deals.sampling_quotes import QuoteWriter
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealAdded, DealLost, DealMoved, DealWon


@dataclass(frozen=True, slots=True)
class NewDeal:
    """values: columns but those that follow. visits: (stage code, entered, exited). lines: (product, quantity, price,
    discount, total). people: (id, role). splits: (member, basis points). reason: code. company: its names, for search.
    """

    values: Mapping[str, Any]
    visits: Sequence[tuple[str, datetime, datetime | None]]
    lines: Sequence[tuple[int, int, int, int, int]]
    people: Sequence[tuple[UUID, str]]
    splits: Sequence[tuple[UUID, int]]
    reason: str
    company: tuple[str, str]
    signed: Actor


def write_products(products: Sequence[Mapping[str, Any]]) -> None:
    """Those whose code is taken stay as they are."""
    there = set(Product.objects.values_list("code", flat=True))
    Product.objects.bulk_create(Product(**values, is_sample=True) for values in products if values["code"] not in there)


def write_rates(rates: Sequence[tuple[str, str, date]]) -> None:
    """(currency, rate, from when); a currency that has rates keeps its own, and needs one old enough."""
    for currency in {rate[0] for rate in rates}:
        mine = sorted((valid, rate) for code, rate, valid in rates if code == currency)
        known = (
            Rate.objects.filter(currency=currency)
            .order_by("valid_from_on")
            .values_list("valid_from_on", flat=True)
            .first()
        )
        fresh = mine if known is None else [pair for pair in mine if pair[0] < known][:1]
        Rate.objects.bulk_create(Rate(currency=currency, valid_from_on=valid, rate=rate) for valid, rate in fresh)


class Writer:
    """Writes deals; what all of them need is read once."""

    def __init__(self, now: datetime) -> None:
        self._now, self._kept = now, money.books()
        entrance = pipelines.entrance()
        stages = pipelines.stages_of(entrance.version_id) if entrance else []
        self._stages = {stage.code: stage for stage in stages}
        self._reasons = {(r.outcome, r.code): r for r in OutcomeReason.objects.all()}
        self._products = list(Product.objects.filter(is_sample=True))
        self._objections, self._demos, self._quotes = ObjectionWriter(), DemoWriter(), QuoteWriter()
        self._playbook = PlaybookWriter(entrance.version_id if entrance else None, now)
        self._qualification = QualificationWriter(entrance.version_id if entrance else None)
        self._rates: dict[str, list[tuple[date, str]]] = {}
        for rate in Rate.objects.order_by("valid_from_on"):
            self._rates.setdefault(rate.currency, []).append((rate.valid_from_on, rate.rate))

    def write(self, news: Sequence[NewDeal], products: Mapping[int, UUID]) -> None:
        """At most 250 a transaction."""
        by_id = {product.pk: product for product in self._products}
        deals, visits, lines, people, splits, finds = [], [], [], [], [], []
        facts: dict[Actor, list[Any]] = {}
        for new in news:
            deal = self._deal(new)
            deals.append(deal)
            self._qualification.prepare(deal, new.signed, new.visits)
            visits += self._visits(deal, new)
            for position, (place, quantity, price, discount, total) in enumerate(new.lines):
                product = by_id.get(products[place])
                lines.append(
                    DealLine(
                        deal=deal, product=product, name=product.name if product else "", quantity=str(quantity),
                        price_minor=price, discount_bp=discount, total_minor=total, position=position,
                        recurs=product.recurs if product else "",
                    )
                )  # fmt: skip
            people += [DealPerson(deal=deal, person_id=person, role=role) for person, role in new.people]
            splits += [DealSplit(deal=deal, member_id=member, share_bp=share) for member, share in new.splits]
            finds.append(
                search.Findable(
                    "deal", deal.pk, deal.owner_id, deal.name, new.company[0], (deal.name, *new.company), new.company[1]
                )
            )
        Deal._base_manager.bulk_create(deals, batch_size=100)
        StageVisit.objects.bulk_create(visits, batch_size=100)
        self._playbook.write(visits)
        DealLine.objects.bulk_create(lines, batch_size=100)
        DealPerson.objects.bulk_create(people, batch_size=100)
        DealSplit.objects.bulk_create(splits, batch_size=100)
        search.put_many(finds)
        self._objections.write([(deal, new.signed, new.visits) for deal, new in zip(deals, news, strict=True)])
        shown = self._demos.write(
            [(deal, new.signed, new.visits, new.people) for deal, new in zip(deals, news, strict=True)]
        )
        offered = self._quotes.write(
            [(deal, new.signed, new.visits) for deal, new in zip(deals, news, strict=True)], lines, people
        )
        found_out = self._qualification.write()
        for deal, new in zip(deals, news, strict=True):
            more = [line for part in (shown, offered, found_out) for line in part.get(deal.pk, ())]
            entries = [*self._told(deal, new), *more]
            if any(code == sampling_objections.STAGE for code, _entered, _exited in new.visits):
                entries += sampling_objections.told(deal)
            entries.sort(key=lambda line: line[2])
            facts.setdefault(new.signed, []).extend(entries)
        for signed, told in facts.items():
            journal.write_many(signed, told)

    def _deal(self, new: NewDeal) -> Deal:
        code, entered, _exited = new.visits[-1]
        stage = self._stages[code]
        deal = Deal.signed_by(new.signed, **new.values, is_sample=True, folded=keeping.folded(new.values["name"]))
        deal.created_at, deal.updated_at = new.visits[0][1], entered
        deal.stage, deal.stage_since, deal.state = stage, entered, stage.type
        deal.closed_at = entered if stage.type != rules.OPEN else None
        deal.probability_bp, deal.forecast_category = stage.probability_bp, stage.forecast_category
        deal.reason = self._reasons.get((stage.type, new.reason))
        deal.last_activity_at = entered
        rate, since = self._rate(deal.currency, self._kept.day_of(deal.closed_at or self._now))
        used = money.RateUsed(rate, since)
        follows = money.worth_of(lambda name: getattr(deal, name), used, self._kept, self._kept.day_of(entered))
        deal.rate, deal.rate_on = used.rate, used.on
        deal.base_minor, deal.weighted_minor = follows.base_minor, follows.weighted_minor
        deal.board_on, deal.stalls_on = follows.board_on, follows.stalls_on
        return deal

    def _rate(self, currency: str, day: date) -> tuple[str, date | None]:
        if currency == self._kept.base_currency:
            return "1", None
        rates = self._rates[currency]
        since, rate = rates[max(0, bisect_right(rates, day, key=lambda pair: pair[0]) - 1)]
        return rate, since

    def _visits(self, deal: Deal, new: NewDeal) -> list[StageVisit]:
        return [
            StageVisit(
                deal=deal, stage=self._stages[code], entered_at=entered, exited_at=exited, amount_minor=deal.amount_minor,
                currency=deal.currency, probability_bp=self._stages[code].probability_bp,
                expected_close_on=deal.expected_close_on or (entered + timedelta(days=45)).date(),
                entered_by_id=new.signed.member_id,
            )
            for code, entered, exited in new.visits
        ]  # fmt: skip

    def _told(self, deal: Deal, new: NewDeal) -> list[Any]:
        first = self._stages[new.visits[0][0]]
        told: list[Any] = [
            (
                DealAdded(deal.pk, deal.name, first.pk, first.name, deal.amount_minor, deal.currency),
                [deal],
                new.visits[0][1],
            )
        ]
        for (before, *_when), (code, at, _exited) in zip(new.visits, new.visits[1:], strict=False):
            here, there = self._stages[before], self._stages[code]
            if there.type == rules.OPEN:
                said: Any = DealMoved(
                    deal.pk, deal.name, here.pk, here.name, there.pk, there.name, deal.amount_minor, deal.currency
                )
            else:
                closing = DealWon if there.type == rules.WON else DealLost
                said = closing(
                    deal.pk, deal.name, here.pk, there.pk, deal.amount_minor, deal.currency, deal.base_minor, new.reason,
                    deal.company_id,
                )  # fmt: skip
            told.append((said, [deal], at))
        return told


def write_origins(pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """(lead, deal) of leads that led to a deal of the sample."""
    DealOrigin.objects.bulk_create(DealOrigin(lead_id=lead, deal_id=deal, opened=True) for lead, deal in pairs)


# Taking out


def sample_ids() -> set[UUID]:
    return set(Deal._base_manager.filter(is_sample=True).values_list("id", flat=True))


def needed_by(kept: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """(companies, people) that stand in deals which stay: the user's own, and those named. 4 queries."""
    stay = Q(is_sample=False) | Q(pk__in=list(kept))
    deals = Deal._base_manager.filter(stay)
    companies = set(deals.exclude(company=None).values_list("company_id", flat=True))
    people = set(DealPerson.objects.filter(deal__in=deals.values("id")).values_list("person_id", flat=True))
    return companies, people


def keep_as_own(ids: Collection[UUID]) -> int:
    return Deal._base_manager.filter(pk__in=list(ids), is_sample=True).update(is_sample=False)


def hanging_on(ids: Sequence[UUID]) -> list[UUID]:
    """Records that are about these deals alone: objections and demos. 2 queries."""
    return [
        pk
        for model in (Objection, Demo)
        for pk in model._base_manager.filter(deal_id__in=ids).values_list("pk", flat=True)
    ]


def take_out(ids: Sequence[UUID]) -> None:
    """At most 250 deals of the sample, with all that hangs on them."""
    noted = Objection._base_manager.filter(deal_id__in=ids).values_list("serial", "words")
    similarity.forget_all([(serial, words) for serial, words in noted if serial is not None])
    Reply.objects.filter(objection__deal_id__in=ids).delete()
    for model in (StepDone, Finding, Objection, Demo, StageVisit, DealLine, DealPerson, DealSplit):
        model._base_manager.filter(deal_id__in=ids).delete()
    Deal._base_manager.filter(pk__in=ids).delete()


def take_out_products(rates: Sequence[tuple[str, str, date]]) -> int:
    """Products no line needs, and the sample's rates where no deal is in that currency. Returns how many products stay."""
    sampling_playbook.take_out()
    Product.objects.filter(is_sample=True).exclude(
        pk__in=DealLine.objects.exclude(product=None).values("product_id")
    ).delete()
    used = set(Deal._base_manager.values_list("currency", flat=True).distinct())
    for currency, rate, valid in rates:
        if currency not in used:
            Rate.objects.filter(currency=currency, valid_from_on=valid, rate=rate).delete()
    return Product.objects.filter(is_sample=True).update(is_sample=False)


def hand_over(from_ids: Collection[UUID], to_id: UUID | None) -> int:
    """The user's own deals that a sample member owns or shares go to somebody real. Returns how many deals."""
    members = list(from_ids)
    shared = DealSplit.objects.filter(member_id__in=members).values("deal_id")
    DealSplit.objects.filter(deal_id__in=list(shared.values_list("deal_id", flat=True))).delete()
    for column in ("created_by_id", "updated_by_id"):
        Deal._base_manager.filter(**{f"{column}__in": members}).update(**{column: to_id})
    StageVisit.objects.filter(entered_by_id__in=members).update(entered_by_id=to_id)
    Reply.objects.filter(given_by_id__in=members).update(given_by_id=to_id)
    StepDone.objects.filter(done_by_id__in=members).update(done_by_id=to_id)
    Finding.objects.filter(noted_by_id__in=members).update(noted_by_id=to_id)
    FrameworkVersion.objects.filter(written_by_id__in=members).update(written_by_id=to_id)
    Play.objects.filter(written_by_id__in=members).update(written_by_id=to_id)
    NextBestDismissal.objects.filter(dismissed_by_id__in=members).update(dismissed_by_id=to_id)
    for column in ("owner_id", "created_by_id", "updated_by_id"):
        for model in (Objection, Demo):
            model._base_manager.filter(**{f"{column}__in": members}).update(**{column: to_id})
    return Deal._base_manager.filter(owner_id__in=members).update(owner_id=to_id)
