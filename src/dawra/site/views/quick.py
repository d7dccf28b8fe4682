"""The quick dialog: one address for each thing that can be added from anywhere."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dawra.access import kinds
from dawra.access.answering import put_into
from dawra.access.errors import Answer, Invalid, NotFound, Stale
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.beside import Piece, pieces_beside
from dawra.customers.picking import Picker
from dawra.journal.telling import tell
from dawra.site.quick import SORTS, Sort


@opens()
@require_http_methods(["GET", "POST"])
def quick(request: SignedRequest, what: str) -> HttpResponse:
    """GET: the form, begun with ?about=<kind>:<id>. POST: add it; the page behind stays where it is."""
    if what not in SORTS:
        raise NotFound()
    sort = SORTS[what]
    request.actor.must(sort.permission)
    form = _form(request, what, sort)
    picker = _picker(request, sort)
    if request.method == "GET":
        return _show(request, what, form, picker, 200)
    status = 422
    if form.is_valid() and not picker.error:
        try:
            added = sort.add(request.actor, form, picker)
        except Stale:
            raise
        except Answer as answer:  # said beside the field it is about, so that nothing typed is lost
            status = put_into(form, answer)
            status = 422 if isinstance(answer, Invalid) else status
        else:
            response = HttpResponse(status=204) if request.htmx else HttpResponseRedirect(added.address)
            return tell(request, response, added.text, undo=added.undo, opens=added.address)
    # A dialog keeps its form only for 422; the sentence says what collided.
    return _show(request, what, form, picker, 422 if request.htmx else status)


def _form(request: SignedRequest, what: str, sort: Sort) -> Any:
    options: dict[str, Any] = {}
    if what == "deal":
        options["currency"] = request.reader.base_currency
    if what == "task":
        options["me"] = request.actor.member_id
    form: Any = sort.form(request.POST if request.method == "POST" else None, **options)
    form.marks_optional = True
    return form


def _picker(request: SignedRequest, sort: Sort) -> Picker:
    asked = {"label": sort.about_label, "kinds": sort.about, "required": sort.must}
    if not sort.about:
        return Picker.empty("about", label="", kinds=())
    if request.method == "POST":
        return Picker.read(request.POST, "about", actor=request.actor, **asked)  # type: ignore[arg-type]
    kind, _sep, record_id = request.GET.get("about", "").partition(":")
    about = None
    if kind in sort.about:
        try:
            about = kinds.open_record(request.actor, kind, UUID(record_id))
        except ValueError:
            raise NotFound() from None
    return Picker.empty("about", about=about, **asked)  # type: ignore[arg-type]


def _show(request: SignedRequest, what: str, form: Any, picker: Picker, status: int) -> HttpResponse:
    takes = {
        "what": what,
        "form": form,
        "picker": picker if picker.kinds else None,
        "heading": SORTS[what].heading,
        "submit": _("Add"),
        "pieces": _pieces(request, what, picker),
    }
    return render(request, "site/quick.html" if request.htmx else "site/quick_page.html", takes, status=status)


def _pieces(request: SignedRequest, what: str, picker: Picker) -> list[Piece]:
    """What helps in the call, once it is known whom it is with; the picker has opened the record for the reader."""
    return pieces_beside(request.actor, what, picker.kind, picker.record_id) if picker.record_id else []
