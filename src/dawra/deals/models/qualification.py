"""Frameworks to qualify a deal by, as data in versions, and what is found out about each of their criteria."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal
from dawra.figures.qualification import CERTAINTY, OPEN, UNKNOWN, VERDICTS


class Framework(models.Model):
    """A way to qualify: BANT, MEDDICC, one's own. `number` is the current version; its criteria stand here too.

    criteria:  in order: {code, name, name_ar, question, question_ar, good, good_ar, weight, since}; a code is never used
               for anything else again; since: the version from which on its words say what they say now
    version:   of the row, for whoever edits at the same time; number counts drawings
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80, blank=True)
    name_ar = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=400, blank=True)
    about_ar = models.CharField(max_length=400, blank=True)
    criteria = models.JSONField(default=list)
    is_starter = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name or self.name_ar


class FrameworkVersion(models.Model):
    """A framework as it was drawn at one time; never changed, so that what was answered then keeps its question."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80, blank=True)
    name_ar = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=400, blank=True)
    about_ar = models.CharField(max_length=400, blank=True)
    criteria = models.JSONField(default=list)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="framework_version_once")]

    def __str__(self) -> str:
        return f"{self.framework_id} v{self.number}"


class Finding(models.Model):
    """What is known of one criterion of one deal. Who sees the deal sees it; earlier ones stand in the journal.

    number:    the framework's version in which it was asked
    answer:    in words. evidence, link, activity, file: what it rests on
    person:    who of the buyer said it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="findings")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=7, choices=[(v, v) for v in VERDICTS], default=OPEN)
    confidence = models.CharField(max_length=7, choices=[(c, c) for c in CERTAINTY], default=UNKNOWN)
    answer = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    activity = models.ForeignKey("customers.Activity", null=True, on_delete=models.SET_NULL, related_name="findings")
    file = models.ForeignKey("customers.File", null=True, on_delete=models.SET_NULL, related_name="findings")
    person = models.ForeignKey("customers.Person", null=True, on_delete=models.SET_NULL, related_name="findings")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    kind = "finding"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "framework", "code"], name="finding_once")]
        indexes = [models.Index(fields=["-noted_at", "-id"], name="finding_newest")]

    def __str__(self) -> str:
        return f"{self.code}: {self.verdict}"
