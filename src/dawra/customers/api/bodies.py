"""What callers may write about people and companies."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from dawra.access.contract import Body
from dawra.customers.actions.adding import NewPoint
from dawra.customers.rules import LIFECYCLE

Lifecycle = Literal[LIFECYCLE]  # type: ignore[valid-type]  # a list kept once, as data
PointKind = Literal["email", "phone", "site", "social"]
Minor = Field(default=None, ge=0, le=10**15)


class Point(Body):
    kind: PointKind
    value: str = Field(min_length=1, max_length=320)
    label: str = Field(default="", max_length=40)
    is_primary: bool = False

    def plan(self) -> NewPoint:
        return NewPoint(self.kind, self.value, self.label, self.is_primary)


class PointChange(Body):
    value: str = Field(min_length=1, max_length=320)
    label: str = Field(default="", max_length=40)
    is_primary: bool = False


class _Record(Body):
    name: str = Field(default="", max_length=200)
    name_ar: str = Field(default="", max_length=200)
    language: str = Field(default="", max_length=2)
    time_zone: str = Field(default="", max_length=60)
    country: str = Field(default="", max_length=2)
    city: str = Field(default="", max_length=120)
    about: str = Field(default="", max_length=10_000)
    source: str = Field(default="", max_length=80)


class PersonBody(_Record):
    title: str = Field(default="", max_length=160)
    lifecycle: Lifecycle = "lead"
    owner_id: UUID | None = None
    unowned: bool = False
    points: list[Point] = Field(default=[], max_length=30)
    company_id: UUID | None = None
    company_name: str = Field(default="", max_length=200)
    role: str = Field(default="", max_length=160)
    custom: dict[str, Any] = {}
    tags: list[str] = Field(default=[], max_length=50)
    if_duplicate: Literal["report", "refuse"] = "report"
    came_back: bool = Field(
        default=False, description="They were erased once and came back by themselves; else such an address is refused."
    )


class PersonChange(_Record):
    title: str = Field(default="", max_length=160)
    custom: dict[str, Any] = {}


class CompanyBody(_Record):
    parent_id: UUID | None = None
    industry: str = Field(default="", max_length=80)
    employees: int | None = Field(default=None, ge=0, le=2**31 - 1)
    revenue_minor: int | None = Minor
    revenue_currency: str = Field(default="", max_length=3)
    founded_year: int | None = Field(default=None, ge=0, le=2200)
    address: str = Field(default="", max_length=2000)
    lifecycle: Lifecycle = "lead"
    owner_id: UUID | None = None
    unowned: bool = False
    points: list[Point] = Field(default=[], max_length=30)
    custom: dict[str, Any] = {}
    tags: list[str] = Field(default=[], max_length=50)
    if_duplicate: Literal["report", "refuse"] = "report"


class CompanyChange(_Record):
    parent_id: UUID | None = None
    industry: str = Field(default="", max_length=80)
    employees: int | None = Field(default=None, ge=0, le=2**31 - 1)
    revenue_minor: int | None = Minor
    revenue_currency: str = Field(default="", max_length=3)
    founded_year: int | None = Field(default=None, ge=0, le=2200)
    address: str = Field(default="", max_length=2000)
    custom: dict[str, Any] = {}


class PlaceBody(Body):
    role: str = Field(default="", max_length=160)
    is_primary: bool = False
    from_on: date | None = None
    until_on: date | None = None


class AffiliationBody(PlaceBody):
    company_id: UUID


class LifecycleBody(Body):
    to_stage: Lifecycle
    reason: str = Field(default="", max_length=300)


class OwnerBody(Body):
    owner_id: UUID | None


class TagsBody(Body):
    add: list[str] = Field(default=[], max_length=50)
    remove: list[str] = Field(default=[], max_length=50)


class ConsentBody(Body):
    channel: Literal["email", "phone", "sms", "whatsapp", "post"]
    granted: bool
    basis: Literal["consent", "contract", "legitimate_interest", "legal_duty", "objection"]
    wording: str = Field(default="", max_length=5000)
    proof: str = Field(default="", max_length=5000)
    given_at: datetime | None = None


class EraseBody(Body):
    reason: str = Field(min_length=1, max_length=300)
    confirmed: str = Field(min_length=1, max_length=200)


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """A PATCH as the edit actions take it: custom values stand beside the columns as custom.<key>."""
    custom = values.pop("custom", {})
    return values | {f"custom.{key}": value for key, value in custom.items()}
