"""What refers to a person or a company, so that two records can become one: every table says so itself, or why it stays.

    moves(Tagging, "record_id", once=("tag_id",))               # by kind and id; at most one row a tag
    moves(DealPerson, "person_id", kinds=("person",), once=("deal_id",))
    stays("customers.ImportRow", because="what a row of a file became then stays true")

Merging two records goes through these and nothing else; a test walks all tables and fails for one that is neither.
"""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Moves:
    """column: the attribute that holds the id. once: what may stand only once beside it; a second one is dropped.

    kind_column: where the table serves several kinds, the attribute that says which; "" where column has one kind only
    """

    model: type[models.Model]
    column: str
    kinds: tuple[str, ...]
    once: tuple[str, ...]
    kind_column: str


MOVES: list[Moves] = []
STAYS: dict[str, str] = {}


def moves(
    model: type[models.Model],
    column: str,
    *,
    kinds: tuple[str, ...] = ("person", "company"),
    once: tuple[str, ...] = (),
    kind_column: str = "",
) -> None:
    """Register a table whose rows go over to the record that is kept, in the order of registering."""
    MOVES.append(Moves(model, column, kinds, once, kind_column))


def stays(*labels: str, because: str) -> None:
    """Say that tables ("room.Model") keep the old id on purpose, or are kept by other means."""
    for label in labels:
        STAYS[label] = because
