"""Activities and timelines of any record."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Field

from dawra.access import kinds
from dawra.access.contract import Body, described, given, list_json, no_content, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import activities, notes
from dawra.customers.actions.talking import Talk, log_talk
from dawra.customers.models import Activity
from dawra.customers.queries import activities as queries
from dawra.customers.queries import timeline as timelines

router = Router(tags=["activities"])
READ, WORK = described(permission="customers.read"), described(permission="customers.work")
COLUMNS = (
    "id", "version", "what", "title", "body", "happened_at", "due_at", "all_day", "done_at", "snoozed_until",
    "duration_minutes", "direction", "outcome", "owner_id",
)  # fmt: skip


class Ref(Body):
    kind: Literal["person", "company", "deal"]
    id: UUID


class NextBody(Body):
    """What comes next, and when: a task, a meeting or a call of whoever logs it."""

    what: Literal["task", "meeting", "call"] = "task"
    title: str = Field(min_length=1, max_length=200)
    due_at: AwareDatetime
    all_day: bool = False


class HappeningBody(Body):
    """Something that has happened: a call, a meeting, an e-mail.

    outcome: of a call or meeting a code of /talk-outcomes; then, or nothing_next (the reason): what comes next
    """

    what: Literal["call", "meeting", "email"]
    at: AwareDatetime
    title: str = Field(default="", max_length=200)
    body: str = Field(default="", max_length=50_000)
    direction: Literal["", "in", "out"] = ""
    outcome: str = Field(default="", max_length=40)
    duration_minutes: int | None = Field(default=None, ge=0, le=100_000)
    records: list[Ref] = Field(min_length=1, max_length=20)
    then: NextBody | None = None
    nothing_next: str = Field(default="", max_length=300)


class PlanBody(Body):
    """Something to be done."""

    what: Literal["task", "meeting", "call"] = "task"
    title: str = Field(min_length=1, max_length=200)
    due_at: AwareDatetime
    all_day: bool = False
    body: str = Field(default="", max_length=50_000)
    owner_id: UUID | None = None
    records: list[Ref] = Field(default=[], max_length=20)


class NoteBody(Body):
    body: str = Field(min_length=1, max_length=50_000)
    at: AwareDatetime | None = None
    records: list[Ref] = Field(min_length=1, max_length=20)


class ActivityChange(Body):
    title: str = Field(default="", max_length=200)
    body: str = Field(default="", max_length=50_000)
    due_at: AwareDatetime | None = None
    happened_at: AwareDatetime | None = None
    outcome: str = Field(default="", max_length=40)
    duration_minutes: int | None = Field(default=None, ge=0, le=100_000)


class SnoozeBody(Body):
    until: AwareDatetime | None


def _records(request: SignedRequest, refs: list[Ref]) -> list[Any]:
    """Every named record, each opened by the caller's own rights."""
    return [kinds.open_record(request.actor, ref.kind, ref.id) for ref in refs]


def plain(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in COLUMNS}


@router.post(
    "/activities", operation_id="log_activity", summary="Log a call, a meeting or an e-mail", openapi_extra=WORK
)
@opens("customers.work")
def log_activity(request: SignedRequest, body: HappeningBody) -> HttpResponse:
    said = activities.Happening(**body.model_dump(exclude={"records", "then", "nothing_next"}))
    then = activities.Plan(**body.then.model_dump()) if body.then else None
    talk = Talk(said, then, body.nothing_next)
    kept = log_talk(request.actor, records=_records(request, body.records), talk=talk)
    return record_json(plain(kept.activity), status=201, location=f"/api/v1/activities/{kept.activity.pk}")


@router.post("/tasks", operation_id="plan_activity", summary="Plan a task, a meeting or a call", openapi_extra=WORK)
@opens("customers.work")
def plan_activity(request: SignedRequest, body: PlanBody) -> HttpResponse:
    plan = activities.Plan(**body.model_dump(exclude={"records"}))
    kept = activities.plan_activity(request.actor, records=_records(request, body.records), plan=plan)
    return record_json(plain(kept.activity), status=201, location=f"/api/v1/activities/{kept.activity.pk}")


@router.post("/notes", operation_id="write_note", summary="Write a note in Markdown", openapi_extra=WORK)
@opens("customers.work")
def write_note(request: SignedRequest, body: NoteBody) -> HttpResponse:
    kept = notes.write_note(request.actor, records=_records(request, body.records), body=body.body, at=body.at)
    return record_json(plain(kept.activity), status=201, location=f"/api/v1/activities/{kept.activity.pk}")


@router.get("/activities/{activity_id}", operation_id="activity", summary="One activity", openapi_extra=READ)
@opens("customers.read", record="activity")
def activity(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    return record_json(plain(queries.activity(request.actor, activity_id)))


@router.patch(
    "/activities/{activity_id}",
    operation_id="edit_activity",
    summary="Correct an activity",
    openapi_extra=described(permission="customers.work", tagged=True),
)
@opens("customers.work", record="activity")
def edit_activity(request: SignedRequest, activity_id: UUID, body: ActivityChange) -> HttpResponse:
    activities.edit_activity(
        request.actor, activity_id=activity_id, values=given(body), version=version_wanted(request)
    )
    return record_json(plain(queries.activity(request.actor, activity_id)))


@router.post("/activities/{activity_id}/done", operation_id="finish_task", summary="A task is done", openapi_extra=WORK)
@opens("customers.work", record="activity")
def finish_task(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    return record_json(plain(activities.finish_task(request.actor, activity_id=activity_id).activity))


@router.post(
    "/activities/{activity_id}/reopen",
    operation_id="reopen_task",
    summary="A task is not done after all",
    openapi_extra=WORK,
)
@opens("customers.work", record="activity")
def reopen_task(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    return record_json(plain(activities.reopen_task(request.actor, activity_id=activity_id).activity))


@router.post(
    "/activities/{activity_id}/snooze", operation_id="snooze_task", summary="Put a task off", openapi_extra=WORK
)
@opens("customers.work", record="activity")
def snooze_task(request: SignedRequest, activity_id: UUID, body: SnoozeBody) -> HttpResponse:
    return record_json(plain(activities.snooze_task(request.actor, activity_id=activity_id, until=body.until).activity))


@router.delete(
    "/activities/{activity_id}",
    operation_id="delete_activity",
    summary="Move an activity to the bin",
    openapi_extra=WORK,
)
@opens("customers.work", record="activity")
def delete_activity(request: SignedRequest, activity_id: UUID) -> HttpResponse:
    activities.delete_activity(request.actor, activity_id=activity_id)
    return no_content()


_TIMELINE: list[dict[str, Any]] = [
    {
        "in": "query",
        "name": "show",
        "required": False,
        "schema": {"type": "string", "enum": [*timelines.SHOWS]},
        "description": "Only these lines",
    },
    {
        "in": "query",
        "name": "after",
        "required": False,
        "schema": {"type": "string"},
        "description": "The `next` mark of the page before",
    },
]


@router.get(
    "/timeline/{kind}/{record_id}",
    operation_id="timeline",
    summary="What happened to a record, newest first",
    openapi_extra=described(permission="", parameters=_TIMELINE),
)
@opens(record="any")
def timeline(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    record = kinds.open_record(request.actor, kind, record_id)
    show, after = str(request.GET.get("show", "")), str(request.GET.get("after", ""))
    found = timelines.timeline_of(request.actor, record, show=show, after=after)
    items = [
        {
            "key": told.line.key,
            "kind": told.line.kind.code,
            "happened_at": told.line.happened_at,
            "written_at": told.line.written_at,
            "actor": told.line.actor,
            "member_id": told.line.member_id,
            "via": told.line.via,
            "facts": told.line.facts,
            "can_undo": told.can_undo,
            "body": told.activity.body if told.activity else None,
        }
        for day in found.days
        for told in day.lines
    ]
    return list_json(items, found.older)
