"""The playbook: read and printed, written stage by stage, and ticked in a deal."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, Stale
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import playing
from dawra.deals.actions.playing import Ticking
from dawra.deals.forms import reading
from dawra.deals.forms.playbook import PlayForm
from dawra.deals.queries import pipelines, playbook_pages
from dawra.deals.views.deal import done
from dawra.deals.words import MEETS_BY
from dawra.journal.telling import tell


@require_safe
@opens("deals.read")
def playbook(request: SignedRequest, pipeline_id: UUID | None = None) -> HttpResponse:
    """The whole playbook of a pipeline, the default one first; ?version= of another drawing."""
    version_id = reading.id_of("version", request.GET.get("version", ""))
    book = playbook_pages.playbook(request.actor, pipeline_id, version_id)
    takes = {
        "book": book,
        "pipelines": [one for one in pipelines.pipelines(request.actor) if one.current],
        "may_write": request.actor.may("deals.pipelines"),
    }
    return render(request, "deals/playbook.html", takes)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def play(request: SignedRequest, stage_id: UUID) -> HttpResponse:
    """One stage's page of the playbook, written anew."""
    drawn, page = playbook_pages.page_of(request.actor, stage_id)
    form = PlayForm(request.POST if request.method == "POST" else None, initial=PlayForm.standing(page.play))
    status = 200
    back = f"{reverse('deals:pipeline_playbook', args=[drawn.pipeline_id])}?version={drawn.pk}#{page.stage.code}"
    if request.method == "POST":
        status = 422
        if form.is_valid():
            seen = int(text) if (text := request.POST.get("version", "")).isdecimal() else None
            try:
                entry = playing.write_play(request.actor, stage_id=stage_id, said=form.said(), seen=seen)
            except (Invalid, Conflict, Stale) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect(back), _("Written."), undo=entry)
    takes = {
        "form": form,
        "page": page,
        "drawn": drawn,
        "steps": form.steps(page.play),
        "links": form.links(page.play),
        "meets": MEETS_BY,
        "action": request.path,
        "cancel": back,
    }
    return render(request, "deals/playbook_form.html", takes, status=status)


@require_POST
@opens("deals.pipelines")
def starters(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    """The playbook that comes with the house, for stages nothing is written for; act=remove: its pages go."""
    if request.POST.get("act") == "remove":
        entry = playing.remove_starter_plays(request.actor, pipeline_id=pipeline_id)
        text = _("The starter playbook is removed.") if entry else _("There is no page of the starter playbook.")
        return tell(request, redirect("deals:pipeline_playbook", pipeline_id), text, undo=entry)
    count = playing.load_starter_plays(request.actor, pipeline_id=pipeline_id)
    text = (
        _("The starter playbook is there.") if count else _("None of its stages is called as in the starter playbook.")
    )
    return tell(request, redirect("deals:pipeline_playbook", pipeline_id), text)


@require_POST
@opens("deals.work", record="deal")
def tick(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    """stage: its code. step: its key. done: yes or no."""
    sent = request.POST
    said = Ticking(sent.get("stage", ""), sent.get("step", ""), sent.get("done") == "yes")
    if not (said.code and said.step):
        raise Invalid(_("Choose a step of the playbook."), field="step")
    entry = playing.tick_step(request.actor, deal_id=deal_id, said=said)
    return done(request, deal_id, _("Done.") if said.done else _("Not done after all."), entry)
