"""Search everywhere: the page, the palette's answers, and the picker that forms choose a record with."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dawra.access import kinds
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.search import Found, find

# kind → icon; the order in which groups stand
ICONS = {"person": "user", "company": "building", "deal": "target-arrow"}
IN_PALETTE, ON_PAGE, IN_PICKER = 12, 50, 8


@opens()
@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """/search/?q=… without scripts: the newest fifty."""
    words = request.GET.get("q", "")
    found = find(request.actor, words, limit=ON_PAGE)
    takes = {"words": words, "groups": grouped(found), "asked": bool(words.strip()), "is_full": len(found) == ON_PAGE}
    return render(request, "site/search.html", takes)


@opens()
@require_GET
def palette(request: SignedRequest) -> HttpResponse:
    """Options for the palette; a page of its own without scripts. The frame adds its own commands."""
    words = request.GET.get("q", "")
    if not request.htmx:
        return search(request)
    return render(request, "site/options.html", {"groups": grouped(find(request.actor, words, limit=IN_PALETTE))})


@opens()
@require_GET
def pick(request: SignedRequest) -> HttpResponse:
    """Options for a record picker: /search/pick/?kind=company&q=…; kind may name several, with commas."""
    wanted = [kind for kind in request.GET.get("kind", "").split(",") if kind]
    if not wanted or set(wanted) - set(ICONS):
        raise Invalid(_("Choose people, companies or deals."), field="kind")
    found = find(request.actor, request.GET.get("q", ""), kinds=wanted, limit=IN_PICKER)
    return render(request, "site/picker_options.html", {"options": [option(hit) for hit in found]})


def grouped(found: list[Found]) -> list[dict[str, Any]]:
    """Hits by kind, each group where its best hit stands."""
    groups: dict[str, list[Found]] = {}
    for hit in found:
        groups.setdefault(hit.kind, []).append(hit)
    return [
        {"title": title_of(kind), "kind": kind, "options": [option(hit) for hit in hits]}
        for kind, hits in groups.items()
    ]


def option(hit: Found) -> dict[str, Any]:
    return {
        "address": kinds.address(hit.kind, hit.id),
        "icon": ICONS.get(hit.kind, "point"),
        "text": hit.title,
        "more": hit.more,
        "kind": hit.kind,
        "id": hit.id,
    }


def title_of(kind: str) -> str:
    return {"person": _("People"), "company": _("Companies"), "deal": _("Deals")}.get(kind, kind)
