"""How operations read and answer: one JSON shape for lists, records and versions."""

from collections.abc import Mapping
from typing import Any, Protocol

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import ConfigDict, field_validator

from dawra.access.errors import Invalid
from dawra.access.listing import LARGEST_PAGE, OPERATORS, Listing


class Versioned(Protocol):
    version: int


def as_json(value: Any, status: int = 200) -> HttpResponse:
    """orjson: three times as fast as what the framework would do, same bytes."""
    return HttpResponse(orjson.dumps(value, default=str), status=status, content_type="application/json")


def record_json(value: Mapping[str, Any], *, status: int = 200, location: str = "") -> HttpResponse:
    """One record with its ETag: the version in quotes."""
    response = as_json(value, status)
    response.headers["ETag"] = f'"{value["version"]}"'
    if location:
        response.headers["Location"] = location
    return response


def list_json(items: list[Any], following: str) -> HttpResponse:
    """A page of a list: items, and the mark to ask for the next with ?after=."""
    return as_json({"items": items, "next": following or None})


def version_wanted(request: HttpRequest) -> int | None:
    """The version the caller last saw, from If-Match; None if it does not care. Raises Invalid."""
    written = request.headers.get("If-Match", "").strip()
    if not written or written == "*":
        return None
    number = written.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Invalid(_('If-Match takes the ETag of the record, such as "3".'), field="If-Match")
    return int(number)


def parameters_of(listing: Listing) -> list[dict[str, Any]]:
    """The OpenAPI parameters of a list: its filters, sorts and paging, straight from the allow-list."""
    found: list[dict[str, Any]] = [
        _parameter("q", {"type": "string", "maxLength": 200}, "Words the record is found by"),
        _parameter(
            "sort",
            {"type": "string", "enum": [s for n in listing.sorts for s in (n, f"-{n}")]},
            "Order; - is descending",
        ),
        _parameter("after", {"type": "string"}, "The `next` mark of the page before"),
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 50}, "Rows a page"),
    ]
    for name, field in listing.fields.items():
        for operator in sorted(OPERATORS[field.sort]):
            schema: dict[str, Any] = {"type": "string"}
            if field.choices and operator in {"is", "not"}:
                schema["enum"] = list(field.choices)
            if operator == "empty" or field.sort == "flag":
                schema = {"type": "string", "enum": ["yes", "no"]}
            elif field.sort == "id" and operator != "in":
                schema["format"] = "uuid"
            elif field.sort == "date":
                schema["format"] = "date"
            found.append(_parameter(f"{name}__{operator}", schema, f"{name} {operator}"))
    return found


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": description}


class Body(Schema):
    """A JSON body: a name that is not declared is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", str_max_length=50_000)

    @field_validator("*", mode="after")
    @classmethod
    def _holds_text(cls, value: Any) -> Any:
        """As in a page's form: PostgreSQL keeps no zero character, so nobody should hear that SQLite did."""
        if _has_zero(value):
            raise ValueError("a text holds no zero character")
        return value


def _has_zero(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_zero(one) for pair in value.items() for one in pair)
    return isinstance(value, list | tuple) and any(_has_zero(one) for one in value)


def given(body: Body) -> dict[str, Any]:
    """Only what the caller wrote: the fields a PATCH changes."""
    return body.model_dump(exclude_unset=True)


def no_content() -> HttpResponse:
    return HttpResponse(status=204)


def described(
    *, permission: str, parameters: list[dict[str, Any]] | None = None, tagged: bool = False
) -> dict[str, Any]:
    """What the published contract says of an operation besides its body and the usual answers.

    tagged: the operation reads If-Match
    """
    extra: dict[str, Any] = {"x-permission": permission}
    more = list(parameters or [])
    if tagged:
        schema = {"type": "string"}
        more.append(
            {"in": "header", "name": "If-Match", "required": False, "schema": schema, "description": "ETag last seen"}
        )
    if more:
        extra["parameters"] = more
    return extra
