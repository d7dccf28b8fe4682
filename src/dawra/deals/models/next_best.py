"""What to do next: the rules that propose it, and what people thought of the proposals."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal
from dawra.figures.next_best import ACTS, CONDITIONS

NOT_RELEVANT, DONE, WRONG_TIME, ASKED_NOT_TO, OTHER = DISMISSED_FOR = (
    "not_relevant", "done", "wrong_time", "asked_not_to", "other",
)  # fmt: skip


class NextBestRule(models.Model):
    """If a record is such, this act is proposed; see figures/next_best for what the numbers do.

    code:       of those that came with the house, "" for the company's own
    days:       since when the condition holds (or how near its day is); least: below which number it holds
    urgent_*:   percent on the first day, percent later, and after how many days
    follow_days, moved_days: an act done within so many days followed the proposal; a stage within so many more is its work
    followed, moved: its record, counted by a job; counted_at: when. dismissed: as not relevant, kept by `next_best`
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120, blank=True)
    condition = models.CharField(max_length=20, choices=[(c, c) for c in CONDITIONS])
    act = models.CharField(max_length=12, choices=[(a, a) for a in ACTS])
    days = models.PositiveSmallIntegerField(default=0)
    least = models.PositiveSmallIntegerField(default=0)
    from_bp = models.PositiveSmallIntegerField(default=0)
    to_bp = models.PositiveSmallIntegerField(default=10000)
    urgent_from_pc = models.PositiveSmallIntegerField(default=100)
    urgent_to_pc = models.PositiveSmallIntegerField(default=100)
    urgent_days = models.PositiveSmallIntegerField(default=0)
    weight_pc = models.PositiveSmallIntegerField(default=100)
    follow_days = models.PositiveSmallIntegerField(default=7)
    moved_days = models.PositiveSmallIntegerField(default=30)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    dismissed = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="next_best_code_once"),
            models.CheckConstraint(
                condition=Q(to_bp__lte=10000, from_bp__lte=models.F("to_bp")), name="next_best_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NextBestDismissal(models.Model):
    """Somebody did not want a proposal: it stays away from its deal or lead until the condition newly arises.

    mark:     which occurrence was dismissed, see figures/next_best.Sign. ended_at: its condition had gone
    words:    with the reason "other", and besides the rest
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(NextBestRule, on_delete=models.CASCADE, related_name="dismissals")
    deal = models.ForeignKey(Deal, null=True, on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey("prospecting.Lead", null=True, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=12, choices=[(r, r) for r in DISMISSED_FOR])
    words = models.CharField(max_length=400, blank=True)
    dismissed_at = models.DateTimeField()
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deal__isnull=False, lead__isnull=True) | Q(deal__isnull=True, lead__isnull=False),
                name="next_best_of_one",
            ),
            models.UniqueConstraint(
                fields=["deal", "rule"], condition=Q(ended_at__isnull=True), name="next_best_deal_once"
            ),
            models.UniqueConstraint(
                fields=["lead", "rule"], condition=Q(ended_at__isnull=True), name="next_best_lead_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.reason}"


class NextBestWorth(models.Model):
    """The one row: what an average won deal is worth, for leads; counted by the same job. None: too few were won."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    won = models.PositiveIntegerField(default=0)
    average_minor = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_next_best_worth")]

    def __str__(self) -> str:
        return f"{self.average_minor} of {self.won}"
