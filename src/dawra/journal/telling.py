"""Telling the person at the screen what was done, with the way back beside it."""

import json
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise

from dawra.journal.models import Entry

Response = TypeVar("Response", bound=HttpResponseBase)


def tell(
    request: HttpRequest, response: Response, text: str | Promise, *, undo: Entry | None = None, opens: str = ""
) -> Response:
    """A toast: at once where the page stays (htmx), on the next page otherwise.

    opens: the address of what was made, offered where the page stays
    """
    if getattr(request, "htmx", False):
        toast = {"text": str(text), "undo": str(undo.key) if undo else ""}
        if opens:
            toast["open"] = opens
        response.headers["HX-Trigger"] = json.dumps({"toast": toast})
    else:
        messages.success(request, str(text), extra_tags=f"undo:{undo.key}" if undo else "")
    return response
