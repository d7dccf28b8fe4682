"""Columns other rooms add to the lists of people and companies: this room does not know them, they announce themselves.

    @adds("company")
    def fit(language: str) -> Added: ...

What they are filtered by is declared once, for pages and API alike: filters("company")["icp_fit"] = Field(…).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dawra.access.listing import Field
from dawra.customers.listing_page import Column


@dataclass(frozen=True, slots=True)
class Added:
    """prepare: gives the rows of a page what the column reads; called only where it is shown."""

    column: Column
    prepare: Callable[[list[Any]], None]


Adds = Callable[[str], Added]
ADDS: dict[str, list[Adds]] = {}
FILTERS: dict[str, dict[str, Field]] = {}


def adds(kind: str) -> Callable[[Adds], Adds]:
    """Register a column of the list of people or companies."""

    def register(add: Adds) -> Adds:
        ADDS.setdefault(kind, []).append(add)
        return add

    return register


def filters(kind: str) -> dict[str, Field]:
    """What other rooms let a list be asked, to add to when the house starts."""
    return FILTERS.setdefault(kind, {})


def added(kind: str, language: str) -> Mapping[str, Added]:
    """code → column."""
    return {one.column.code: one for one in (add(language) for add in ADDS.get(kind, ()))}
