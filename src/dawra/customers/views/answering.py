"""How the pages of activities and files answer a change: quietly with scripts, with a new page without."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from dawra.journal.models import Entry
from dawra.journal.telling import tell


def done(request: Any, text: str | Promise, *, back: str, undo: Entry | None = None) -> HttpResponse:
    """With scripts: nothing but a toast, and the word to streams and lists to draw themselves anew."""
    if not request.htmx:
        return tell(request, HttpResponseRedirect(came_from(request, back)), text, undo=undo)
    response = tell(request, HttpResponse(status=204), text, undo=undo)
    events = json.loads(response.headers["HX-Trigger"]) | {"told": True}
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page a form asked to return to, if it is one of ours."""
    page = request.POST.get("next", "")
    ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if ours else otherwise
