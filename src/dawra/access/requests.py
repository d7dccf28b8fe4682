"""What a request carries once the house has looked at it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from dawra.access.actor import Actor


class SignedRequest(HttpRequest):
    """A request of somebody signed in; views guarded by opens() may count on actor."""

    actor: Actor
    now: datetime
    reader: Any
    workspace: Any  # the company, read with the reader; None for the API
    htmx: bool
