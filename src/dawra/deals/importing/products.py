"""Rows that become products."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dawra.customers.importing.identities import Identities
from dawra.customers.importing.pending import arrive
from dawra.customers.importing.targets import CREATED, UNCHANGED, UPDATED, Judged, Outcome, Parsed, Work
from dawra.deals.models import Product
from dawra.deals.money import books
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import ProductSaved

COLUMNS = ("name", "family", "price_minor")


def squeezed(name: str) -> str:
    """A name without case, accents, blanks and punctuation: GTXPro is GTX Pro."""
    return "".join(char for char in fold(name) if char.isalnum())


class ProductTarget:
    code, permission = "product", "deals.pipelines"

    def open(self, work: Work) -> "ProductKeeper":
        return ProductKeeper(work)


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
        outcomes = [self._one(row) for row in rows]
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
        return [self._judge(row) for row in rows]

    def _judge(self, row: Parsed) -> Judged:
        product, changes = self._changes(row)
        known = self._ids.get(row.key)
        if known is not None and known.digest == row.digest:
            return Judged(UNCHANGED, "product", known.record_id, row.values["name"])
        if product is None:
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
        changes = {n: [getattr(product, n), v] for n, v in wanted.items() if getattr(product, n) != v}
        if product.currency != row.values.get("price_currency", product.currency):
            changes.pop("price_minor", None)
        return product, changes

    def _one(self, row: Parsed) -> Outcome:
        known = self._ids.get(row.key)
        if known is not None and known.digest == row.digest:
            return Outcome(UNCHANGED, "product", known.record_id)
        code = self._code(row)
        product, changes = self._changes(row)
        is_new = product is None
        if product is None:
            currency = row.values.get("price_currency") or row.values.get("currency") or self._base
            product = Product(code=code, currency=currency)
        for name in changes:
            setattr(product, name, row.values[name])
        if is_new or changes:
            product.save(force_insert=is_new)
            self._by_code[code] = self._by_id[product.pk] = product
            self._facts.append((ProductSaved(product.pk, product.name, changes), [product], self._actor.now))
        self._ids.keep(row.key, product.pk, row.digest, 1)
        return Outcome(CREATED if is_new else UPDATED if changes else UNCHANGED, "product", product.pk)
