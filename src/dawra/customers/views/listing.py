"""Lists of people and companies: the table and its dialogs, the same for both kinds."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dawra.access.errors import Invalid
from dawra.customers import exporting
from dawra.customers.forms.panels import ViewForm
from dawra.customers.listing_page import address, address_of_view, chosen_columns, filter_dialog, list_page, saved_query
from dawra.customers.queries.lists import list_of
from dawra.journal.telling import tell
from dawra.team import saved_views
from dawra.team.saved_views import NewView, views_of


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind's list is called. part: the beginning of its addresses' names."""

    part: str
    title: Any
    icon: str
    add: str
    empty: Any
    why: Any
    new: Any


WORDS = {
    "person": Words(
        "people", gettext_lazy("People"), "users", "customers:add_person", gettext_lazy("No people yet"),
        gettext_lazy("Everybody you sell to, from the first touch on."), gettext_lazy("Add a person"),
    ),
    "company": Words(
        "companies", gettext_lazy("Companies"), "building", "customers:add_company", gettext_lazy("No companies yet"),
        gettext_lazy("The firms your people belong to."), gettext_lazy("Add a company"),
    ),
}  # fmt: skip


def table(request: Any, kind: str) -> HttpResponse:
    words = WORDS[kind]
    asked = _asked(request, kind)
    found = list_of(request.actor, kind, request.reader.language, asked)
    shown = list_page(found.offer, found.rows, asked, request.actor, prepare=found.prepare)
    add = {"url": reverse(words.add), "text": words.new, "primary": True, "icon": "plus", "dialog": False}
    takes = {
        **addresses(kind),
        "list": shown,
        "words": words,
        "list_label": words.title,
        "list_empty": {"icon": words.icon, "heading": words.empty, "text": words.why, "actions": [add]},
        "views": tabs(request, kind),
        "may_select": request.actor.may("records.bulk"),
        "may_export": request.actor.may("records.export"),
        "may_add": request.actor.may("customers.work"),
        "add_url": reverse(words.add),
    }
    return render(request, "customers/records.html", takes)


def addresses(kind: str) -> dict[str, str]:
    part = WORDS[kind].part
    names = {
        "filters_url": "filters",
        "columns_url": "columns",
        "views_url": "views",
        "export_url": "export",
        "bulk_url": "bulk",
    }
    return {name: reverse(f"customers:{part}_{end}") for name, end in names.items()} | {
        "list_url": reverse(f"customers:{part}")
    }


def tabs(request: Any, kind: str) -> list[dict[str, Any]]:
    """Saved views as links. 1 query."""
    now = request.GET.get("view", "")
    return [
        {"view": view, "url": address_of_view(view.id, view.query), "current": now == str(view.id)}
        for view in views_of(request.actor, kind)
    ]


def filters(request: Any, kind: str) -> HttpResponse:
    found = list_of(request.actor, kind, request.reader.language, request.GET)
    dialog = filter_dialog(found.offer, request.GET, request.actor)
    if dialog.address is not None:
        return HttpResponseRedirect(addresses(kind)["list_url"] + dialog.address)
    ours = {"after", "view", "apply"}
    ours |= {f"{code}{end}" for code in found.offer.picks for end in ("", "_words", "_choice")}
    names = ours | {control.name for one in dialog.inputs for control in one.controls}
    keep = [
        (name, value)
        for name in request.GET
        if name not in names and not name.endswith("__has")
        for value in request.GET.getlist(name)
    ]
    takes = {**addresses(kind), "inputs": dialog.inputs, "keep": keep, "dialog_title": _("Filter")}
    return render(request, "customers/list_filters.html", takes, status=dialog.status)


def columns(request: Any, kind: str) -> HttpResponse:
    """The choice of columns; it stays for this browser's session and goes along in saved views."""
    asked = request.GET.copy()
    if "choose" in asked:
        codes = ",".join(asked.getlist("column"))
        for name in ("choose", "column", "after"):
            asked.pop(name, None)
        request.session[f"columns.{kind}"] = codes
        return HttpResponseRedirect(addresses(kind)["list_url"] + address(asked, columns=codes))
    asked = _asked(request, kind)
    offer = list_of(request.actor, kind, request.reader.language, asked).offer
    shown = {column.code for column in chosen_columns(offer, asked.get("columns", ""))}
    keep = [(n, v) for n in request.GET if n not in ("after", "columns") for v in request.GET.getlist(n)]
    takes = {
        **addresses(kind),
        "columns": [(column, column.code in shown) for column in offer.columns],
        "keep": keep,
        "dialog_title": _("Columns"),
    }
    return render(request, "customers/list_columns.html", takes)


def views(request: Any, kind: str) -> HttpResponse:
    """Save the list as a view, or remove one."""
    here = addresses(kind)
    asked = QueryDict(request.POST.get("asked", "") or request.GET.urlencode())
    form = ViewForm(request.POST or None)
    if request.method == "POST" and request.POST.get("remove"):
        entry = saved_views.remove_view(request.actor, view_id=_uuid(request.POST["remove"]))
        return tell(request, _go(request, here["list_url"]), _("View removed"), undo=entry)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = NewView(kind, said["name"], saved_query(asked), said["is_shared"])
        card = saved_views.save_view(request.actor, view=new)
        return tell(request, _go(request, here["list_url"] + address_of_view(card.id, card.query)), _("View saved"))
    takes = {
        **here, "form": form, "asked": asked.urlencode(), "dialog_title": _("Save this view"),
        "views": [view for view in views_of(request.actor, kind) if view.is_mine],
    }  # fmt: skip
    return render(request, "customers/list_view.html", takes, status=422 if form.errors else 200)


def export(request: Any, kind: str) -> HttpResponseBase:
    asked = _asked(request, kind)
    found = list_of(request.actor, kind, request.reader.language, asked)
    wanted = exporting.allow_export(request.actor, found.offer, found.rows, asked)
    return exporting.file_response(found.offer, found.rows, wanted, prepare=found.prepare, name=WORDS[kind].part)


def _asked(request: Any, kind: str) -> QueryDict:
    """The address's query, with the columns chosen last where it names none."""
    asked: QueryDict = request.GET
    codes = request.session.get(f"columns.{kind}", "")
    if codes and not asked.get("columns"):
        asked = asked.copy()
        asked["columns"] = codes
    return asked


def _go(request: Any, url: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("There is no such view."), field="remove") from None
