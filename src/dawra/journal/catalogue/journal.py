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


@kind("journal.everything_exported.1", _("{actor} took everything out as {file}"), icon="database-export")
@dataclass(frozen=True, slots=True)
class EverythingExported:
    file: str


@kind("journal.archive_downloaded.1", _("{actor} downloaded {file}"), icon="download")
@dataclass(frozen=True, slots=True)
class ArchiveDownloaded:
    file: str


@kind("journal.archive_removed.1", _("{actor} removed {file} from the server"), icon="trash")
@dataclass(frozen=True, slots=True)
class ArchiveRemoved:
    file: str
