"""What another system told of a deal's way, kept as told: files come in any order, and the way is drawn anew."""

from django.db import models

from dawra.deals.models.pipeline import Stage


class StageHeard(models.Model):
    """A deal of another system entered a stage then. Amounts as they were at that moment, if the file says so."""

    system = models.CharField(max_length=40)
    deal_key = models.CharField(max_length=200)
    at = models.DateTimeField()
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    probability_bp = models.PositiveSmallIntegerField(null=True)
    expected_close_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "deal_key", "at", "stage"], name="stage_heard_once"),
            models.CheckConstraint(
                condition=models.Q(probability_bp__isnull=True) | models.Q(probability_bp__lte=10000),
                name="stage_heard_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.deal_key} in {self.stage_id} at {self.at}"
