"""The table of deals, and the dialogs every list of deals opens: filters, columns, saved views."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.listing_page import address, address_of_view, filter_dialog, list_page, saved_query
from dawra.customers.queries.tags import tags_of
from dawra.deals.forms import columns as column_forms
from dawra.deals.forms.views import ViewForm
from dawra.deals.models import Deal
from dawra.deals.queries import table as rows_of
from dawra.deals.views.board import asking_of, tools, view_tabs
from dawra.journal.telling import tell
from dawra.team import saved_views

PAGES = ("deals:table", "deals:board", "deals:by_date")


@require_safe
@opens("deals.read")
def table(request: SignedRequest) -> HttpResponse:
    """Every deal one may see, filtered and sorted; 50 a page."""
    actor, asking = request.actor, asking_of(request)
    offer = column_forms.offer(asking)
    with_tags = "tags" in request.GET.get("columns", "")
    shown = list_page(offer, rows_of.rows(actor), request.GET, actor, prepare=partial(prepared, with_tags=with_tags))
    takes = {
        "list": shown,
        "list_url": reverse("deals:table"),
        "list_label": _("Deals"),
        "list_empty": {
            "icon": "target-arrow",
            "heading": _("No deals yet"),
            "text": _("A deal is one attempt to sell."),
            "actions": [],
        },
        "may_select": actor.may("records.bulk") or actor.may("deals.delete"),
        "may_export": actor.may("records.export"),
        "filters_url": reverse("deals:filters"),
        "columns_url": reverse("deals:columns"),
        "views_url": reverse("deals:views"),
        "export_url": reverse("deals:export"),
        "bulk_url": reverse("deals:bulk"),
        "views": view_tabs(request),
        "tools": tools(request),
    }
    return render(request, "deals/table.html", takes)


def prepared(found: list[Deal], *, with_tags: bool) -> Iterable[Deal]:
    """The rows with their tags, if a column shows them. 1 query then."""
    tags = tags_of(row.pk for row in found) if with_tags else {}
    for row in found:
        row.tag_names = tags.get(row.pk, [])  # type: ignore[attr-defined]
    return found


@require_safe
@opens("deals.read")
def filters(request: SignedRequest) -> HttpResponse:
    """Every filter a deal offers, as a dialog; sends back to the list it was opened from."""
    offer = column_forms.offer(asking_of(request))
    dialog = filter_dialog(offer, request.GET, request.actor)
    if dialog.address is not None:
        return redirect(_back(request.GET) + dialog.address)
    keep = [(name, request.GET[name]) for name in ("sort", "columns", "q", "pipeline", "page") if request.GET.get(name)]
    takes = {
        "frame": _frame(request),
        "inputs": dialog.inputs,
        "keep": keep,
        "list_url": _back(request.GET),
        "dialog_title": _("Filter"),
    }
    return render(request, "customers/list_filters.html", takes, status=dialog.status)


@require_safe
@opens("deals.read")
def columns(request: SignedRequest) -> HttpResponse:
    """Which columns the table shows."""
    offer = column_forms.offer(asking_of(request))
    asked = request.GET.copy()
    if asked.pop("choose", None):
        chosen = ",".join(asked.pop("column", []))
        return redirect(reverse("deals:table") + address(asked, columns=chosen or None))
    wanted = set(filter(None, request.GET.get("columns", "").split(",")))
    marked = [(one, one.code in wanted if wanted else one.shown) for one in offer.columns]
    takes = {
        "frame": _frame(request),
        "columns": [(one, on or place == 0) for place, (one, on) in enumerate(marked)],
        "keep": [(name, value) for name in asked if name != "columns" for value in asked.getlist(name)],
        "list_url": reverse("deals:table"),
        "columns_url": reverse("deals:columns"),
        "dialog_title": _("Columns"),
    }
    return render(request, "customers/list_columns.html", takes)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.read")
def views(request: SignedRequest) -> HttpResponse:
    """Keep what a list asks under a name, or remove a name."""
    asked = QueryDict(request.POST.get("asked", "")) if request.method == "POST" else request.GET
    page, kept = _back(asked), asked.copy()
    kept.pop("page", None)
    if request.method == "POST" and request.POST.get("remove"):
        entry = saved_views.remove_view(request.actor, view_id=_id(request.POST["remove"]))
        return tell(request, _to(request, page), _("The view was removed."), undo=entry)
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        column_forms.offer(asking_of(request)).listing.parse(kept)
        new = saved_views.NewView("deal", form.cleaned_data["name"], saved_query(kept), form.cleaned_data["is_shared"])
        view = saved_views.save_view(request.actor, view=new)
        return tell(request, _to(request, page + address_of_view(view.id, view.query)), _("The view was saved."))
    takes = {
        "frame": _frame(request),
        "form": form,
        "views": [view for view in saved_views.views_of(request.actor, "deal") if view.is_mine],
        "views_url": reverse("deals:views"),
        "asked": asked.urlencode(),
        "dialog_title": _("Saved views"),
    }
    return render(request, "customers/list_view.html", takes, status=422 if request.method == "POST" else 200)


def _frame(request: SignedRequest) -> str:
    return "site/dialog.html" if request.htmx else "site/dialog_page.html"


def _back(asked: QueryDict) -> str:
    """The list a dialog was opened from: one of ours, never an address of somebody else's making."""
    ours = [reverse(name) for name in PAGES]
    return asked.get("page", "") if asked.get("page", "") in ours else ours[0]


def _to(request: SignedRequest, url: str) -> HttpResponse:
    """On to a page, from a dialog or from a form."""
    if not request.htmx:
        return redirect(url)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = url
    return response


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("This is not one of ours."), field="remove") from None
