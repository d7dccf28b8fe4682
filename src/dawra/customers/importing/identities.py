"""Which record a foreign id stands for: asked and kept a batch at a time."""

from collections.abc import Iterable
from uuid import UUID

from dawra.customers.importing.targets import Work
from dawra.customers.models import ExternalId

MOST_DIGESTS = 21


class Identities:
    """The foreign ids of one system and one kind of record. Cost: 1 query a batch to ask, 1 to keep."""

    def __init__(self, work: Work, record_kind: str) -> None:
        self._work, self._kind = work, record_kind
        self._known: dict[str, ExternalId] = {}
        self._fresh: dict[str, ExternalId] = {}

    def ask(self, keys: Iterable[str]) -> None:
        """Forget the last batch and look these up."""
        wanted = {key for key in keys if key}
        self._fresh = {}
        rows = ExternalId.objects.filter(system=self._work.system, record_kind=self._kind, external_id__in=wanted)
        self._known = {row.external_id: row for row in rows}

    def get(self, key: str) -> ExternalId | None:
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
        row = ExternalId(
            system=self._work.system, record_kind=self._kind, external_id=key, record_id=record_id,
            digest=digest, version=version, seen_at=self._work.actor.now, seen_in=self._work.import_id,
        )  # fmt: skip
        self._known[key] = self._fresh[key] = row

    def save(self) -> None:
        ExternalId.objects.bulk_create(
            self._fresh.values(),
            update_conflicts=True,
            unique_fields=["system", "record_kind", "external_id"],
            update_fields=["record_id", "digest", "version", "seen_at", "seen_in"],
            batch_size=100,
        )
        self._fresh = {}
