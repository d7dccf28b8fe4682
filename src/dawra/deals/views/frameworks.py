"""Frameworks to qualify by: listed, written, put away, chosen for a pipeline."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, Stale
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import frameworks as acting
from dawra.deals.forms import reading
from dawra.deals.forms.frameworks import FrameworkForm
from dawra.deals.queries import frameworks
from dawra.journal.queries import just_written
from dawra.journal.telling import tell


@require_safe
@opens("deals.pipelines")
def index(request: SignedRequest) -> HttpResponse:
    takes = {
        "frameworks": frameworks.frameworks(request.actor),
        "pipelines": frameworks.pipeline_choices(request.actor),
    }
    return render(request, "deals/frameworks.html", takes)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def write(request: SignedRequest, framework_id: UUID | None = None) -> HttpResponse:
    """A framework of one's own, or a new version of one."""
    card = frameworks.framework(request.actor, framework_id) if framework_id else None
    form, status = FrameworkForm(request.POST or None, initial=FrameworkForm.standing(card)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                acting.write_framework(request.actor, said=form.said(), framework_id=framework_id, version=version)
            except (Invalid, Conflict, Stale) as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "deals.framework_written.1")
                return tell(request, redirect("deals:frameworks"), _("Framework saved."), undo=undo)
    takes = {
        "form": form,
        "rows": form.rows(card),
        "framework": card,
        "version": card.version if card else None,
        "versions": frameworks.versions_of(request.actor, framework_id) if framework_id else [],
        "action": request.path,
        "cancel": reverse("deals:frameworks"),
    }
    return render(request, "deals/framework_form.html", takes, status=status)


@require_POST
@opens("deals.pipelines")
def retire(request: SignedRequest, framework_id: UUID) -> HttpResponse:
    retired = request.POST.get("act") != "use"
    acting.retire_framework(request.actor, framework_id=framework_id, retired=retired)
    undo = just_written(request.actor, "deals.framework_retired.1" if retired else "deals.framework_in_use.1")
    return tell(request, redirect("deals:frameworks"), _("Put away.") if retired else _("In use again."), undo=undo)


@require_POST
@opens("deals.pipelines")
def choose(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    """By what the deals of a pipeline are qualified; nothing chosen means by nothing."""
    framework_id = reading.id_of("framework", request.POST.get("framework", ""))
    entry = acting.choose_framework(request.actor, pipeline_id=pipeline_id, framework_id=framework_id)
    return tell(request, redirect("deals:frameworks"), _("Saved."), undo=entry)


@require_POST
@opens("deals.pipelines")
def starters(request: SignedRequest) -> HttpResponse:
    """Those the house brings along, where they are missing."""
    count = acting.load_starter_frameworks(request.actor)
    text = ngettext("%(count)s starter framework loaded.", "%(count)s starter frameworks loaded.", count)
    return tell(request, redirect("deals:frameworks"), text % {"count": count}, undo=None)
