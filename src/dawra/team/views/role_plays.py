"""Role-plays: asked for by the learner, scored by a colleague and a manager."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team.actions import role_playing
from dawra.team.forms.training import AskRolePlay, ScoreRolePlay
from dawra.team.queries import role_plays, training


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.read")
def ask(request: SignedRequest, path_id: UUID) -> HttpResponse:
    actor = request.actor
    card = training.path(actor, path_id)
    if not card.said.content.rubric or card.archived:
        raise NotFound()
    peers, managers = role_plays.scorers(actor)
    posted = request.POST if request.method == "POST" else None
    form = AskRolePlay(posted, peers=peers, managers=managers, language=request.reader.language)
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                role_playing.ask_role_play(actor, path_id=path_id, said=form.said())
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:training_path", path_id), _("Both will be told."))
    takes = {"path": card, "form": form, "managers": managers}
    return render(request, "team/training_ask.html", takes, status=status)


@require_POST
@opens("team.read")
def withdraw(request: SignedRequest, role_play_id: UUID) -> HttpResponse:
    entry = role_playing.withdraw_role_play(request.actor, role_play_id=role_play_id)
    back = redirect("team:training_path", entry.facts["path_id"]) if entry else redirect("team:training")
    return tell(request, back, _("Withdrawn."))


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.read")
def score(request: SignedRequest, role_play_id: UUID) -> HttpResponse:
    asked = role_plays.one_to_score(request.actor, role_play_id)
    posted = request.POST if request.method == "POST" else None
    form = ScoreRolePlay(posted, rubric=asked.said.content.rubric, language=request.reader.language)
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            words = form.cleaned_data["words"]
            try:
                role_playing.score_role_play(request.actor, role_play_id=role_play_id, marks=form.marks(), words=words)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:training"), _("Thank you: your marks are kept."))
    return render(request, "team/training_score.html", {"asked": asked, "form": form}, status=status)
