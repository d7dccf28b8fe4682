"""What every top-level record has: identity, owner, version, and a way out through the bin."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound, Stale
from dawra.access.ids import new_id
from dawra.access.scope import ScopedManager, owned_by_seen


class Record(models.Model):
    """A person, a company, a deal: one row for life, read only through visible_to(actor)."""

    kind: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def live(cls) -> Q:
        return Q(deleted_at__isnull=True)

    @classmethod
    def visibility(cls, actor: Actor) -> Q:
        return owned_by_seen(actor, cls.kind)

    @classmethod
    def fetch(cls, actor: Actor, record_id: UUID, *related: str) -> Self:
        """One row with its named relations. Raises NotFound; 1 query."""
        rows = cls.objects.visible_to(actor)
        if related:
            rows = rows.select_related(*related)
        try:
            found: Self = rows.get(pk=record_id)
        except cls.DoesNotExist:
            raise NotFound() from None
        return found

    @classmethod
    def signed_by(cls, actor: Actor, **values: Any) -> Self:
        """An unsaved row that carries who made it and when."""
        return cls(
            created_at=actor.now,
            created_by_id=actor.member_id,
            updated_at=actor.now,
            updated_by_id=actor.member_id,
            **values,
        )

    def change(self, actor: Actor, values: dict[str, Any], *, version: int | None = None) -> None:
        """Write values if the row is still at `version` (the one just read, unless the actor saw an older one).

        select_for_update() does nothing on SQLite, so a version column and a conditional UPDATE guard the write.
        Raises Stale, with what is there now beside what was wanted. 1 query.
        """
        expected = self.version if version is None else version
        changed = 0
        if expected == self.version:
            rows = type(self)._base_manager.filter(pk=self.pk, version=expected)
            changed = rows.update(
                **values, version=F("version") + 1, updated_at=actor.now, updated_by_id=actor.member_id
            )
        if not changed:
            now = type(self)._base_manager.get(pk=self.pk)
            raise Stale(
                record=self.kind,
                id=self.pk,
                version=now.version,
                theirs={name: getattr(now, name) for name in values},
                yours=values,
            )
        for name, value in values.items():
            setattr(self, name, value)
        self.version = expected + 1
        self.updated_at = actor.now
        self.updated_by_id = actor.member_id
