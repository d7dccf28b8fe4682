"""A lead is an inquiry with a clock, about a person or a company that live on their own: nothing is copied."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dawra.access.ids import new_id
from dawra.access.record import Record

NEW, WORKING, ACCEPTED, REJECTED = "new", "working", "accepted", "rejected"
STATUSES = (NEW, WORKING, ACCEPTED, REJECTED)
OPEN = (NEW, WORKING)


class RejectReason(models.Model):
    """Why a lead is sent back to where it came from, coded so that it can be counted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Lead(Record):
    """One inquiry. Of a person, a company, or both.

    words:            what was asked, as it was asked
    asked_at:         when the inquiry came; the clock starts here
    counts_from:      since when the calendar of whoever has it now counts; counted_minutes: what earlier owners used up
    due_at:           when the first answer is due by that calendar; kept by the actions
    first_response_at, response_minutes: the first outbound act of a person, and the business minutes until then
    """

    kind = "lead"

    person = models.ForeignKey(
        "customers.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    company = models.ForeignKey(
        "customers.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    source = models.CharField(max_length=80, blank=True)
    campaign = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=[(s, s) for s in STATUSES], default=NEW)
    status_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    target_minutes = models.PositiveIntegerField()
    counts_from = models.DateTimeField()
    counted_minutes = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    first_response_at = models.DateTimeField(null=True)
    first_response_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    response_minutes = models.PositiveIntegerField(null=True)
    reject_reason = models.ForeignKey(RejectReason, null=True, on_delete=models.PROTECT, related_name="+")
    reject_words = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(company__isnull=False), name="lead_about_somebody"
            ),
            models.CheckConstraint(
                condition=(Q(status=REJECTED) & Q(reject_reason__isnull=False))
                | (~Q(status=REJECTED) & Q(reject_reason__isnull=True)),
                name="lead_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(first_response_at__isnull=True, response_minutes__isnull=True)
                | Q(first_response_at__isnull=False, response_minutes__isnull=False),
                name="lead_answered_whole",
            ),
        ]
        indexes = [
            # Queues: the open ones by who has them and by when the answer is due.
            models.Index(fields=["owner", "status", "due_at", "id"], name="lead_owner_due"),
            models.Index(fields=["status", "due_at", "id"], condition=Q(deleted_at__isnull=True), name="lead_due"),
            models.Index(fields=["-asked_at", "-id"], condition=Q(deleted_at__isnull=True), name="lead_newest"),
            models.Index(fields=["person", "-asked_at"], name="lead_person"),
            models.Index(fields=["company", "-asked_at"], name="lead_company"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
