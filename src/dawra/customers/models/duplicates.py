"""Records that may be one: what they are found by, which pairs there are, what was merged, and the nightly search."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class BlockKey(models.Model):
    """Records that share a key are worth comparing. key: a number made by duplicates/keys.py; written with search."""

    key = models.BigIntegerField()
    record_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="block_key"),
            models.Index(fields=["record_id"], name="block_key_record"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.record_id}"


class DuplicatePair(models.Model):
    """Two records of one kind, in the order of their ids, and what somebody decided about them.

    certainty_bp: how likely they are one, in basis points. parts: field → [how it agrees, likeness 0..100]
    is_exact:     they share an address and the folded name: may be merged without looking
    seen_at:      when the search last found them; an open one that it finds no more goes
    """

    OPEN, MERGED, DIFFERENT = "open", "merged", "different"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    a_id = models.UUIDField()
    b_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=[(s, s) for s in (OPEN, MERGED, DIFFERENT)], default=OPEN)
    certainty_bp = models.PositiveSmallIntegerField()
    is_exact = models.BooleanField(default=False)
    parts = models.JSONField(default=dict)
    found_by = models.CharField(max_length=8, choices=[(s, s) for s in ("search", "import", "person")])
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a_id", "b_id"], name="pair_once")]
        indexes = [
            models.Index(fields=["record_kind", "state", "-certainty_bp", "-id"], name="pair_queue"),
            models.Index(fields=["b_id"], name="pair_second"),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind}: {self.a_id} = {self.b_id}?"


class Merge(models.Model):
    """One record went into another. done: everything that was moved, changed, dropped and made, to be taken back exactly."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    kept_id = models.UUIDField()
    gone_id = models.UUIDField()
    names = models.JSONField(default=list, help_text="What both were called: [kept, gone].")
    done = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone_id"], condition=models.Q(undone_at__isnull=True), name="merged_once")
        ]
        indexes = [
            models.Index(fields=["kept_id"], name="merge_kept"),
            models.Index(fields=["-merged_at"], name="merge_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind}: {self.gone_id} → {self.kept_id}"


class DuplicateSearch(models.Model):
    """One pass over everything, or over what changed since the last one, batch by batch.

    learnt: the models it weighs with, by kind. stage: keys, learn, weigh, done. after, at_key: how far it is
    whole:  over everything. upto: number of the last key row when it began to weigh: the next one goes on from there
    """

    stage = models.CharField(max_length=5, default="keys")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    after = models.CharField(max_length=50, blank=True)
    at_key = models.BigIntegerField(null=True)
    whole = models.BooleanField(default=True)
    upto = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    learnt = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(ended_at__isnull=True), name="one_search_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at}: {self.stage}"
