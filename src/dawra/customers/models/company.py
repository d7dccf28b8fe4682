"""Companies, and who is affiliated with them."""

from django.db import models

from dawra.access.ids import new_id
from dawra.access.record import Record
from dawra.customers.models.person import Person


class Company(Record):
    """A firm. revenue_minor is the yearly revenue in minor units of revenue_currency."""

    kind = "company"

    name = models.CharField(max_length=200)
    name_ar = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=420, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsidiaries")
    industry = models.CharField(max_length=80, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    revenue_minor = models.BigIntegerField(null=True, blank=True)
    revenue_currency = models.CharField(max_length=3, blank=True)
    founded_year = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=120, blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)
    source = models.CharField(max_length=80, blank=True)
    lifecycle = models.CharField(max_length=30, default="subscriber")
    lifecycle_since = models.DateTimeField()
    last_activity_at = models.DateTimeField(null=True)
    custom = models.JSONField(default=dict)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["folded", "id"], condition=models.Q(deleted_at__isnull=True), name="company_by_name"),
            models.Index(
                fields=["-created_at", "-id"], condition=models.Q(deleted_at__isnull=True), name="company_newest"
            ),
            models.Index(
                fields=["-updated_at", "-id"], condition=models.Q(deleted_at__isnull=True), name="company_touched"
            ),
            models.Index(fields=["owner", "-created_at", "-id"], name="company_owner"),
            models.Index(fields=["lifecycle", "-created_at", "-id"], name="company_lifecycle"),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person works (or worked) for a company in a role. Open while until_on is empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="affiliations")
    role = models.CharField(max_length=160, blank=True)
    is_primary = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(is_primary=True, until_on__isnull=True),
                name="one_primary_affiliation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.company_id}"
