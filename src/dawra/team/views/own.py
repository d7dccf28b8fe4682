"""What belongs to the member who looks: profile and notifications."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import queries
from dawra.team.actions import notifying
from dawra.team.actions.profile import change_profile
from dawra.team.forms.profile import Habits, habits_of


@opens()
@require_http_methods(["GET", "POST"])
def profile(request: SignedRequest) -> HttpResponse:
    member = queries.myself(request.actor)
    form = Habits(request.POST or None, initial=habits_of(member), hours=member.working_hours)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_profile(request.actor, profile=form.said(), version=form.cleaned_data["version"])
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:profile"), _("Saved."))
    return render(request, "team/profile.html", {"form": form, "member": member}, status=status)


@opens()
@require_GET
def notifications(request: SignedRequest) -> HttpResponse:
    return render(request, "team/notifications.html", {"notices": queries.notices(request.actor)})


@opens()
@require_POST
def read(request: SignedRequest, notification_id: int | None = None) -> HttpResponse:
    notifying.mark_read(request.actor, notification_id=notification_id)
    return redirect("team:notifications")


@opens()
@require_POST
def clear(request: SignedRequest, notification_id: int | None = None) -> HttpResponse:
    notifying.clear(request.actor, notification_id=notification_id)
    return redirect("team:notifications")
