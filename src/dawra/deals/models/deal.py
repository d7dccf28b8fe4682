"""A deal is one attempt to sell. Money is whole minor units of its currency; base_minor is the same in the base currency."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from dawra.access.ids import new_id
from dawra.access.record import Record
from dawra.deals.models.pipeline import LOST, OPEN, WON, OutcomeReason, Stage

FORECAST_CATEGORIES = ("pipeline", "best_case", "commit", "closed", "omitted")
PERSON_ROLES = ("champion", "economic_buyer", "user", "blocker", "influencer", "signatory")


class Product(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_ar = models.CharField(max_length=160, blank=True)
    family = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    price_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    recurs = models.CharField(max_length=5, choices=[(r, r) for r in ("", "month", "year")], blank=True)
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    kind = "product"

    def __str__(self) -> str:
        return self.name


class Deal(Record):
    """state is independent of probability; stage.type agrees with state (constraint checked by dawra verify).

    rate, rate_on:  what base_minor was converted with
    recurring_minor: per month
    stalls_on:      the day from which the deal counts as stalled, kept by its actions
    open_objections: how many objections are not settled, kept by theirs; the version stays
    plan_due_on:    the first day of the close plan that still waits for what was promised, kept by its steps; the
                    version stays
    qualification, framework: the score (None while nothing is known) and by what, kept by `qualifying`; the version
                     stays. A closed deal keeps the score it was closed with
    """

    kind = "deal"

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=420, editable=False)
    company = models.ForeignKey(
        "customers.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="deals")
    stage_since = models.DateTimeField()
    state = models.CharField(max_length=4, choices=[(s, s) for s in (OPEN, WON, LOST)], default=OPEN)
    amount_minor = models.BigIntegerField(default=0)
    recurring_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    base_minor = models.BigIntegerField(default=0)
    weighted_minor = models.BigIntegerField(
        default=0, help_text="base_minor × probability, rounded; kept by its actions"
    )
    rate = models.CharField(max_length=24, default="1")
    rate_on = models.DateField(null=True)
    expected_close_on = models.DateField(null=True, blank=True)
    board_on = models.DateField(
        default=date.max, help_text="expected_close_on, or the last day there is: the order of a column"
    )
    closed_at = models.DateTimeField(null=True)
    probability_bp = models.PositiveSmallIntegerField(default=0)
    probability_source = models.CharField(
        max_length=6, choices=[(s, s) for s in ("stage", "person", "model")], default="stage"
    )
    forecast_category = models.CharField(
        max_length=10, choices=[(c, c) for c in FORECAST_CATEGORIES], default="pipeline"
    )
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)
    campaign = models.CharField(max_length=120, blank=True)
    competitors = models.JSONField(default=list)
    reason = models.ForeignKey(OutcomeReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason_words = models.TextField(blank=True)
    about = models.TextField(blank=True)
    last_activity_at = models.DateTimeField(null=True)
    stalls_on = models.DateField(null=True)
    open_objections = models.PositiveSmallIntegerField(default=0)
    plan_due_on = models.DateField(null=True, editable=False)
    qualification = models.PositiveSmallIntegerField(null=True)
    framework = models.ForeignKey(
        "deals.Framework", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    custom = models.JSONField(default=dict)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(probability_bp__lte=10000), name="deal_probability"),
            models.CheckConstraint(
                condition=Q(state=OPEN, closed_at__isnull=True) | Q(state__in=[WON, LOST], closed_at__isnull=False),
                name="deal_closed_when_not_open",
            ),
        ]
        indexes = [
            # The board: sums of a column and its first cards, read from the index alone or nearly so. Currency comes
            # before owner so that grouping needs no sorting; id serves the question whether a deal is shared,
            # stalls_on the board of those that are stalled.
            models.Index(
                fields=["stage", "state", "currency", "owner", "base_minor", "weighted_minor", "id", "stalls_on"],
                condition=Q(deleted_at__isnull=True),
                name="deal_board_sums",
            ),
            # State too, or SQLite without fresh statistics takes the index above and sorts a whole lane for 25 cards.
            models.Index(
                fields=["stage", "state", "board_on", "id"],
                condition=Q(deleted_at__isnull=True),
                name="deal_board_cards",
            ),
            # By close date: the months' sums from the index alone, and their deals in order.
            models.Index(
                fields=["state", "board_on", "id", "owner", "base_minor", "weighted_minor", "currency"],
                condition=Q(deleted_at__isnull=True),
                name="deal_by_close_date",
            ),
            models.Index(fields=["owner", "state", "expected_close_on", "id"], name="deal_owner"),
            # Somebody's largest open deals: what My day looks at, without sorting all they have.
            models.Index(
                fields=["owner", "state", "-base_minor", "-id"],
                condition=Q(deleted_at__isnull=True),
                name="deal_next_best",
            ),
            models.Index(fields=["company", "-created_at"], name="deal_company"),
            models.Index(fields=["-created_at", "-id"], condition=Q(deleted_at__isnull=True), name="deal_newest"),
            models.Index(fields=["-base_minor", "-id"], condition=Q(deleted_at__isnull=True), name="deal_largest"),
            models.Index(fields=["folded", "id"], condition=Q(deleted_at__isnull=True), name="deal_by_name"),
            models.Index(fields=["board_on", "id"], condition=Q(deleted_at__isnull=True), name="deal_by_day"),
            # What was won and lost lately, and how much it was worth, from the index alone.
            models.Index(
                fields=["state", "-closed_at", "stage", "owner", "base_minor", "id"],
                condition=Q(deleted_at__isnull=True),
                name="deal_closed",
            ),
            models.Index(fields=["qualification", "id"], condition=Q(deleted_at__isnull=True), name="deal_by_score"),
            # Scores at closing against what became of the deals, from the index alone.
            models.Index(
                fields=["framework", "state", "qualification", "owner", "id"],
                condition=Q(deleted_at__isnull=True, framework__isnull=False),
                name="deal_qualified",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DealPerson(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("customers.Person", on_delete=models.CASCADE, related_name="deal_roles")
    role = models.CharField(max_length=14, choices=[(r, r) for r in PERSON_ROLES], blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "person"], name="deal_person_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.deal_id}"


class DealSplit(models.Model):
    """Who gets how much of the credit. Revenue splits of a deal sum to 10000 basis points."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="splits")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(max_length=7, choices=[("revenue", "revenue"), ("overlay", "overlay")], default="revenue")
    share_bp = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "member", "sort"], name="split_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.share_bp}"


class DealLine(models.Model):
    """quantity is an exact decimal kept as text; price_minor in the deal's currency; discount_bp in basis points."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    quantity = models.CharField(max_length=24, default="1")
    price_minor = models.BigIntegerField()
    discount_bp = models.PositiveSmallIntegerField(default=0)
    total_minor = models.BigIntegerField()
    recurs = models.CharField(max_length=5, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
