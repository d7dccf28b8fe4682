"""Which record a foreign id stands for: asked and kept a batch at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from dawra.access.pouring import among, pour
from dawra.customers.importing.targets import Work
from dawra.customers.models import ExternalId

MOST_DIGESTS = 21
TAKEN_BACK = "-"
"""The digest of a row whose import was taken back: no row is the same, and it is no longer a mere name."""


@dataclass(slots=True)
class Known:
    """digest: "" for a record that was only named so far. seen_in: the import that kept it last."""

    record_id: UUID
    digest: str
    version: int
    seen_in: UUID | None


class Identities:
    """The foreign ids of one system and one kind of record. Cost: 1 query a batch to ask, 1 or 2 to keep.

    In a dry run nothing is kept but in the work's memory.
    """

    def __init__(self, work: Work, record_kind: str) -> None:
        self._work, self._kind = work, record_kind
        self._space = f"id:{work.system}:{record_kind}"
        self._known: dict[str, Known] = {}
        self._fresh: dict[str, Known] = {}
        self._stored: set[str] = set()

    def ask(self, keys: Iterable[str]) -> None:
        """Forget the last batch and look these up."""
        wanted = {key for key in keys if key}
        self._fresh, self._known, self._stored = {}, {}, set()
        if not wanted:
            return
        columns = ("external_id", "record_id", "digest", "version", "seen_in")
        rows = among(ExternalId, columns, "external_id", wanted, system=self._work.system, record_kind=self._kind)
        self._known = {key: Known(*rest) for key, *rest in rows}
        self._stored = set(self._known)
        if self._work.memory:
            for key, (record_id, digest, version) in self._work.memory.get(self._space, wanted).items():
                self._known[key] = Known(UUID(record_id), digest, version, self._work.import_id)

    def get(self, key: str) -> Known | None:
        return self._known.get(key)

    def is_same(self, key: str, digest: str) -> bool:
        """This very row has been brought in before."""
        known = self._known.get(key)
        return known is not None and digest in known.digest.split()

    def is_again(self, key: str) -> bool:
        """Another row of this import has spoken of it already."""
        known = self._known.get(key)
        return known is not None and known.digest != "" and known.seen_in == self._work.import_id

    def keep(self, key: str, record_id: UUID, digest: str, version: int) -> None:
        """digest: "" for a record that was only named so far."""
        if digest and self.is_again(key):
            digest = " ".join(dict.fromkeys([*self._known[key].digest.split(), digest][-MOST_DIGESTS:]))
        self._known[key] = self._fresh[key] = Known(record_id, digest, version, self._work.import_id)

    def settle(self, versions: Mapping[UUID, int]) -> None:
        """The versions that records have in the end, where a later row of the batch changed them once more."""
        for known in self._fresh.values():
            known.version = versions.get(known.record_id, known.version)

    def save(self) -> None:
        """New ids are inserted, never laid over those that somebody else has just kept: that would double records."""
        if self._work.memory:
            self._work.memory.put(
                self._space, {key: [one.record_id, one.digest, one.version] for key, one in self._fresh.items()}
            )
            return
        now = self._work.actor.now
        pour(
            ExternalId,
            ("system", "record_kind", "external_id", "record_id", "digest", "version", "seen_at", "seen_in"),
            (
                (self._work.system, self._kind, key, one.record_id, one.digest, one.version, now, one.seen_in)
                for key, one in self._fresh.items()
                if key not in self._stored
            ),
        )
        again = [
            ExternalId(
                system=self._work.system, record_kind=self._kind, external_id=key, record_id=one.record_id,
                digest=one.digest, version=one.version, seen_at=now, seen_in=one.seen_in,
            )
            for key, one in self._fresh.items()
            if key in self._stored
        ]  # fmt: skip
        if again:
            ExternalId.objects.bulk_create(
                again,
                update_conflicts=True,
                unique_fields=["system", "record_kind", "external_id"],
                update_fields=["record_id", "digest", "version", "seen_at", "seen_in"],
                batch_size=100,
            )
        self._fresh = {}
