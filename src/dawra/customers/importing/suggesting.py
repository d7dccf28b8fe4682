"""Records that may be one: said to the queue of duplicates, where a person decides. The one place an import does so."""

from collections.abc import Sequence
from uuid import UUID


def suggest(kind: str, pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Each pair has the same name and nothing else in common; the background pass weighs them with everything else."""
