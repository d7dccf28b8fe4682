"""The address under which a member's own calendar is read by other programs."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """One address a member at most. Its key is shown once and only its hash is kept; a new one ends the old."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"
