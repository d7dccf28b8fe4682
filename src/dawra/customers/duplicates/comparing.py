"""Two records side by side: which fields differ, what is preset, and what would go over with either."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dawra.customers.duplicates import moving
from dawra.customers.duplicates.merging import LONG_TEXTS
from dawra.customers.models import Company, ContactPoint, Person, Tagging
from dawra.customers.rules import merging as decide

Record = Person | Company
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of one record as value.html shows it."""

    name: str
    label: Any
    value: Any
    looks: str


@dataclass(frozen=True, slots=True)
class Line:
    """preset: one or other. may_both: the texts can stand below each other."""

    name: str
    label: Any
    one: Any
    other: Any
    looks: str
    same: bool
    preset: str
    may_both: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two: what belongs to it and stays in any case. goes: what moves if it is the one that goes."""

    id: UUID
    name: str
    name_ar: str
    version: int
    created_at: Any
    lifecycle: str
    points: tuple[str, ...]
    tags: tuple[str, ...]
    goes: tuple[str, ...]


def lines(one: Sequence[Shown], other: Sequence[Shown]) -> list[Line]:
    """Fields that either has; those that differ are chosen between."""
    return [
        Line(
            a.name, a.label, a.value, b.value, a.looks, a.value == b.value,
            "other" if a.value in _EMPTY else "one", a.name in LONG_TEXTS and a.value != b.value and bool(a.value and b.value),
        )
        for a, b in zip(one, other, strict=True)
        if a.value not in _EMPTY or b.value not in _EMPTY
    ]  # fmt: skip


def column(record: Record) -> Column:
    """Some 12 queries: one a table that may move."""
    points = ContactPoint.objects.filter(**{f"{record.kind}_id": record.pk}).order_by("kind", "-is_primary", "id")
    tags = Tagging.objects.filter(record_kind=record.kind, record_id=record.pk).order_by("tag__name")
    return Column(
        record.pk, record.name, record.name_ar, record.version, record.created_at, record.lifecycle,
        tuple(points.values_list("value", flat=True)), tuple(tags.values_list("tag__name", flat=True)),
        tuple(_goes(moving.counts(record.kind, record.pk), record.kind)),
    )  # fmt: skip


def choices(posted: Any, names: Sequence[str], kept: str) -> dict[str, str]:
    """What was chosen per field ("one", "other", "both"), as seen from the record that is kept."""
    found = {}
    for name in names:
        side = posted.get(f"take_{name}", "")
        if side == "both":
            found[_key(name)] = decide.BOTH
        elif side in ("one", "other"):
            found[_key(name)] = decide.KEPT if side == kept else decide.GONE
    return found


def _key(name: str) -> str:
    return f"custom.{name[7:]}" if name.startswith("custom_") else name


def _goes(counts: dict[str, int], kind: str) -> list[str]:
    deals = counts.get("deals.Deal", 0) + counts.get("deals.DealPerson", 0)
    links = counts.get("customers.Affiliation", 0)
    said = (
        (counts.get("customers.ActivityLink", 0), lambda n: ngettext("%(n)s activity", "%(n)s activities", n)),
        (deals, lambda n: ngettext("%(n)s deal", "%(n)s deals", n)),
        (counts.get("customers.File", 0), lambda n: ngettext("%(n)s file", "%(n)s files", n)),
        (links, lambda n: ngettext("%(n)s company", "%(n)s companies", n) if kind == "person"
            else ngettext("%(n)s person", "%(n)s people", n)),
        (counts.get("customers.Company", 0), lambda n: ngettext("%(n)s subsidiary", "%(n)s subsidiaries", n)),
        (counts.get("customers.Consent", 0), lambda n: ngettext("%(n)s consent", "%(n)s consents", n)),
        (counts.get("customers.ExternalId", 0), lambda n: ngettext("%(n)s foreign id", "%(n)s foreign ids", n)),
    )  # fmt: skip
    found = [word(count) % {"n": count} for count, word in said if count]
    return found or [_("nothing else")]
