"""The spine: what happened (Entry), about what (Mention), owed to whom (Delivery)."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class Entry(models.Model):
    """One act, written in the act's own transaction and never changed.

    happened_at: when it was true; figures use this one. written_at: when we learnt it.
    cause:       the entry that led to this one (a bulk edit, an undone move, a rule).
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.CharField(max_length=200, blank=True, help_text="Who signed when no member did.")
    via = models.CharField(max_length=8)
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="effects")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "written_at"], name="entry_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Mention(models.Model):
    """An entry concerns a record: the record's timeline is its mentions, newest first."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "record_id"], name="mention_once")]
        indexes = [models.Index(fields=["record_id", "-happened_at", "-entry"], name="mention_timeline")]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"


class Delivery(models.Model):
    """An entry owed to a listener. done_at is set in the transaction of the listener's own effect."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=120)
    subject_id = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "listener"], name="delivery_once")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(done_at__isnull=True), name="delivery_owed"),
            models.Index(
                fields=["listener", "subject_id", "entry"],
                condition=models.Q(done_at__isnull=True),
                name="delivery_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listener} ← {self.entry_id}"
