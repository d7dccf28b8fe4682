"""The board: lanes, more cards of a lane, and a card that moves."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.listing_page import Chip, Offer, address, address_of_view, chips_of
from dawra.deals import rules
from dawra.deals.actions.closing import Close, lose_deal, win_deal
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.forms import columns, filters
from dawra.deals.forms.moving import MoveForm
from dawra.deals.models import Deal, Stage
from dawra.deals.queries import board as boards
from dawra.deals.queries import criteria, deals, lane_cards, lanes, pipelines, table
from dawra.figures.words import isolated, named
from dawra.journal.models import Entry
from dawra.journal.telling import tell
from dawra.team import saved_views

QUICK_ADD = "/quick/deal/"


@require_safe
@opens("deals.read")
def board(request: SignedRequest) -> HttpResponse:
    """Every lane with its first cards; with ?lane= and from htmx only that lane's next cards."""
    place = filters.place(request.GET)
    drawn = lanes.drawing(request.actor, place.pipeline)
    asking = asking_of(request)
    offer = columns.offer(asking, drawn)
    looking = looking_of(request.GET, asking, offer, place)
    if request.htmx and place.lane:
        lane = boards.lane(request.actor, drawn, place.lane, looking)
        return render(request, "deals/board.html#cards", words(request) | {"lane": lane})
    quick = filters.quick_filters(
        request.GET, asking.today, sees_others=request.actor.sees is None or len(request.actor.sees) > 1
    )
    takes = {
        "board": boards.board(request.actor, drawn, looking),
        "quick": quick,
        "chips": other_chips(offer, request.GET, quick, request.actor),
        "views": view_tabs(request),
        "tools": tools(request),
        "place": place,
    }
    return render(request, "deals/board.html", words(request) | takes)


def asking_of(request: SignedRequest) -> table.Asking:
    return table.Asking(request.actor, timezone.localdate(request.now), request.reader.base_currency)


def looking_of(asked: QueryDict, asking: table.Asking, offer: Offer, place: filters.Place) -> lane_cards.Looking:
    plain = asked.copy()
    plain.pop("after", None)
    query = offer.listing.parse(plain)
    narrow = partial(offer.listing.filtered, query=query)
    return lane_cards.Looking(asking.today, asking.base_currency, narrow, place.lane, place.after)


def words(request: SignedRequest) -> dict[str, Any]:
    """What every card says, looked up once a page and not once a card."""
    may_work = request.actor.may("deals.work")
    return {
        "may_work": may_work,
        "add_url": QUICK_ADD if may_work and _answers(QUICK_ADD) else "",
        "deals_url": SafeString(reverse("deals:board")),
        "move_word": SafeString(escape(_("Move"))),
        "none_word": SafeString(escape(_("No next step"))),
        "stalled_word": SafeString(escape(pgettext("card", "Stalled:"))),
        "health_word": SafeString(escape(pgettext("card", "Health:"))),
        "objections_word": SafeString(escape(pgettext("card", "Open objections:"))),
    }


@lru_cache(maxsize=4)
def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def other_chips(offer: Offer, asked: QueryDict, quick: Iterable[filters.Quick], actor: Actor) -> list[Chip]:
    """The conditions in force that no quick filter already shows. 1 query where one names a record."""
    shown = asked.copy()
    for name in filters.in_quick(asked, quick):
        shown.pop(name, None)
    return chips_of(offer, asked, actor, only=shown)


def view_tabs(request: SignedRequest) -> list[dict[str, Any]]:
    """Saved views as links of the page they stand on. 1 query."""
    current = request.GET.get("view", "")
    return [
        {"url": address_of_view(view.id, view.query), "view": view, "current": str(view.id) == current}
        for view in saved_views.views_of(request.actor, "deal")
    ]


def tools(request: SignedRequest) -> dict[str, str]:
    """The addresses around a list of deals, with the filters in force."""
    asked = address(
        request.GET, **{"after": None, "from": None, "lane": None, "view": None, "sort": None, "columns": None}
    )
    asked = "" if asked == "?" else asked
    back = f"{asked}&" if asked else "?"
    return {
        "board": reverse("deals:board") + asked,
        "table": reverse("deals:table") + asked,
        "by_date": reverse("deals:by_date") + asked,
        "filters": reverse("deals:filters") + back + "page=" + request.path,
        "views": reverse("deals:views") + back + "page=" + request.path,
        "moved": reverse("deals:moved"),
    }


# Moving


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def move(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """Choose a stage; a reason is asked where the move needs one. The answer replaces the card and the heads it touched."""
    deal = deals.deal(request.actor, deal_id)
    stages = pipelines.stages_of(deal.stage.version_id)
    if request.method != "POST":
        return _ask(request, deal, stages, MoveForm(), None, [])
    to = next((stage for stage in stages if stage.code == request.POST.get("stage")), None)
    if to is None:
        raise Invalid(_("This stage is not part of the deal's pipeline."), field="stage")
    form = MoveForm(request.POST, outcome="" if to.type == rules.OPEN else to.type)
    if not form.is_valid():
        return _ask(request, deal, stages, form, to, [])
    said = form.cleaned_data
    if to.type != rules.OPEN and not said["reason"]:
        fresh = MoveForm(initial=said, outcome=to.type)
        return _ask(request, deal, stages, fresh, to, criteria.unmet_for(deal, to, stages, request.now))
    try:
        entry = _go(request, deal, to, said)
    except CriteriaUnmet as lacking:
        return _ask(request, deal, stages, form, to, lacking.facts["unmet"])
    return _moved(request, deal, to, entry)


def _go(request: SignedRequest, deal: Deal, to: Stage, said: dict[str, Any]) -> Entry | None:
    if to.type == rules.OPEN:
        return move_deal(request.actor, deal_id=deal.pk, move=Move(to.pk, said["version"], said["override"]))
    close = Close(said["reason"], said["words"], said["version"], said["override"], to=to.pk)
    act = win_deal if to.type == rules.WON else lose_deal
    return act(request.actor, deal_id=deal.pk, close=close)


def _ask(
    request: SignedRequest, deal: Deal, stages: list[Stage], form: MoveForm, to: Stage | None, unmet: Iterable[Any]
) -> HttpResponse:
    title = _("Move %(deal)s to %(stage)s") if to else _("Move %(deal)s")
    takes = {
        "frame": "site/dialog.html" if request.htmx else "site/dialog_page.html",
        "dialog_title": title % {"deal": isolated(deal.name), "stage": _stage_name(to) if to else ""},
        "deal": deal,
        "stages": stages,
        "form": form,
        "to": to,
        "unmet": list(unmet),
        "action": reverse("deals:move", args=[deal.pk]),
        "back": reverse("deals:board"),
    }
    return render(request, "deals/board_move.html", takes, status=422 if request.method == "POST" else 200)


def _moved(request: SignedRequest, deal: Deal, to: Stage, entry: Entry | None) -> HttpResponse:
    said = _("Moved to %(stage)s.") % {"stage": _stage_name(to)}
    if not request.htmx:
        return tell(request, redirect("deals:board"), said, undo=entry)
    asked = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    place = filters.place(asked)
    drawn = lanes.drawing(request.actor, place.pipeline or deal.stage.version.pipeline_id)
    asking = asking_of(request)
    looking = looking_of(asked, asking, columns.offer(asking, drawn), place)
    touched = [lane.code for lane in (drawn.lane_of(deal.stage_id), drawn.lane_of(to.pk)) if lane]
    takes = {
        "lanes": boards.heads(request.actor, drawn, touched, looking),
        "outcomes": [o for o in boards.outcomes(request.actor, drawn, looking) if o.stage.type == to.type],
        "cards": [lane_cards.card(request.actor, deal.pk, asking.today)] if to.type == rules.OPEN else [],
        "gone": deal.pk,
    }
    return tell(request, render(request, "deals/board_moved.html", words(request) | takes), said, undo=entry)


def _stage_name(stage: Stage) -> str:
    from django.utils.translation import get_language

    return named(stage.name, stage.name_ar, (get_language() or "en")[:2])
