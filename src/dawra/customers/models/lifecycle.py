"""Where in its life with us a person or company stands."""

from django.conf import settings
from django.db import models

LIFECYCLE = (
    "subscriber",
    "lead",
    "marketing_qualified",
    "sales_qualified",
    "opportunity",
    "customer",
    "at_risk",
    "churned",
    "won_back",
    "advocate",
)


class LifecycleStage(models.Model):
    """The workspace's own name for a built-in stage; without a row the translated name is used."""

    code = models.CharField(primary_key=True, max_length=30, choices=[(code, code) for code in LIFECYCLE])
    name = models.CharField(max_length=60)
    name_ar = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class LifecycleChange(models.Model):
    """A person or company moved from one stage to another. Never changed."""

    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    from_stage = models.CharField(max_length=30, blank=True)
    to_stage = models.CharField(max_length=30)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record_id", "changed_at"], name="lifecycle_of_record")]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"
