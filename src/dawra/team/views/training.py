"""Taking a training path: its lessons, its quiz, and how far one's people are."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team.actions import learning, training
from dawra.team.queries import role_plays
from dawra.team.queries import training as queries


@require_safe
@opens("team.read")
def paths(request: SignedRequest) -> HttpResponse:
    """All in use; ?archived=1 for those put away."""
    actor = request.actor
    archived = request.GET.get("archived") == "1" and actor.may("team.train")
    takes = {
        "paths": queries.paths(actor, archived=archived, drafts=True),
        "to_score": role_plays.to_score(actor),
        "archived": archived,
        "may_write": actor.may("team.train"),
    }
    return render(request, "team/training.html", takes)


@require_safe
@opens("team.read")
def path(request: SignedRequest, path_id: UUID) -> HttpResponse:
    actor = request.actor
    card = queries.path(actor, path_id)
    if not card.published:
        return redirect("team:write_training", path_id)
    leads = actor.sees is None or len(actor.sees) > 1
    takes = {
        "path": card,
        "learners": queries.learners(actor, path_id) if leads else (),
        "leads": leads,
        "may_write": actor.may("team.train"),
    }
    return render(request, "team/training_path.html", takes)


@require_safe
@opens("team.read")
def lesson(request: SignedRequest, path_id: UUID, lesson: str) -> HttpResponse:
    card = queries.path(request.actor, path_id)
    lessons = card.said.content.lessons
    place = next((n for n, one in enumerate(lessons) if one.key == lesson), None)
    if place is None:
        raise Http404
    takes = {
        "path": card,
        "lesson": lessons[place],
        "number": place + 1,
        "is_read": bool(card.mine and lesson in card.mine.lessons),
        "before": lessons[place - 1] if place else None,
        "following": lessons[place + 1] if place + 1 < len(lessons) else None,
    }
    return render(request, "team/training_lesson.html", takes)


@require_POST
@opens("team.read")
def read(request: SignedRequest, path_id: UUID, lesson: str) -> HttpResponse:
    """read: yes or no; on to the next lesson, or back to the path after the last."""
    is_read = request.POST.get("read", "yes") != "no"
    entry = learning.read_lesson(request.actor, path_id=path_id, lesson=lesson, read=is_read)
    card = queries.path(request.actor, path_id)
    rest = [one.key for one in card.said.content.lessons if card.mine and one.key not in card.mine.lessons]
    if not is_read:
        response = redirect("team:lesson", path_id, lesson)
        return tell(request, response, _("This lesson stands open again."), undo=entry)
    response = redirect("team:lesson", path_id, rest[0]) if rest else redirect("team:training_path", path_id)
    return tell(request, response, _("Lesson done."), undo=entry)


@require_POST
@opens("team.read")
def begin(request: SignedRequest, path_id: UUID) -> HttpResponse:
    return redirect("team:quiz", learning.begin_quiz(request.actor, path_id=path_id).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.read")
def quiz(request: SignedRequest, attempt_id: UUID) -> HttpResponse:
    """The questions of one's open attempt, or what came of it. Posted: question key → the chosen options."""
    page = queries.quiz(request.actor, attempt_id)
    status = 200
    error = ""
    if request.method == "POST":
        answers = {one.key: request.POST.getlist(f"q_{one.key}") for one in page.said.content.questions}
        empty = sum(not given for given in answers.values())
        if empty and page.asked and request.POST.get("anyway") != "yes":
            status, error = 422, _("Some questions have no answer yet. Answer them, or say that you do not know.")
        else:
            try:
                done = learning.hand_in(request.actor, attempt_id=attempt_id, answers=answers)
            except Invalid as answer:
                status, error = answer.status, str(answer)
            else:
                text = _("Passed.") if done.is_passed else _("Not passed this time.")
                return tell(request, redirect("team:quiz", attempt_id), text)
    given = {f"{key}:{one}" for key in request.POST for one in request.POST.getlist(key)}
    takes = {"page": page, "given": given, "error": error}
    return render(request, "team/training_quiz.html", takes, status=status)


@require_POST
@opens("team.train")
def again(request: SignedRequest, path_id: UUID, member_id: UUID) -> HttpResponse:
    learning.allow_another_attempt(request.actor, path_id=path_id, member_id=member_id)
    return tell(request, redirect("team:training_path", path_id), _("One more attempt is open."))


@require_POST
@opens("team.train")
def revoke(request: SignedRequest, certificate_id: UUID) -> HttpResponse:
    """why: a sentence."""
    why = request.POST.get("why", "")
    entry = learning.revoke_certificate(request.actor, certificate_id=certificate_id, why=why)
    return tell(request, redirect("team:training"), _("The certificate no longer holds."), undo=entry)


@require_POST
@opens("team.train")
def starters(request: SignedRequest) -> HttpResponse:
    """The path that comes with the house, where none is written."""
    count = training.load_starter_training(request.actor)
    text = _("The starter path is there.") if count else _("There are training paths already.")
    return tell(request, redirect("team:training"), text)


@require_POST
@opens("team.train")
def archive(request: SignedRequest, path_id: UUID) -> HttpResponse:
    entry = training.archive_path(request.actor, path_id=path_id)
    return tell(request, redirect("team:training"), _("Path archived."), undo=entry)


@require_POST
@opens("team.train")
def restore(request: SignedRequest, path_id: UUID) -> HttpResponse:
    entry = training.restore_path(request.actor, path_id=path_id)
    return tell(request, redirect("team:training_path", path_id), _("Back in use."), undo=entry)
