"""What a program hears that asks for a record that went into another: where it is now, as a page would lead there."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dawra.access.errors import NotFound
from dawra.customers.duplicates.merging import follow
from dawra.site.middleware import problem

_ADDRESS = re.compile(r"^(?P<before>/api/v1/(?P<plural>people|companies)/)(?P<id>[0-9a-f-]{36})(?P<after>/.*)?$")
_KINDS = {"people": "person", "companies": "company"}


def answer_of_merged(request: Any) -> HttpResponse | None:
    """None if it was not merged, or the one that was kept is not for this actor. 1 query a merge, and 1.

    Reading is led on with 307, since a merge can be taken apart. Writing is not: it was meant for the record as it
    was, and a program that follows by itself would delete or change the one that was kept. That is 410, with where to go.
    """
    found, actor = _ADDRESS.match(request.path), request.actor
    if found is None or actor is None or not actor.may("customers.read"):
        return None
    try:
        kept_id = follow(actor, _KINDS[found["plural"]], UUID(found["id"]))
    except (NotFound, ValueError):
        return None
    status = 307 if request.method in ("GET", "HEAD") else 410
    sentence = _("This record is part of another one now.")
    record = f"{found['before']}{kept_id}"
    response = problem(status, "merged", sentence, {"merged_into": str(kept_id), "record": record})
    if status == 307:
        asked = request.META.get("QUERY_STRING", "")
        response.headers["Location"] = f"{record}{found['after'] or ''}{'?' + asked if asked else ''}"
        response.headers["Cache-Control"] = "no-store"
    return response
