"""Who fits: versions of the ideal customer profile, and every company's score by the one in force."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dawra.access.ids import new_id

FITTED, BY_HAND = "fitted", "by_hand"


class IcpProfile(models.Model):
    """One version; it never changes once made, only whether it is the one in force.

    state:      fitted, too_little_history, nothing_tells (of figures.icp); by hand always "fitted"
    dimensions: codes in order: industry, size, country, source, title, custom.<key>
    cuts:       dimension → starts of its bands, for numbers
    lifts:      [{dimension, value, shown, n, won, weight, points}], the most frequent first in each dimension
    bands, auc_bp: how it did on deals it had not seen; auc in basis points
    """

    kind = "icp_profile"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    way = models.CharField(max_length=7, choices=[(w, w) for w in (FITTED, BY_HAND)])
    state = models.CharField(max_length=20)
    dimensions = models.JSONField(default=list)
    cuts = models.JSONField(default=dict)
    lifts = models.JSONField(default=list)
    bands = models.JSONField(default=list)
    auc_bp = models.PositiveSmallIntegerField(null=True)
    base = models.PositiveSmallIntegerField(default=50)
    n = models.PositiveIntegerField(default=0)
    won = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="one_icp_in_force")
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class FitScore(models.Model):
    """How well a company fits by one version. reasons: [[dimension, shown value, points]], the strongest first.

    known: of how many dimensions something is known
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.OneToOneField("customers.Company", on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey(IcpProfile, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    known = models.PositiveSmallIntegerField(default=0)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(score__lte=100), name="fit_score_in_range")]
        indexes = [models.Index(fields=["score", "company"], name="fit_by_score")]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.score}"
