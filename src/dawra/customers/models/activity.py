"""What people did and will do: calls, meetings, e-mails, notes, tasks; and attached files."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.access.kinds import kinds, readable
from dawra.access.record import Record

ACTIVITY_KINDS = ("call", "meeting", "email", "note", "task")


class Activity(Record):
    """One thing done (happened_at) or to be done (due_at, then done_at). body is Markdown, sanitised when shown."""

    kind = "activity"

    what = models.CharField(max_length=8, choices=[(k, k) for k in ACTIVITY_KINDS])
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    all_day = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    duration_minutes = models.PositiveIntegerField(null=True)
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")], blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                condition=models.Q(done_at__isnull=True, due_at__isnull=False, deleted_at__isnull=True),
                name="activity_due",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.what

    @classmethod
    def visibility(cls, actor: Actor) -> Q:
        """One's own; else whoever sees one of its records sees it; without any record, its owner's team."""
        if actor.sees_all:
            return Q()
        links = ActivityLink.objects.filter(activity=OuterRef("pk"))
        # Asked row by row through the keys: a list of all visible records would be built for every activity.
        seen: Q = Q(pk__in=[])
        for kind in readable(actor):
            visible = kinds()[kind].objects.visible_to(actor).filter(pk=OuterRef("record_id"))
            seen |= Q(Exists(links.filter(record_kind=kind).filter(Exists(visible))))
        mine = Q(owner=actor.member_id) | Q(created_by=actor.member_id)
        return mine | seen | (Q(owner__in=actor.sees) & ~Q(Exists(links)))


class ActivityLink(models.Model):
    """An activity concerns a record: a person, a company, a deal."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "record_id"], name="activity_link_once")]
        indexes = [models.Index(fields=["record_id"], name="activity_link_record")]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}"


class File(models.Model):
    """A file attached to a record. The name is only shown; the stored file has a random key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["record_id"], name="file_of_record")]

    def __str__(self) -> str:
        return self.name
