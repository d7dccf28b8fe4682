"""Writing training paths: the desk, and a page for each part. What is saved there waits until it is published."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Answer, Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import drafts
from dawra.team.actions import drafting
from dawra.team.drafts import Head, Part
from dawra.team.forms.training_rows import EMPTY_OPTIONS, EMPTY_POINTS, QuestionForm, SceneForm
from dawra.team.forms.training_writing import HeadForm, LessonForm
from dawra.team.learning import Lesson, Question
from dawra.team.queries import training_desk as queries
from dawra.team.queries.training_desk import Desk


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.train")
def add(request: SignedRequest) -> HttpResponse:
    form = _head_form(request, Head())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                path = drafting.begin_path(request.actor, head=form.said(Head()))
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return tell(
                    request, redirect("team:write_training", path.pk), _("Begun. Learners see it once it is published.")
                )
    takes = {"form": form, "desk": None, "cancel": reverse("team:training"), "seen": ""}
    return render(request, "team/training_write_head.html", takes, status=status)


@require_safe
@opens("team.train")
def desk(request: SignedRequest, path_id: UUID) -> HttpResponse:
    """Everything the draft says, each part with its page."""
    return _desk(request, path_id)


def _desk(request: SignedRequest, path_id: UUID, answer: Answer | None = None) -> HttpResponse:
    takes = {"desk": queries.desk(request.actor, path_id), "error": str(answer) if answer else ""}
    return render(request, "team/training_write.html", takes, status=answer.status if answer else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.train")
def head(request: SignedRequest, path_id: UUID) -> HttpResponse:
    found = queries.desk(request.actor, path_id)
    stands = drafts.head_of(found.said)
    form = _head_form(request, stands)
    return _part(request, found, form, stands, lambda: form.said(stands), "team/training_write_head.html")


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.train")
def lesson(request: SignedRequest, path_id: UUID, lesson: str = "") -> HttpResponse:
    """One lesson, or a new one. Posted with look=yes it is only shown as it would be read."""
    found = queries.desk(request.actor, path_id)
    stands = queries.piece(found, drafts.LESSONS, lesson).piece if lesson else Lesson("", "")
    form = LessonForm(_posted(request), initial=LessonForm.standing(stands))
    more = {"as_read": form.as_read(), "lesson": stands, "looks": request.POST.get("look") == "yes"}
    template = "team/training_write_lesson.html"
    return _part(request, found, form, stands if lesson else None, lambda: form.said(lesson), template, more)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.train")
def question(request: SignedRequest, path_id: UUID, question: str = "") -> HttpResponse:
    found = queries.desk(request.actor, path_id)
    stands = queries.piece(found, drafts.QUESTIONS, question).piece if question else Question("", "")
    form = QuestionForm(_posted(request), initial=QuestionForm.standing(stands))
    empty = EMPTY_OPTIONS if question else EMPTY_OPTIONS + 2
    more = {"rows": form.rows(form.standing_rows(stands), empty), "question": stands}
    template = "team/training_write_question.html"
    return _part(request, found, form, stands if question else None, lambda: form.said(question), template, more)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("team.train")
def role_play(request: SignedRequest, path_id: UUID) -> HttpResponse:
    found = queries.desk(request.actor, path_id)
    stands = drafts.scene_of(found.said)
    form = SceneForm(_posted(request), initial=SceneForm.standing(stands))
    empty = EMPTY_POINTS if stands.rubric else EMPTY_POINTS + 3
    more = {"rows": form.rows(form.standing_rows(stands), empty)}
    return _part(request, found, form, stands, form.said, "team/training_write_role_play.html", more)


def _part(
    request: SignedRequest, found: Desk, form: Form, stands: Part | None, said: Callable[[], Part],
    template: str, more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """One part's page: shown, or kept in the draft. Somebody else's newer words are shown beside one's own (409)."""
    status = 200
    if form.is_bound and not (more or {}).get("looks"):
        status = 422
        if form.is_valid():
            seen = request.POST.get("version")
            try:
                drafting.rewrite_part(request.actor, path_id=found.id, part=said(), seen=seen)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:write_training", found.id), _("Kept in the draft."))
    cancel = reverse("team:write_training", args=[found.id])
    seen = request.POST.get("version", "") if form.is_bound else drafts.mark(stands)
    takes = {"form": form, "desk": found, "cancel": cancel, "seen": seen, **(more or {})}
    return render(request, template, takes, status=status)


@require_POST
@opens("team.train")
def move(request: SignedRequest, path_id: UUID, key: str) -> HttpResponse:
    """to: up or down."""
    drafting.move_piece(request.actor, path_id=path_id, key=key, up=request.POST.get("to") == "up")
    return redirect(f"{reverse('team:write_training', args=[path_id])}#p-{key}")


@require_POST
@opens("team.train")
def remove(request: SignedRequest, path_id: UUID, key: str) -> HttpResponse:
    entry = drafting.remove_piece(request.actor, path_id=path_id, key=key)
    return tell(request, redirect("team:write_training", path_id), _("Taken out of the draft."), undo=entry)


@require_POST
@opens("team.train")
def publish(request: SignedRequest, path_id: UUID) -> HttpResponse:
    """version: of the path, as the desk showed it."""
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
    try:
        entry = drafting.publish_path(request.actor, path_id=path_id, version=version)
    except (Invalid, Conflict) as answer:
        return _desk(request, path_id, answer)
    undo = entry if entry is not None and entry.kind == "team.training_path_written.1" else None
    text = _("Published: this is what learners read now.") if entry else _("Nothing in the draft differs.")
    return tell(request, redirect("team:training_path", path_id), text, undo=undo)


@require_POST
@opens("team.train")
def discard(request: SignedRequest, path_id: UUID) -> HttpResponse:
    drafting.discard_draft(request.actor, path_id=path_id)
    return tell(request, redirect("team:write_training", path_id), _("The draft is discarded."))


def _posted(request: SignedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _head_form(request: SignedRequest, stands: Head) -> HeadForm:
    audience, language = queries.audience(request.actor), request.reader.language
    return HeadForm(_posted(request), initial=HeadForm.standing(stands), audience=audience, language=language)
