"""A record's timeline, and what is written into it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from dawra.access import kinds
from dawra.access.answering import put_into
from dawra.access.errors import Invalid, NotFound
from dawra.access.record import Record
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import next_steps
from dawra.customers.actions import activities, notes
from dawra.customers.actions.talking import log_talk
from dawra.customers.beside import pieces_beside
from dawra.customers.forms.activities import NoteForm, PlanForm
from dawra.customers.forms.talking import LogForm
from dawra.customers.queries.timeline import timeline_of
from dawra.customers.views.answering import done

# what is composed → heading, icon
COMPOSERS = {
    "note": (gettext_noop("Write a note"), "note"),
    "call": (gettext_noop("Log a call"), "phone"),
    "meeting": (gettext_noop("Log a meeting"), "calendar-event"),
    "email": (gettext_noop("Log an e-mail"), "mail"),
    "task": (gettext_noop("Plan a task"), "list-check"),
    "file": (gettext_noop("Attach a file"), "paperclip"),
}


@require_GET
@opens(record="record")
def timeline(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """The stream alone for htmx, a page of its own without scripts."""
    record = kinds.open_record(request.actor, kind, record_id)
    shown = timeline_of(request.actor, record, show=request.GET.get("show", ""), after=request.GET.get("after", ""))
    takes = {"timeline": shown, "record": record, "address": kinds.address(kind, record_id)}
    if request.htmx:
        piece = "customers/timeline.html" if shown.is_first else "customers/timeline_lines.html"
        return render(request, piece, takes)
    return render(request, "customers/timeline_page.html", takes)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="record")
def compose(request: SignedRequest, kind: str, record_id: UUID, what: str) -> HttpResponse:
    """The form for a note, a call, a meeting, an e-mail, a task or a file; and what was written into it."""
    if what not in COMPOSERS:
        raise NotFound()
    record = kinds.open_record(request.actor, kind, record_id)
    form = form_for(request, what, record)
    if request.method == "POST" and what != "file" and form.is_valid():
        try:
            kept = keep(request, what, form, [record])
        except Invalid as answer:
            put_into(form, answer)
        else:
            return done(request, saved_words(what), back=kinds.address(kind, record_id), undo=kept.entry)
    return _composer(request, record, what, form)


def form_for(request: SignedRequest, what: str, record: Record) -> Any:
    data = request.POST if request.method == "POST" else None
    if what == "note":
        return NoteForm(data, initial={"body": request.GET.get("body", "")})
    if what == "task":
        return PlanForm(data, me=request.actor.member_id)
    return LogForm(data, what="call" if what == "file" else what, asks=next_steps.expects_one(record))


def keep(request: SignedRequest, what: str, form: Any, records: list[Record]) -> activities.Kept:
    """The one action behind each form."""
    if what == "note":
        return notes.write_note(request.actor, records=records, body=form.cleaned_data["body"])
    if what == "task":
        return activities.plan_activity(request.actor, records=records, plan=form.planned())
    return log_talk(request.actor, records=records, talk=form.said(request.now))


def saved_words(what: str) -> str:
    return {
        "note": _("Note added."),
        "call": _("Call logged."),
        "meeting": _("Meeting logged."),
        "email": _("E-mail logged."),
        "task": _("Task planned."),
    }[what]


def _composer(request: SignedRequest, record: Record, what: str, form: Any) -> HttpResponse:
    heading, icon = COMPOSERS[what]
    takes = {
        "record": record,
        "what": what,
        "form": form,
        "heading": _(heading),
        "icon": icon,
        "address": kinds.address(record.kind, record.pk),
        "pieces": pieces_beside(request.actor, what, record.kind, record.pk),
    }
    page = "customers/activity_form.html" if request.htmx else "customers/activity_form_page.html"
    return render(request, page, takes, status=422 if request.method == "POST" else 200)
