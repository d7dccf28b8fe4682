"""Currency rates by date."""

from django.db import models


class Rate(models.Model):
    """One unit of `currency` was worth `rate` units of the base currency from that day on."""

    currency = models.CharField(max_length=3)
    valid_from_on = models.DateField()
    rate = models.CharField(max_length=24, help_text="An exact decimal, kept as text: SQLite would make it a float.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["currency", "valid_from_on"], name="rate_once_a_day")]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from_on}: {self.rate}"
