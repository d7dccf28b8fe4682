"""One line per findable record, of any room: what search reads."""

from django.conf import settings
from django.db import models


class SearchRow(models.Model):
    """folded holds every word the record is found by, folded by figures.words.fold.

    detail_ar stands beside the title for readers of Arabic, where it says something else than detail.
    The full-text index over it (FTS5 on SQLite, GIN on PostgreSQL) is made by a migration and kept by triggers.
    """

    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=420)
    detail = models.CharField(max_length=420, blank=True)
    detail_ar = models.CharField(max_length=420, blank=True)
    folded = models.TextField()

    def __str__(self) -> str:
        return self.title
