"""What we know of a person or a company before we call, and what the planner was told."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id

SLOTS = ("role", "priorities", "growth", "funding", "competitors", "current_product", "trigger", "common_ground")


class BriefSlot(models.Model):
    """Something was written into a slot of a research brief. Append-only: the newest row of a slot counts, "" empties it.

    source:   an address or words: where it is from. evidence: the sentence it was taken from, if a person confirmed it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    slot = models.CharField(max_length=16, choices=[(s, s) for s in SLOTS])
    text = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)
    evidence = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["record_id", "slot", "-written_at"], name="brief_newest")]

    def __str__(self) -> str:
        return f"{self.slot} of {self.record_id}"


class BriefSettings(models.Model):
    """The one row: when a brief is whole enough and fresh enough for a first call."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    needed_bp = models.PositiveSmallIntegerField(default=6000)
    fresh_days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1, needed_bp__lte=10000), name="one_brief_settings")
        ]

    def __str__(self) -> str:
        return f"{self.needed_bp} bp, {self.fresh_days} days"


class Plan(models.Model):
    """The one row of what the planner was told. typed: input → number, where somebody knows better than the history."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    target_minor = models.BigIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The first day that no longer belongs to it.")
    reps = models.PositiveSmallIntegerField(default=1)
    typed = models.JSONField(default=dict)
    typed_at = models.DateTimeField()
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1, from_on__lt=models.F("until_on"), reps__gte=1), name="one_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_minor} until {self.until_on}"
