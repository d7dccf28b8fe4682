"""The playbook of a pipeline, what was done of it in a deal, and how it is followed."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, record_json, version_wanted
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import playing
from dawra.deals.plays import MEETS
from dawra.deals.queries import playbook, playbook_pages, playbook_report
from dawra.deals.queries.playbook_pages import StagePage

router = Router(tags=["playbook"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
TAGGED = described(permission="deals.pipelines", tagged=True)
By = Literal[MEETS]  # type: ignore[valid-type]  # a list kept once, as data


class StepBody(Body):
    """key: of the step it words anew; without one, a step of the same name is the same. by: what meets it, "" = a tick"""

    key: str = Field(default="", max_length=12)
    name: str = Field(default="", max_length=playing.LONGEST_NAME)
    name_ar: str = Field(default="", max_length=playing.LONGEST_NAME)
    required: bool = True
    by: By = ""


class MaterialBody(Body):
    name: str = Field(default="", max_length=playing.LONGEST_NAME)
    address: str = Field(min_length=1, max_length=playing.LONGEST_ADDRESS)


class PlayBody(Body):
    """Texts are Markdown. One of the languages is enough."""

    todo: str = Field(default="", max_length=playing.LONGEST_TODO)
    todo_ar: str = Field(default="", max_length=playing.LONGEST_TODO)
    script: str = Field(default="", max_length=playing.LONGEST_SCRIPT)
    script_ar: str = Field(default="", max_length=playing.LONGEST_SCRIPT)
    steps: list[StepBody] = Field(default=[], max_length=playing.MOST_STEPS)
    material: list[MaterialBody] = Field(default=[], max_length=playing.MOST_MATERIAL)


class TickBody(Body):
    """stage: its code. step: its key."""

    stage: str = Field(min_length=1, max_length=40)
    step: str = Field(min_length=1, max_length=12)
    done: bool = True


def _plain(page: StagePage) -> dict[str, Any]:
    """version: how often the stage has been written."""
    play = page.play
    names = ("todo", "todo_ar", "script", "script_ar")
    return {
        "id": page.stage.id,
        "version": page.written,
        "stage": page.stage.code,
        "stage_name": page.stage.name,
        "is_starter": bool(play and play.is_starter),
        "written_at": play.at if play else None,
        **{name: getattr(play, name) if play else "" for name in names},
        "steps": [asdict(step) for step in (play.steps if play else ())],
        "material": [asdict(one) for one in (play.material if play else ())],
    }


@router.get(
    "/pipelines/{uuid:pipeline_id}/playbook",
    operation_id="list_playbook",
    summary="What to do, say and tick in each stage of the current version",
    openapi_extra=READ,
)
@opens("deals.read")
def read(request: SignedRequest, pipeline_id: UUID) -> HttpResponse:
    book = playbook_pages.playbook(request.actor, pipeline_id)
    return list_json([_plain(page) for page in book.stages], "")


@router.get("/stages/{uuid:stage_id}/play", operation_id="play", summary="One stage's page", openapi_extra=READ)
@opens("deals.read")
def read_one(request: SignedRequest, stage_id: UUID) -> HttpResponse:
    return record_json(_plain(playbook_pages.page_of(request.actor, stage_id)[1]))


@router.put(
    "/stages/{uuid:stage_id}/play",
    operation_id="write_play",
    summary="Say a stage's page anew; what was done in deals keeps its words",
    openapi_extra=TAGGED,
)
@opens("deals.pipelines")
def write(request: SignedRequest, stage_id: UUID, body: PlayBody) -> HttpResponse:
    texts = body.model_dump(exclude={"steps", "material"})
    steps = tuple(playing.StepSaid(**one.model_dump()) for one in body.steps)
    said = playing.PlaySaid(**texts, steps=steps, material=tuple((one.name, one.address) for one in body.material))
    playing.write_play(request.actor, stage_id=stage_id, said=said, seen=version_wanted(request))
    return record_json(_plain(playbook_pages.page_of(request.actor, stage_id)[1]))


@router.get(
    "/deals/{deal_id}/playbook",
    operation_id="deal_playbook",
    summary="The steps of a deal's stage, which are done, and how it was followed so far",
    openapi_extra=READ,
)
@opens("deals.read", record="deal")
def of_deal(request: SignedRequest, deal_id: UUID) -> HttpResponse:
    return as_json(_of_deal(request, deal_id))


@router.post(
    "/deals/{deal_id}/playbook", operation_id="tick_step", summary="A step is done, or is not", openapi_extra=WORK
)
@opens("deals.work", record="deal")
def tick(request: SignedRequest, deal_id: UUID, body: TickBody) -> HttpResponse:
    playing.tick_step(request.actor, deal_id=deal_id, said=playing.Ticking(body.stage, body.step, body.done))
    return as_json(_of_deal(request, deal_id))


def _of_deal(request: SignedRequest, deal_id: UUID) -> dict[str, Any]:
    deal, found = playbook.of_deal(request.actor, deal_id)
    return {
        "stage": deal.stage.code,
        "steps": [
            {
                **asdict(one.step),
                "done_at": one.tick.at if one.tick else None,
                "done_by": one.tick.by if one.tick else None,
            }
            for one in found.steps
        ],
        "required": found.required,
        "required_done": found.required_done,
        "past": [{"stage": one.stage.code, "done": one.done, "due": one.due} for one in found.past],
        "done": found.done,
        "due": found.due,
        "skipped": found.skipped,
    }


@router.get(
    "/playbooks/adherence",
    operation_id="playbook_adherence",
    summary="How the playbook is followed: by rep, by stage, against winning, with n and interval",
    openapi_extra=READ,
)
@opens("deals.read")
def adherence(request: SignedRequest, pipeline: UUID | None = None, days: int = 365) -> HttpResponse:
    if days not in playbook_report.PERIODS:
        raise Invalid(_("Choose 90, 365 or 1825 days."), field="days")
    found = asdict(playbook_report.report(request.actor, pipeline, days))
    book = found.pop("pipeline")
    return as_json({"pipeline_id": book["id"], **found})
