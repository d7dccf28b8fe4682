"""What counting sign-in attempts remembers (the cache's table) goes once it has run out."""

from datetime import datetime

from dawra.team.models import Throttle


def forget_attempts(now: datetime, most: int) -> int:
    """At most so many counts that have run out; returns how many went."""
    old = Throttle.objects.filter(expires__lt=now).order_by("expires").values_list("pk", flat=True)
    return Throttle.objects.filter(pk__in=list(old[:most])).delete()[0]
