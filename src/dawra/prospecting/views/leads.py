"""Leads: the queues, one lead, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Answer, Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.listing_page import address, chips_of, filter_dialog
from dawra.customers.queries.timeline import timeline_of
from dawra.journal.models import Entry
from dawra.journal.telling import tell
from dawra.prospecting import doors, keeping, lead_columns, words
from dawra.prospecting.actions import adding, deciding, giving
from dawra.prospecting.forms.leads import AcceptForm, AssignForm, EditForm, RejectForm
from dawra.prospecting.models import Lead
from dawra.prospecting.queries import feedback
from dawra.prospecting.queries import leads as queries
from dawra.prospecting.queries.giving import assignments_of

WEEK = timedelta(days=7)
BY_DUE = ("overdue", "new", "unassigned")
TIMELINE = 20


@require_safe
@opens("prospecting.read")
def leads(request: SignedRequest) -> HttpResponse:
    """The queues, 50 leads a page: what waits the longest comes first where an answer is due."""
    actor, asked = request.actor, request.GET.copy()
    queue = asked.get("queue", "open")
    if queue not in queries.QUEUES:
        raise Invalid(_("There is no such queue."), field="queue")
    if queue in BY_DUE and not asked.get("sort"):
        asked["sort"] = "due"
    shown = lead_columns.offer(actor, request.reader.language)
    query = shown.listing.parse(asked)
    page = shown.listing.page(queries.rows(actor).filter(queries.queue(actor, queue)), query)
    counts = queries.counts(actor)
    good, due = queries.answered_in_time(actor, request.now - WEEK)
    takes = {
        "cards": queries.cards(actor, page.rows),
        "page": page,
        "queue": queue,
        "tabs": [(code, word, counts.get(code), _address(asked, code)) for code, word in words.QUEUES.items()],
        "chips": chips_of(shown, request.GET, actor),
        "words": query.words,
        "keep": [(name, request.GET[name]) for name in request.GET if name not in ("q", "after")],
        "asked": address(request.GET, after=None).removeprefix("?"),
        "open": counts["open"],
        "good": good,
        "due": due,
        "share": good * 100 // due if due else None,
        "may_work": actor.may("prospecting.work"),
        "may_assign": actor.may("records.assign"),
        "may_manage": actor.may("prospecting.manage"),
        "may_import": actor.may("records.import"),
        "may_export": actor.may("records.export"),
        "may_select": actor.may("records.bulk") and actor.may("prospecting.work"),
        "sort": query.sort,
    }
    return render(request, "prospecting/leads.html", takes)


def _address(asked: QueryDict, queue: str) -> str:
    return address(asked, queue=queue, after=None, sort=None)


@require_safe
@opens("prospecting.read")
def filters(request: SignedRequest) -> HttpResponse:
    """Every filter leads offer, as a dialog."""
    dialog = filter_dialog(lead_columns.offer(request.actor, request.reader.language), request.GET, request.actor)
    if dialog.address is not None:
        return redirect(reverse("prospecting:leads") + dialog.address)
    takes = {
        "frame": _frame(request),
        "inputs": dialog.inputs,
        "keep": [(name, request.GET[name]) for name in ("sort", "q", "queue") if request.GET.get(name)],
        "list_url": reverse("prospecting:leads"),
        "dialog_title": _("Filter"),
    }
    return render(request, "customers/list_filters.html", takes, status=dialog.status)


@require_safe
@opens("prospecting.read", record="lead")
def lead(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    actor = request.actor
    actor.must("prospecting.read")
    found = keeping.fetch(actor, lead_id)
    card = queries.card(actor, found)
    subject: Any = None
    if card.subject.address:
        subject = found.person if card.person and card.person.address else found.company
    others = []
    if subject is not None:
        others = [one for one in queries.of_record(actor, subject.kind, subject.pk) if one.id != lead_id]
    takes = {
        "card": card,
        "subject": subject,
        "others": others,
        "assignments": assignments_of(lead_id),
        "timeline": timeline_of(actor, subject, limit=TIMELINE) if subject is not None else None,
        "record": subject,
        "address": reverse("prospecting:lead", args=[lead_id]),
        "may_work": actor.may("prospecting.work"),
        "may_assign": actor.may("records.assign"),
        "may_accept": actor.may("deals.work"),
        "may_delete": actor.may("customers.delete"),
    }
    return render(request, "prospecting/lead.html", takes)


# What becomes of it


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.work", record="lead")
def accept(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    """A dialog: a new deal or one that is there."""
    found = keeping.fetch(request.actor, lead_id)
    deals = doors.deals().open_of(request.actor, found.person_id, found.company_id)
    start = {"version": found.version, "name": keeping.name_of(found) if not found.company else found.company.name}
    form = AcceptForm(request.POST or None, initial=start, deals=deals, currency=request.reader.base_currency)

    def act(said: dict[str, Any]) -> HttpResponse:
        deal_id = UUID(said["deal"]) if said["deal"] else None
        to = deciding.Acceptance(deal_id, said["name"], said["amount"], said["version"])
        done = deciding.accept_lead(request.actor, lead_id=lead_id, to=to)
        return _to(request, done.deal.address, _("Lead accepted."), done.entry)

    return _dialog(request, found, form, _("Accept the lead"), _("Accept"), act)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.work", record="lead")
def reject(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    """A dialog: the reason, which goes back to the source."""
    found = keeping.fetch(request.actor, lead_id)
    form = RejectForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> HttpResponse:
        entry = deciding.reject_lead(
            request.actor, lead_id=lead_id, reason=said["reason"], words=said["words"], version=said["version"]
        )
        return _back(request, lead_id, _("Lead rejected. Its source can see why."), entry)

    return _dialog(request, found, form, _("Reject the lead"), _("Reject"), act)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.work", record="lead")
def assign(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    """A dialog: to a colleague, by the rules, or back into the queue."""
    found = keeping.fetch(request.actor, lead_id)
    form = AssignForm(request.POST or None, initial={"version": found.version, "owner": str(found.owner_id or "")})

    def act(said: dict[str, Any]) -> HttpResponse:
        entry: Entry | None
        if said["owner"] == "rules":
            entry = giving.route_lead(request.actor, lead_id=lead_id)
        else:
            to = UUID(said["owner"]) if said["owner"] else None
            entry = giving.assign_lead(
                request.actor, lead_id=lead_id, owner_id=to, words=said["words"], version=said["version"]
            )
        return _back(request, None, _("Lead given."), entry)

    return _dialog(request, found, form, _("Who answers this lead?"), _("Assign"), act)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("prospecting.work", record="lead")
def edit(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    found = keeping.fetch(request.actor, lead_id)
    start = {name: getattr(found, name) for name in ("version", "source", "campaign", "words")}
    form = EditForm(request.POST or None, initial=start)

    def act(said: dict[str, Any]) -> HttpResponse:
        version = said.pop("version")
        entry = adding.edit_lead(request.actor, lead_id=lead_id, values=said, version=version)
        return _back(request, lead_id, _("Saved."), entry)

    return _dialog(request, found, form, _("Correct the lead"), _("Save"), act)


@require_POST
@opens("prospecting.work", record="lead")
def take(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    """One that is nobody's becomes one's own."""
    entry = giving.assign_lead(request.actor, lead_id=lead_id, owner_id=request.actor.member_id)
    return _back(request, lead_id, _("This lead is yours now."), entry)


@require_POST
@opens("prospecting.work", record="lead")
def reopen(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    entry = deciding.reopen_lead(request.actor, lead_id=lead_id)
    return _back(request, lead_id, _("Reopened."), entry)


@require_POST
@opens("customers.delete", record="lead")
def delete(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    entry = deciding.delete_lead(request.actor, lead_id=lead_id)
    return tell(request, redirect("prospecting:leads"), _("Moved to the bin."), undo=entry)


@require_POST
@opens("customers.delete")
def restore(request: SignedRequest, lead_id: UUID) -> HttpResponse:
    deciding.restore_lead(request.actor, lead_id=lead_id)
    return _back(request, lead_id, _("Brought back from the bin."), None)


@require_safe
@opens("prospecting.read")
def sources(request: SignedRequest) -> HttpResponse:
    """What became of the leads of each source and campaign, and why they were rejected."""
    days = {"30": 30, "90": 90, "365": 365}.get(request.GET.get("days", ""), 90)
    said = feedback.by_source(request.actor, request.now - timedelta(days=days))
    return render(request, "prospecting/lead_sources.html", {"said": said, "days": days, "choices": (30, 90, 365)})


def _frame(request: SignedRequest) -> str:
    return "site/dialog.html" if request.htmx else "site/dialog_page.html"


def _dialog(
    request: SignedRequest,
    found: Lead,
    form: Any,
    title: str,
    submit: str,
    act: Callable[[dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """Asks, and acts once what was sent can be used; refusals stand beside what they are about."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act(dict(form.cleaned_data))
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            except Answer:
                raise
    takes = {"form": form, "dialog_title": title, "submit": submit, "action": request.path, "lead": found}
    return render(request, "customers/form_dialog.html", takes, status=422 if request.htmx and status > 200 else status)


def _back(request: SignedRequest, lead_id: UUID | None, text: str, entry: Entry | None) -> HttpResponse:
    """With scripts a toast, and the page draws itself anew; without, the lead's page, or the list."""
    if request.htmx:
        return tell(request, HttpResponse(status=204), text, undo=entry)
    url = reverse("prospecting:lead", args=[lead_id]) if lead_id else reverse("prospecting:leads")
    return tell(request, redirect(url), text, undo=entry)


def _to(request: SignedRequest, url: str, text: str, entry: Entry) -> HttpResponse:
    if not request.htmx:
        return tell(request, redirect(url), text, undo=entry)
    request.htmx = False  # the page that follows says it
    response = tell(request, HttpResponse(status=204), text, undo=entry)
    response.headers["HX-Redirect"] = url
    return response
