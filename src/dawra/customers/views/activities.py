"""One activity: read, corrected, ticked off, put off, given to somebody, thrown away."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access import kinds
from dawra.access.errors import Answer, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import activities as actions
from dawra.customers.beside import SPOKEN, Piece, pieces_beside
from dawra.customers.forms.editing_activities import EditForm
from dawra.customers.models import Activity
from dawra.customers.queries import activities as queries
from dawra.customers.views.answering import done
from dawra.team.colleagues import colleagues, colleagues_named


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="activity")
def activity(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    """What it says, in a form that corrects it, with everything else that can be done with it below."""
    shown = queries.activity(request.actor, activity_id)
    form = EditForm(request.POST if request.method == "POST" else None, activity=shown)
    if request.method == "POST" and form.is_valid():
        version = int(request.POST.get("version") or shown.version)
        kept = actions.edit_activity(request.actor, activity_id=activity_id, values=form.values(), version=version)
        return done(request, _("Saved."), back=_record_page(activity_id), undo=kept.entry if kept else None)
    takes = {
        "activity": shown,
        "form": form,
        "colleagues": colleagues() if shown.due_at else [],
        "snoozes": snoozes(request.now),
        "address": _record_page(activity_id),
        "pieces": _pieces(request, shown),
    }
    page = "customers/activity.html" if request.htmx else "customers/activity_page.html"
    return render(request, page, takes, status=422 if request.method == "POST" else 200)


@require_POST
@opens("customers.work", record="activity")
def finish(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    kept = actions.finish_task(request.actor, activity_id=activity_id)
    text = _("Done: %(title)s") % {"title": actions.headline(kept.activity)}
    return done(request, text, back=_record_page(activity_id), undo=kept.entry)


@require_POST
@opens("customers.work", record="activity")
def reopen(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    kept = actions.reopen_task(request.actor, activity_id=activity_id)
    text = _("Reopened: %(title)s") % {"title": actions.headline(kept.activity)}
    return done(request, text, back=_record_page(activity_id), undo=kept.entry)


@require_POST
@opens("customers.work", record="activity")
def snooze(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    until = until_said(request.POST.get("until", ""), request.now)
    kept = actions.snooze_task(request.actor, activity_id=activity_id, until=until)
    return done(request, _("Put off."), back=_record_page(activity_id), undo=kept.entry)


@require_POST
@opens("customers.work", record="activity")
def assign(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    try:
        owner_id = UUID(request.POST.get("owner", ""))
    except ValueError:
        raise Invalid(_("Choose an active member."), field="owner") from None
    kept = actions.assign_task(request.actor, activity_id=activity_id, owner_id=owner_id)
    return done(request, _("Given to somebody else."), back=_record_page(activity_id), undo=kept.entry)


@require_POST
@opens("customers.work", record="activity")
def delete(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    back = _record_page(activity_id)
    kept = actions.delete_activity(request.actor, activity_id=activity_id)
    return done(request, _("Moved to the bin."), back=back, undo=kept.entry)


@require_POST
@opens("customers.work", record="activity")
def restore(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    kept = actions.restore_activity(request.actor, activity_id=activity_id)
    return done(request, _("Brought back from the bin."), back=_record_page(activity_id), undo=kept.entry)


@require_GET
@opens("team.read")
def mentionable(request: SignedRequest) -> HttpResponse:
    """Options for whoever types @ and some letters."""
    found = colleagues_named(request.GET.get("q", ""))
    return render(request, "customers/activity_mentions.html", {"colleagues": found})


SNOOZES = ("later", "tomorrow", "week")


def snoozes(now: datetime) -> list[tuple[str, str, datetime]]:
    """The usual moments to be reminded at: word in the form, its text, the moment."""
    return [
        ("later", _("In three hours"), until_said("later", now)),
        ("tomorrow", _("Tomorrow morning"), until_said("tomorrow", now)),
        ("week", _("In a week"), until_said("week", now)),
    ]


def until_said(said: str, now: datetime) -> datetime:
    """One of SNOOZES, or a moment or a day as written by a form. Raises Invalid."""
    today = timezone.localtime(now).date()
    if said == "later":
        return now + timedelta(hours=3)
    if said in ("tomorrow", "week"):
        on = today + timedelta(days=1 if said == "tomorrow" else 7)
        return timezone.make_aware(datetime.combine(on, time(8)))
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Invalid(_("Choose a moment in the future."), field="until") from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _pieces(request: SignedRequest, shown: Activity) -> list[Piece]:
    """Beside a call or meeting that is planned: what helps in it, by the first of its records that the reader may see."""
    if shown.what not in SPOKEN or shown.due_at is None or shown.done_at is not None:
        return []
    for ref in queries.records_of(shown.pk):
        try:
            kinds.open_record(request.actor, ref.kind, ref.pk)
        except Answer:
            continue
        return pieces_beside(request.actor, shown.what, ref.kind, ref.pk)
    return []


def _record_page(activity_id: UUID) -> str:
    about = queries.records_of(activity_id)
    return kinds.address(about[0].kind, about[0].pk) if about else "/"
