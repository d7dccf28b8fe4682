"""Settings of the pipelines: their drawings, drafts, stages and criteria."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import pipelines as actions
from dawra.deals.actions.versions import change_all_versions
from dawra.deals.forms.deal import language
from dawra.deals.forms.settings import PipelineForm, StageForm, asks
from dawra.deals.queries import parties, pipelines, settings
from dawra.deals.queries.pipelines import StageCard
from dawra.journal.queries import just_written
from dawra.journal.telling import tell
from dawra.team.queries import training


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def index(request: SignedRequest) -> HttpResponse:
    """Every pipeline; another one is added below."""
    form = PipelineForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            draft = actions.add_pipeline(request.actor, name=said["name"], name_ar=said["name_ar"])
            undo = just_written(request.actor, "deals.pipeline_added.1")
            response = redirect("deals:pipeline", draft.pipeline_id)
            return tell(request, response, _("Pipeline added as a draft."), undo=undo)
    takes = {"pipelines": settings.pipeline_sheets(request.actor), "form": form}
    return render(request, "deals/pipeline_settings.html", takes, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def pipeline(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    """One pipeline: its names, the stages deals are in now, and the draft of the next version."""
    shown = settings.pipeline_sheets(request.actor, pipeline_id)[0]
    start = {
        "name": shown.name,
        "name_ar": shown.name_ar,
        "is_default": shown.is_default,
        "archived": shown.is_archived,
    }
    form = PipelineForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = actions.PipelineSaid(**form.cleaned_data)
                actions.save_pipeline(request.actor, pipeline_id=pipeline_id, said=said)
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                undo = just_written(request.actor, "deals.pipeline_saved.1")
                return tell(request, redirect("deals:pipeline", pipeline_id), _("Saved."), undo=undo)
    return render(request, "deals/pipeline_settings_one.html", {"pipeline": shown, "form": form}, status=status)


@require_POST
@opens("deals.pipelines")
def draft(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    actions.draft_version(request.actor, pipeline_id=pipeline_id)
    return tell(
        request, redirect("deals:pipeline", pipeline_id), _("A draft to work on, as a copy of the current version.")
    )


@require_POST
@opens("deals.pipelines")
def publish(request: SignedRequest, version_id: UUID) -> HttpResponse:
    version = actions.publish_version(request.actor, version_id=version_id)
    undo = just_written(request.actor, "deals.pipeline_published.1")
    response = redirect("deals:pipeline", version.pipeline_id)
    return tell(request, response, _("Published. New deals enter this version."), undo=undo)


@require_POST
@opens("deals.pipelines")
def discard(request: SignedRequest, version_id: UUID) -> HttpResponse:
    actions.discard_draft(request.actor, version_id=version_id)
    return tell(request, redirect("deals:pipelines"), _("The draft is gone."))


@require_POST
@opens("deals.pipelines")
def order(request: SignedRequest, version_id: UUID) -> HttpResponse:
    """place_<stage id> = a number: the stages stand in the order of their numbers."""
    places = {
        UUID(name.removeprefix("place_")): int(number)
        for name, number in request.POST.dict().items()
        if name.startswith("place_") and number.isascii() and number.isdigit()
    }
    actions.order_stages(request.actor, version_id=version_id, stage_ids=sorted(places, key=lambda key: places[key]))
    return _back(request, version_id, _("Order saved."))


@require_POST
@opens("deals.pipelines")
def move_all(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    change_all_versions(request.actor, pipeline_id=pipeline_id)
    return tell(request, redirect("deals:pipeline", pipeline_id), _("Open deals are moving to the current version."))


@require_http_methods(["GET", "HEAD", "POST"])
@opens("deals.pipelines")
def stage(request: SignedRequest, version_id: UUID, stage_id: UUID | None = None) -> HttpResponse:
    """One stage of a draft, or a new one, with what it asks before a deal moves on."""
    version = pipelines.version(version_id)
    shown = next((one for one in version.stages if one.id == stage_id), None)
    if stage_id and shown is None:
        raise NotFound()
    start = StageForm.standing(shown) if shown else {"probability": "10", "stalled_after_days": 14}
    form = StageForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_stage(request.actor, version_id=version_id, new=form.said(stage_id))
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return _back(request, version_id, _("Stage saved."))
    takes = {
        "form": form,
        "rows": form.rows(shown),
        "asks": asks(parties.custom_fields(), _paths(shown), language()),
        "stage": shown,
        "version": version,
        "action": request.path,
    }
    return render(request, "deals/pipeline_settings_stage.html", takes, status=status)


def _paths(shown: StageCard | None) -> list[tuple[UUID, str, str]]:
    """Training paths in use, and those put away that the stage asks of: saving it again must not change what it asks."""
    asked = {one.detail for one in shown.criteria if one.sort == "certificate"} if shown else set()
    used = training.named_paths()
    known = {str(key) for key, _name, _name_ar in used}
    return used + (
        [one for one in training.named_paths(archived=True) if str(one[0]) in asked] if asked - known else []
    )


@require_POST
@opens("deals.pipelines")
def remove_stage(request: SignedRequest, version_id: UUID, stage_id: UUID) -> HttpResponse:
    actions.remove_stage(request.actor, stage_id=stage_id)
    return _back(request, version_id, _("Stage removed from the draft."))


def _back(request: SignedRequest, version_id: UUID, text: str) -> HttpResponse:
    return tell(request, redirect("deals:pipeline", pipelines.version(version_id).pipeline_id), text)
