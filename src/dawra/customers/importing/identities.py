"""Which record a foreign id stands for: asked and kept a batch at a time."""

from collections.abc import Iterable
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.models import ExternalId


class Identities:
    """The foreign ids of one system and one kind of record. Cost: 1 query a batch to ask, 1 to keep."""

    def __init__(self, system: str, record_kind: str) -> None:
        self._system, self._kind = system, record_kind
        self._known: dict[str, ExternalId] = {}
        self._fresh: dict[str, ExternalId] = {}

    def ask(self, keys: Iterable[str]) -> None:
        """Forget the last batch and look these up."""
        wanted = {key for key in keys if key}
        self._fresh = {}
        rows = ExternalId.objects.filter(system=self._system, record_kind=self._kind, external_id__in=wanted)
        self._known = {row.external_id: row for row in rows}

    def get(self, key: str) -> ExternalId | None:
        return self._known.get(key)

    def keep(self, key: str, record_id: UUID, digest: str, version: int, actor: Actor) -> None:
        row = ExternalId(
            system=self._system, record_kind=self._kind, external_id=key, record_id=record_id,
            digest=digest, version=version, seen_at=actor.now,
        )  # fmt: skip
        self._known[key] = self._fresh[key] = row

    def save(self) -> None:
        ExternalId.objects.bulk_create(
            self._fresh.values(),
            update_conflicts=True,
            unique_fields=["system", "record_kind", "external_id"],
            update_fields=["record_id", "digest", "version", "seen_at"],
            batch_size=100,
        )
        self._fresh = {}
