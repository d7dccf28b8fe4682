"""The close plan of a deal: what both sides do until it is signed, and the link its buyer opens."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal

OURS, THEIRS = SIDES = ("ours", "theirs")
START, CLOSE = ANCHORS = ("start", "close")


class PlanStep(models.Model):
    """One step. side: who does it.

    planned_on:  the day first promised; due_on: the day now. slips: how often it was put off; slipped_days: by how much in all
    member: ours who does it. person: of the buyer. done_name: the buyer who ticked it, in their own words
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="plan_steps")
    side = models.CharField(max_length=6, choices=[(s, s) for s in SIDES], default=OURS)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("customers.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    planned_on = models.DateField()
    due_on = models.DateField()
    slips = models.PositiveSmallIntegerField(default=0)
    slipped_days = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_name = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()

    kind = "plan_step"

    class Meta:
        indexes = [models.Index(fields=["deal", "due_on", "id"], name="plan_step_due")]

    def __str__(self) -> str:
        return self.title


class PlanTemplate(models.Model):
    """Steps a close plan of this company begins with.

    pipeline: of whose deals; none = of all
    steps:    in order: {side, anchor, days, title, title_ar}; days after the start of the plan or before the close
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80, blank=True)
    name_ar = models.CharField(max_length=80, blank=True)
    pipeline = models.ForeignKey("deals.Pipeline", null=True, on_delete=models.CASCADE, related_name="plan_templates")
    steps = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.name_ar


class PlanLink(models.Model):
    """A way in for a buyer who has no account, as BuyerLink is to a quote. Only its fingerprint is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="plan_links")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.deal_id} until {self.ends_at:%Y-%m-%d}"
