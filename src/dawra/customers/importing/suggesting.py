"""Records that may be one: said to the queue of duplicates, where a person decides. The one place an import does so."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dawra.customers.duplicates import suggesting


def suggest(kind: str, pairs: Sequence[tuple[UUID, UUID]], now: datetime) -> None:
    """Each pair has the same name and nothing else in common; the background search weighs them with everything else."""
    suggesting.suggest(kind, pairs, because="name", now=now)
