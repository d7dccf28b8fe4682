"""What is offered for a deal, the rules it is offered by, and the links buyers open."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal

DRAFT, WAITING, APPROVED, SENT, ACCEPTED, DECLINED, WITHDRAWN = QUOTE_STATES = (
    "draft", "waiting", "approved", "sent", "accepted", "declined", "withdrawn",
)  # fmt: skip


class Quote(models.Model):
    """One revision of an offer; once sent, what it says never changes.

    number, revision: Q-<number>, and which drawing of it
    lines:    [{product_id, name, quantity (exact text), price_minor, discount_bp, recurs}] in order
    net_minor, total_minor: what the first twelve months bring, without and with tax
    given_bp: how far the net lies below the list
    digest:   SHA-256 of what was sent, in hex; it is what the buyer accepted
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="quotes")
    number = models.PositiveIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=[(s, s) for s in QUOTE_STATES], default=DRAFT)
    person = models.ForeignKey("customers.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    title = models.CharField(max_length=200)
    opening = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    valid_until_on = models.DateField()
    lines = models.JSONField(default=list)
    discount_bp = models.PositiveSmallIntegerField(default=0)
    tax_name = models.CharField(max_length=60, blank=True)
    tax_bp = models.PositiveSmallIntegerField(default=0)
    net_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField(default=0)
    given_bp = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_words = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_to = models.EmailField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_name = models.CharField(max_length=160, blank=True)
    answer_title = models.CharField(max_length=160, blank=True)
    answer_words = models.TextField(blank=True)
    answer_address = models.CharField(max_length=45, blank=True)
    is_sample = models.BooleanField(default=False)

    kind = "quote"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "revision"], name="quote_revision_once"),
            models.CheckConstraint(condition=models.Q(discount_bp__lte=10000), name="quote_discount"),
            models.CheckConstraint(condition=models.Q(tax_bp__lte=10000), name="quote_tax"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"Q-{self.number}" if self.revision == 1 else f"Q-{self.number}-{self.revision}"


class QuoteRules(models.Model):
    """How quotes begin, and how much may be given without asking. One row.

    free_discount_bp: up to here nobody need approve
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.PositiveIntegerField(default=1)
    free_discount_bp = models.PositiveSmallIntegerField(default=1000)
    valid_days = models.PositiveSmallIntegerField(default=30)
    tax_name = models.CharField(max_length=60, blank=True)
    tax_name_ar = models.CharField(max_length=60, blank=True)
    tax_bp = models.PositiveSmallIntegerField(default=0)
    terms = models.TextField(blank=True)
    terms_ar = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_quote_rules")]

    def __str__(self) -> str:
        return f"{self.free_discount_bp} bp free"


class BuyerLink(models.Model):
    """A way in for a buyer who has no account: unguessable, ends, can be revoked. Only its fingerprint is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="links")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.quote_id} until {self.ends_at:%Y-%m-%d}"
