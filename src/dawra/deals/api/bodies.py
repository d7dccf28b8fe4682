"""What callers may write about deals. Money is whole minor units, shares are basis points, quantities exact decimals."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from dawra.access.contract import Body
from dawra.deals.models.deal import FORECAST_CATEGORIES, PERSON_ROLES

MINOR = 10**15
Category = Literal[FORECAST_CATEGORIES]  # type: ignore[valid-type]  # a list kept once, as data
Role = Literal[("", *PERSON_ROLES)]  # type: ignore[valid-type]  # a list kept once, as data


class DealFields(Body):
    name: str = Field(default="", max_length=200)
    company_id: UUID | None = None
    amount_minor: int = Field(default=0, ge=0, le=MINOR)
    recurring_minor: int = Field(default=0, ge=0, le=MINOR)
    currency: str = Field(default="", max_length=3)
    expected_close_on: date | None = None
    owner_id: UUID | None = None
    next_step: str = Field(default="", max_length=200)
    next_step_on: date | None = None
    source: str = Field(default="", max_length=80)
    campaign: str = Field(default="", max_length=120)
    about: str = Field(default="", max_length=10_000)
    competitors: list[str] = Field(default=[], max_length=20)
    probability_bp: int | None = Field(default=None, ge=0, le=10_000)
    custom: dict[str, Any] = {}


class PersonRole(Body):
    person_id: UUID
    role: Role = ""


class DealBody(DealFields):
    name: str = Field(min_length=1, max_length=200)
    stage_id: UUID | None = None
    pipeline_id: UUID | None = None
    people: list[PersonRole] = Field(default=[], max_length=50)
    at: AwareDatetime | None = None


class DealChange(DealFields):
    forecast_category: Category = "pipeline"


class MoveBody(Body):
    """override: why unmet criteria may be passed over."""

    stage_id: UUID
    override: str = Field(default="", max_length=2000)
    at: AwareDatetime | None = None


class ChangePipelineBody(Body):
    """stage_id: an open stage of the other pipeline's current version."""

    stage_id: UUID
    at: AwareDatetime | None = None


class CloseBody(Body):
    """reason: the code of one of /reasons."""

    reason: str = Field(max_length=40)
    words: str = Field(default="", max_length=4000)
    override: str = Field(default="", max_length=2000)
    at: AwareDatetime | None = None
    stage_id: UUID | None = None


class ReopenBody(Body):
    stage_id: UUID | None = None


class RoleBody(Body):
    role: Role = ""


class LineBody(Body):
    product_id: UUID | None = None
    name: str = Field(default="", max_length=160)
    quantity: Decimal = Field(gt=0, le=10**9, decimal_places=6)
    price_minor: int = Field(ge=0, le=MINOR)
    discount_bp: int = Field(default=0, ge=0, le=10_000)
    recurs: Literal["", "month", "year"] = ""


class LinesBody(Body):
    """follow: the deal's amount becomes what the lines bring."""

    lines: list[LineBody] = Field(max_length=100)
    follow: bool = True


class SplitBody(Body):
    member_id: UUID
    share_bp: int = Field(ge=0, le=10_000)
    sort: Literal["revenue", "overlay"] = "revenue"


class SplitsBody(Body):
    splits: list[SplitBody] = Field(max_length=12)


class TickBody(Body):
    ticked: bool


class TagsBody(Body):
    add: list[str] = Field(default=[], max_length=50)
    remove: list[str] = Field(default=[], max_length=50)


class ProductBody(Body):
    code: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=160)
    name_ar: str = Field(default="", max_length=160)
    family: str = Field(default="", max_length=80)
    unit: str = Field(default="", max_length=20)
    price_minor: int = Field(default=0, ge=0, le=MINOR)
    currency: str = Field(min_length=3, max_length=3)
    recurs: Literal["", "month", "year"] = ""
    archived: bool = False


class RateBody(Body):
    """rate: an exact decimal; one unit of currency in the base currency."""

    currency: str = Field(min_length=3, max_length=3)
    valid_from_on: date
    rate: str = Field(min_length=1, max_length=24)
