"""What the journal says of itself."""

from dataclasses import dataclass
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind


@kind("journal.undone.1", _("{actor} took back an earlier change"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class Undone:
    undone: UUID
    what: str


@kind("journal.deliveries_retried.1", _("{actor} sent {count} deliveries on their way again"), icon="refresh")
@dataclass(frozen=True, slots=True)
class DeliveriesRetried:
    count: int
