"""Rows that become products."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dawra.access.actor import Actor
from dawra.customers.importing.activities import Ref
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.pending import arrive
from dawra.customers.importing.targets import (
    BINNED,
    CREATED,
    GONE,
    KEPT,
    REJECTED,
    UNCHANGED,
    UPDATED,
    USED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.importing.unmaking import forget, refers, returned
from dawra.deals.models import DealLine, Product
from dawra.deals.money import books
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue.deals import ProductSaved
from dawra.journal.models import Entry

COLUMNS = ("name", "family", "price_minor")


def squeezed(name: str) -> str:
    """A name without case, accents, blanks and punctuation: GTXPro is GTX Pro."""
    return "".join(char for char in fold(name) if char.isalnum())


class ProductTarget:
    code, permission = "product", "deals.pipelines"

    def open(self, work: Work) -> "ProductKeeper":
        return ProductKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_products_back(actor, rows, cause)


class ProductKeeper:
    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._ids = Identities(work, "product")
        self._base = books().base_currency

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._ids.ask(row.key for row in rows)
        self._by_code = {product.code: product for product in Product.objects.all()}
        self._by_id = {product.pk: product for product in self._by_code.values()}
        self._facts: list[tuple[object, Sequence[Any], datetime]] = []
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._ids.save()
        arrive(
            self._work, "product", {row.key: o.record_id for row, o in zip(rows, outcomes, strict=True) if o.record_id}
        )
        journal.write_many(self._actor, self._facts)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._ids.ask(row.key for row in rows)
        self._by_code = {product.code: product for product in Product.objects.all()}
        self._by_id = {product.pk: product for product in self._by_code.values()}
        if self._work.memory:
            self._work.memory.put("product", {squeezed(row.values["name"]): row.values["name"] for row in rows})
        judged = []
        for row in rows:
            try:
                judged.append(self._judge(row))
            except Reject as reject:
                row.said.append(reject.said)
                judged.append(Judged(REJECTED, "product"))
        return judged

    def _judge(self, row: Parsed) -> Judged:
        product, changes = self._changes(row)
        known = self._ids.get(row.key)
        if known is not None and known.digest == row.digest:
            return Judged(UNCHANGED, "product", known.record_id, row.values["name"])
        if product is None:
            self._may_create()
            self._by_code[self._code(row)] = Product(code=self._code(row), name=row.values["name"])
            return Judged(CREATED, "product", None, row.values["name"], changes)
        return Judged(UPDATED if changes else UNCHANGED, "product", product.pk, product.name, changes)

    def _code(self, row: Parsed) -> str:
        return str(row.values.get("code") or squeezed(row.values["name"]))[:60]

    def _changes(self, row: Parsed) -> tuple[Product | None, dict[str, list[Any]]]:
        """The product meant, if it is here, and what the row changes of it."""
        known = self._ids.get(row.key)
        wanted = {name: row.values[name] for name in COLUMNS if name in row.values}
        product = self._by_id.get(known.record_id) if known else self._by_code.get(self._code(row))
        if product is None:
            return None, {name: [None, value] for name, value in wanted.items()}
        policy = self._work.policy
        changes = {
            n: [getattr(product, n), v]
            for n, v in wanted.items()
            # Nobody can tell whether a product was edited here since: as usual, the file goes before.
            if policy.update and getattr(product, n) != v and policy.takes(n, getattr(product, n), edited=False)
        }
        if product.currency != row.values.get("price_currency", product.currency):
            changes.pop("price_minor", None)
        return product, changes

    def _may_create(self) -> None:
        if not self._work.policy.create:
            raise Reject("no_match")

    def _one(self, row: Parsed) -> Outcome:
        known = self._ids.get(row.key)
        if known is not None and known.digest == row.digest:
            return Outcome(UNCHANGED, "product", known.record_id)
        code = self._code(row)
        product, changes = self._changes(row)
        is_new = product is None
        if product is None:
            self._may_create()
            currency = row.values.get("price_currency") or row.values.get("currency") or self._base
            product = Product(code=code, currency=currency)
        for name in changes:
            setattr(product, name, row.values[name])
        if is_new or changes:
            product.save(force_insert=is_new)
            self._by_code[code] = self._by_id[product.pk] = product
            self._facts.append((ProductSaved(product.pk, product.name, changes), [product], self._actor.now))
        self._ids.keep(row.key, product.pk, row.digest, 1)
        made = {"fields": as_plain(changes)} if changes and not is_new else {}
        return Outcome(CREATED if is_new else UPDATED if changes else UNCHANGED, "product", product.pk, made)


def take_products_back(actor: Actor, rows: Sequence[Any], cause: Entry) -> list[str]:
    """Products that an import added go where nothing refers to them; lines of deals in the bin keep theirs, archived.

    Cost: 3 queries a batch and 2 a product
    """
    facts: list[tuple[object, Sequence[Any], datetime]] = []

    def write(product: Product, back: dict[str, list[Any]]) -> None:
        for name, (_now, before) in back.items():
            setattr(product, name, before)
        product.save(update_fields=list(back))
        facts.append((ProductSaved(product.pk, product.name, as_plain(back)), [product], actor.now))

    went_back = returned(actor, Product, rows, write)
    added = {row.record_id for row in rows if row.outcome == CREATED}
    there = {one.pk: one for one in Product.objects.filter(pk__in=added)}
    codes = {}
    for pk, product in there.items():
        if _is_used(product):
            codes[pk] = USED
            continue
        codes[pk] = BINNED
        removed = {"name": [product.name, None]}
        if DealLine.objects.filter(product=product).exists():
            product.archived_at = actor.now
            product.save(update_fields=["archived_at"])
        else:
            product.delete()
        facts.append((ProductSaved(pk, product.name, removed), [Ref("product", pk)], actor.now))
    forget([pk for pk, code in codes.items() if code == BINNED])
    journal.write_many(actor, facts, cause=cause)
    return [
        went_back.get(row.pk) or (codes.get(row.record_id, GONE) if row.record_id in added else KEPT) for row in rows
    ]


def _is_used(product: Product) -> bool:
    """By anything alive: a line of a deal in the bin does not count."""
    if DealLine.objects.filter(product=product, deal__deleted_at__isnull=True).exists():
        return True
    return refers(product, besides=(DealLine,))
