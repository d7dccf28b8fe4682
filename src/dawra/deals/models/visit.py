"""A deal's way through the stages. Visits are never changed but for their exit."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal
from dawra.deals.models.pipeline import Criterion, Stage


class StageVisit(models.Model):
    """From entering a stage to leaving it, with amount and close date as they were on entering.

    The visits of a deal touch without gap or overlap: each exited_at is the next entered_at.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="visits")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    exited_at = models.DateTimeField(null=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    probability_bp = models.PositiveSmallIntegerField()
    expected_close_on = models.DateField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=models.Q(exited_at__isnull=True), name="one_open_visit"),
            models.CheckConstraint(
                condition=models.Q(exited_at__isnull=True) | models.Q(exited_at__gte=models.F("entered_at")),
                name="visit_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["deal", "entered_at"], name="visit_of_deal"),
            models.Index(fields=["-entered_at"], name="visit_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} in {self.stage_id}"


class CriterionTick(models.Model):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="ticks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "criterion"], name="tick_once")]

    def __str__(self) -> str:
        return f"{self.deal_id} ✓ {self.criterion_id}"


class StageOverride(models.Model):
    """A deal moved on although criteria were unmet, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="overrides")
    from_stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    to_stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    unmet = models.JSONField(default=list)
    reason = models.TextField()
    overridden_at = models.DateTimeField()
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.reason
