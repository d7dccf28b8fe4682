"""The company as it stands, one's own profile, and what one should know, for programs."""

from dataclasses import fields
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, given, list_json, no_content, record_json, version_wanted
from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.team import queries
from dawra.team.actions import notifying
from dawra.team.actions.profile import Profile, change_profile
from dawra.team.models import Member

router = Router(tags=["me"])
OWN = described(permission="")
COMPANY = (
    "version", "name", "base_currency", "fiscal_year_start_month", "weekend_days", "week_starts_on", "time_zone",
    "language", "default_country",
)  # fmt: skip
HABITS = tuple(field.name for field in fields(Profile))
NoticeId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class ProfileChange(Body):
    """time_zone: "" for the company's. notify: {"mention": ["app"]} by reason. working_hours: {"1": ["09:00", "17:00"]}."""

    name: str = Field(default="", max_length=120)
    name_ar: str = Field(default="", max_length=120)
    language: Literal["en", "ar"] = "en"
    time_zone: str = Field(default="", max_length=60)
    digits: Literal["latn", "arab"] = "latn"
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    month_names: Literal["nile", "levant"] = "nile"
    theme: Literal["", "light", "dark"] = ""
    density: Literal["", "compact"] = ""
    shortcuts: bool = True
    working_hours: dict[str, list[str]] = {}
    notify: dict[str, list[str]] = {}


@router.get("/workspace", operation_id="workspace", summary="The company's habits and base currency", openapi_extra=OWN)
@opens()
def workspace(request: SignedRequest) -> HttpResponse:
    company = queries.workspace()
    if company is None:
        raise NotFound()
    return record_json({name: getattr(company, name) for name in COMPANY})


@router.get("/profile", operation_id="profile", summary="The caller's own profile", openapi_extra=OWN)
@opens()
def profile(request: SignedRequest) -> HttpResponse:
    return record_json(_profile(queries.myself(request.actor)))


@router.patch(
    "/profile",
    operation_id="change_profile",
    summary="Change some of one's own habits",
    openapi_extra=described(permission="", tagged=True),
)
@opens()
def change(request: SignedRequest, body: ProfileChange) -> HttpResponse:
    stands = _profile(queries.myself(request.actor))
    wanted = {name: stands[name] for name in HABITS} | given(body)
    change_profile(request.actor, profile=Profile(**wanted), version=version_wanted(request))
    return record_json(_profile(queries.myself(request.actor)))


@router.get(
    "/notifications",
    operation_id="list_notifications",
    summary="Mentions, what became one's own, what was shared; newest first",
    openapi_extra=OWN,
)
@opens()
def list_notifications(request: SignedRequest, unread: bool = False) -> HttpResponse:
    found = queries.unread(request.actor) if unread else queries.notices(request.actor)
    return list_json([_notice(one) for one in found], "")


@router.post(
    "/notifications/read", operation_id="read_all_notifications", summary="Mark all as read", openapi_extra=OWN
)
@opens()
def read_all(request: SignedRequest) -> HttpResponse:
    return as_json({"read": notifying.mark_read(request.actor)})


@router.post(
    "/notifications/{int:notification_id}/read",
    operation_id="read_notification",
    summary="Mark one as read",
    openapi_extra=OWN,
)
@opens()
def read(request: SignedRequest, notification_id: NoticeId) -> HttpResponse:
    return as_json({"read": notifying.mark_read(request.actor, notification_id=notification_id)})


@router.delete(
    "/notifications/{int:notification_id}",
    operation_id="clear_notification",
    summary="Put one away",
    openapi_extra=OWN,
)
@opens()
def clear(request: SignedRequest, notification_id: NoticeId) -> HttpResponse:
    notifying.clear(request.actor, notification_id=notification_id)
    return no_content()


def _profile(member: Member) -> dict[str, Any]:
    names = ("id", "version", "email", *HABITS)
    return {name: getattr(member, name) for name in names}


def _notice(one: queries.Notice) -> dict[str, Any]:
    names = ("id", "reason", "record_kind", "record_id", "record_name", "made_at", "is_read")
    return {name: getattr(one, name) for name in names} | {"entry": one.line.key, "kind": one.line.kind.code}
