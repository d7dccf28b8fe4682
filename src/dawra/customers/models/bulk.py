"""A bulk edit of everything that matches a filter, done by a job a batch at a time."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class BulkRun(models.Model):
    """asked: the list's query string. change: {"field": …, "value": …}. after: id of the last record looked at.

    entry: the bulk's own entry; each record's entry has it as cause
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.TextField(blank=True)
    change = models.JSONField()
    entry = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.record_kind}: {self.looked_at} of {self.total}"
