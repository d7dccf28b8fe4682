"""What the first-response clock counts by."""

from django.db import models


class Settings(models.Model):
    """The one row of what the company promises to whoever asks.

    target_minutes: business minutes until a person answers
    hours:          {"1": ["09:00", "17:00"], …} by ISO weekday; a day that is missing is no working day
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    target_minutes = models.PositiveIntegerField(default=60)
    hours = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_prospecting_settings")]

    def __str__(self) -> str:
        return f"{self.target_minutes} min"


class Holiday(models.Model):
    """A day on which the company's clock stands still."""

    on = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
