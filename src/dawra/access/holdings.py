"""Where the house keeps what it knows of a person: every table says so itself, or why it knows nobody.

    @holds(ContactPoint)
    def points(person_id: UUID) -> QuerySet[ContactPoint]: ...      # the rows that speak of the person

    @forgets(ContactPoint)
    def points_away(person_id: UUID, now: datetime) -> None: ...    # what erasing the person does to them

    impersonal("deals.Stage", because="a step of the pipeline")

The person's whole file is gathered, and the person forgotten, through these and nothing else; a test walks all tables
and fails for one that is neither.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

Rows = Callable[[UUID], models.QuerySet[Any]]
Forget = Callable[[UUID, datetime], None]

HOLDS: dict[type[models.Model], Rows] = {}
FORGETS: dict[type[models.Model], Forget] = {}
IMPERSONAL: dict[str, str] = {}


def holds(model: type[models.Model]) -> Callable[[Rows], Rows]:
    """Register how a table's rows that speak of a person are found."""

    def register(rows: Rows) -> Rows:
        HOLDS[model] = rows
        return rows

    return register


def forgets(model: type[models.Model]) -> Callable[[Forget], Forget]:
    """Register what erasing a person does to a table. Called in one transaction, in the order of registering."""

    def register(forget: Forget) -> Forget:
        FORGETS[model] = forget
        return forget

    return register


def impersonal(*labels: str, because: str) -> None:
    """Say that tables ("room.Model") know no person, or nothing but an id that leads nowhere once the person is gone."""
    for label in labels:
        IMPERSONAL[label] = because
