"""How the background queue does."""

from datetime import datetime, timedelta

from django_q.models import OrmQ

LONGEST_WAIT = timedelta(seconds=60)


def oldest_wait(now: datetime) -> timedelta:
    """How long the oldest job nobody has taken has waited; zero for an empty queue."""
    oldest = OrmQ.objects.filter(lock__lt=now).order_by("lock").values_list("lock", flat=True).first()
    return now - oldest if oldest else timedelta()
