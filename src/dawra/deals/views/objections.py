"""Objections of a deal, and the library of answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import let_choose, put_into
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import answers as writing
from dawra.deals.actions import objecting
from dawra.deals.forms import reading
from dawra.deals.forms.deal import language
from dawra.deals.forms.objections import ACCEPTED, AnswerForm, ObjectionForm, reply_of, said_of
from dawra.deals.models.objection import CATEGORIES
from dawra.deals.queries import answers, deals, objections, parties, similar_objections
from dawra.deals.views.deal import done
from dawra.deals.words import OBJECTIONS
from dawra.figures.words import named
from dawra.journal.queries import just_written
from dawra.journal.telling import tell

SHORTEST = 3


@require_POST
@opens("deals.work", record="deal")
def log(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """One click on what it is about; words and who said it if they were written."""
    kept = objecting.log_objection(request.actor, deal_id=deal_id, said=said_of(request.POST))
    return done(request, deal_id, _("Objection logged."), kept.entry)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work", record="deal")
def objection(request: SignedRequest, deal_id: UUID, objection_id: UUID) -> HttpResponse:
    """One objection corrected, with past ones that say much the same."""
    card = objections.objection(request.actor, objection_id, deal_id)
    form, status = ObjectionForm(request.POST or None, initial=objections.stands(request.actor, objection_id)), 200
    people = parties.takers(deal_id)
    let_choose(
        form, "person", [("", "—"), *((str(key), named(name, name_ar, language())) for key, name, name_ar in people)]
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                kept = objecting.edit_objection(
                    request.actor,
                    objection_id=objection_id,
                    values=form.values(),
                    version=reading.version_of(request.POST),
                )
            except Invalid as answer:
                status = put_into(form, answer)
            else:
                return done(request, deal_id, _("Saved."), kept.entry if kept else None)
    takes = {
        "objection": card,
        "deal": deals.deal(request.actor, deal_id),
        "form": form,
        "action": request.path,
        "similar": similar_objections.similar_to(request.actor, card.words, leave_out=objection_id),
    }
    return render(request, "deals/objection.html", takes, status=status)


@require_POST
@opens("deals.work", record="deal")
def answer(request: SignedRequest, deal_id: UUID, objection_id: UUID) -> HttpResponse:
    """An answer of the library was used, or something else was said."""
    objections.objection(request.actor, objection_id, deal_id)
    kept = objecting.answer_objection(request.actor, objection_id=objection_id, said=reply_of(request.POST))
    return done(request, deal_id, _("Answer noted."), kept.entry)


@require_POST
@opens("deals.work", record="deal")
def judge(request: SignedRequest, deal_id: UUID, objection_id: UUID) -> HttpResponse:
    """Accepted, or not: an accepted answer settles the objection."""
    objections.objection(request.actor, objection_id, deal_id)
    accepted = ACCEPTED.get(request.POST.get("accepted", ""))
    kept = objecting.judge_reply(request.actor, objection_id=objection_id, accepted=accepted)
    text = _("Settled.") if accepted else _("Still open.")
    return done(request, deal_id, text, kept.entry if kept else None)


@require_POST
@opens("deals.work", record="deal")
def reopen(request: SignedRequest, deal_id: UUID, objection_id: UUID) -> HttpResponse:
    objections.objection(request.actor, objection_id, deal_id)
    kept = objecting.reopen_objection(request.actor, objection_id=objection_id)
    return done(request, deal_id, _("Reopened."), kept.entry)


@require_POST
@opens("deals.work", record="deal")
def delete(request: SignedRequest, deal_id: UUID, objection_id: UUID) -> HttpResponse:
    objections.objection(request.actor, objection_id, deal_id)
    kept = objecting.delete_objection(request.actor, objection_id=objection_id)
    return done(request, deal_id, _("Objection removed."), kept.entry)


# The library


@require_safe
@opens("deals.read")
def library(request: SignedRequest) -> HttpResponse:
    """Which answers win, by category; and past objections like the words that were typed."""
    asked = request.GET
    category = asked.get("category", "") if asked.get("category", "") in CATEGORIES else ""
    by, retired = "won" if asked.get("by") == "won" else "accepted", asked.get("show") == "retired"
    words = asked.get("words", "")[:200].replace("\0", " ").strip()
    cards = answers.library(request.actor, category=category, by=by, retired=retired)
    takes = {
        "groups": _grouped(cards),
        "categories": list(OBJECTIONS.items()),
        "category": category,
        "by": by,
        "retired": retired,
        "words": words,
        "similar": similar_objections.similar_to(request.actor, words) if len(words) >= SHORTEST else [],
        "has_starters": any(card.is_starter for card in cards),
        "may_work": request.actor.may("deals.work"),
        "may_set_up": request.actor.may("deals.pipelines"),
        "member_id": request.actor.member_id,
    }
    return render(request, "deals/answers.html", takes)


def _grouped(cards: list[answers.AnswerCard]) -> list[tuple[str, Any, list[answers.AnswerCard]]]:
    groups: dict[str, list[answers.AnswerCard]] = {}
    for card in cards:
        groups.setdefault(card.category, []).append(card)
    return [(code, OBJECTIONS[code], found) for code, found in groups.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.work")
def write_answer(request: SignedRequest, answer_id: UUID | None = None) -> HttpResponse:
    """A new answer, or a new version of one."""
    start: dict[str, Any] = {"category": request.GET.get("category", "price")}
    card = answers.answer(request.actor, answer_id) if answer_id else None
    if card:
        start = {name: getattr(card, name) for name in ("category", "label", "name", "name_ar")}
        start |= {"words": card.said.name, "words_ar": card.said.name_ar}
    form, status = AnswerForm(request.POST or None, initial=start), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = reading.version_of(request.POST)
            try:
                writing.write_answer(request.actor, said=form.said(), answer_id=answer_id, version=version)
            except Invalid as wrong:
                status = put_into(form, wrong)
            else:
                undo = just_written(request.actor, "deals.answer_written.1")
                return tell(request, redirect("deals:answers"), _("Answer saved."), undo=undo)
    takes = {
        "form": form,
        "action": request.path,
        "answer": card,
        "versions": answers.versions_of(request.actor, answer_id) if answer_id else [],
        "cancel": reverse("deals:answers"),
        "version": card.version if card else None,
    }
    return render(request, "deals/answer_form.html", takes, status=status)


@require_POST
@opens("deals.work")
def retire_answer(request: SignedRequest, answer_id: UUID) -> HttpResponse:
    retired = request.POST.get("act") != "use"
    writing.retire_answer(request.actor, answer_id=answer_id, retired=retired)
    undo = just_written(request.actor, "deals.answer_retired.1" if retired else "deals.answer_in_use.1")
    return tell(request, redirect("deals:answers"), _("Put away.") if retired else _("In use again."), undo=undo)


@require_POST
@opens("deals.pipelines")
def starters(request: SignedRequest) -> HttpResponse:
    """The answers the house brought along: removed, or loaded again."""
    if request.POST.get("act") == "remove":
        count = writing.remove_starters(request.actor)
        text = ngettext("%(count)s starter answer removed.", "%(count)s starter answers removed.", count)
        undo = just_written(request.actor, "deals.starter_answers_removed.1") if count else None
        return tell(request, redirect("deals:answers"), text % {"count": count}, undo=undo)
    count = writing.load_starters(request.actor)
    text = ngettext("%(count)s starter answer loaded.", "%(count)s starter answers loaded.", count)
    return tell(request, redirect("deals:answers"), text % {"count": count}, undo=None)
