"""Frameworks to qualify by, as they stand: their criteria, their versions, and the pipelines that use them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Field, Listing, Query
from dawra.deals.models import Framework, FrameworkVersion, Pipeline
from dawra.deals.plays import Words


@dataclass(frozen=True, slots=True)
class AskedCard:
    """One criterion. share: of the weights, in percent."""

    code: str
    name: str
    name_ar: str
    question: Words
    good: Words
    weight: int
    share: int


@dataclass(frozen=True, slots=True)
class FrameworkCard:
    """number: the current version. pipelines: those whose deals are qualified by it."""

    id: UUID
    version: int
    number: int
    name: str
    name_ar: str
    about: Words
    criteria: tuple[AskedCard, ...]
    is_starter: bool
    is_retired: bool
    pipelines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class VersionCard:
    number: int
    name: str
    name_ar: str
    written_at: datetime
    by: Words
    criteria: tuple[AskedCard, ...]


@dataclass(frozen=True, slots=True)
class PipelineChoice:
    """By what a pipeline's deals are qualified; framework_id: None for nothing."""

    id: UUID
    name: str
    name_ar: str
    framework_id: UUID | None


def frameworks(actor: Actor) -> list[FrameworkCard]:
    """Those in use first, by name. 2 queries."""
    actor.must("deals.read")
    rows = list(Framework.objects.order_by("name", "id"))
    used: dict[UUID, list[Words]] = {}
    for one in pipeline_choices(actor):
        if one.framework_id:
            used.setdefault(one.framework_id, []).append(Words(one.name, one.name_ar))
    cards = [_card(row, used.get(row.pk, ())) for row in rows]
    return sorted(cards, key=lambda card: (card.is_retired, not card.pipelines))


def framework(actor: Actor, framework_id: UUID) -> FrameworkCard:
    """Raises NotFound; 2 queries."""
    actor.must("deals.read")
    row = Framework.objects.filter(pk=framework_id).first()
    if row is None:
        raise NotFound()
    used = Pipeline.objects.filter(framework=row).order_by("position", "id").values_list("name", "name_ar")
    return _card(row, [Words(*one) for one in used])


def versions_of(actor: Actor, framework_id: UUID) -> list[VersionCard]:
    """The newest first. 1 query."""
    actor.must("deals.read")
    rows = FrameworkVersion.objects.filter(framework_id=framework_id).select_related("written_by").order_by("-number")
    return [
        VersionCard(
            number=row.number,
            name=row.name,
            name_ar=row.name_ar,
            written_at=row.written_at,
            by=Words(row.written_by.name, row.written_by.name_ar) if row.written_by else Words("", ""),
            criteria=_criteria(row.criteria),
        )
        for row in rows
    ]


def pipeline_choices(actor: Actor) -> list[PipelineChoice]:
    """Pipelines in use, the default one first. 1 query."""
    actor.must("deals.read")
    rows = Pipeline.objects.filter(archived_at__isnull=True).order_by("-is_default", "position", "id")
    return [PipelineChoice(*row) for row in rows.values_list("pk", "name", "name_ar", "framework_id")]


# For the API


def _is_retired(_operator: str, value: Any) -> Q:
    return Q(retired_at__isnull=not value)


LISTING = Listing(
    fields={
        "starter": Field("is_starter", "flag"),
        "retired": Field(_is_retired, "flag"),
    },
    sorts={"created": "created_at"},
    default_sort="-created",
)
PLAIN = (
    "id", "version", "number", "name", "name_ar", "about", "about_ar", "criteria", "is_starter", "created_at",
    "retired_at",
)  # fmt: skip


def plain_list(actor: Actor, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of frameworks, and the mark of the next. 2 queries."""
    actor.must("deals.read")
    page = LISTING.page(Framework.objects.values(*PLAIN), query)
    return _with_pipelines(page.rows), page.next


def plain(actor: Actor, framework_id: UUID) -> dict[str, Any]:
    """Raises NotFound; 2 queries."""
    actor.must("deals.read")
    rows = list(Framework.objects.filter(pk=framework_id).values(*PLAIN))
    if not rows:
        raise NotFound()
    return _with_pipelines(rows)[0]


def _with_pipelines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    used: dict[UUID, list[UUID]] = {}
    for pk, of in Pipeline.objects.filter(framework_id__in=[row["id"] for row in rows]).values_list("pk", "framework"):
        used.setdefault(of, []).append(pk)
    return [{**row, "pipeline_ids": used.get(row["id"], [])} for row in rows]


def _card(row: Framework, used: Iterable[Words]) -> FrameworkCard:
    return FrameworkCard(
        id=row.pk,
        version=row.version,
        number=row.number,
        name=row.name,
        name_ar=row.name_ar,
        about=Words(row.about, row.about_ar),
        criteria=_criteria(row.criteria),
        is_starter=row.is_starter,
        is_retired=row.retired_at is not None,
        pipelines=tuple(used),
    )


def _criteria(kept: Iterable[Mapping[str, Any]]) -> tuple[AskedCard, ...]:
    kept = list(kept)
    whole = sum(one["weight"] for one in kept) or 1
    return tuple(
        AskedCard(
            code=one["code"],
            name=one["name"],
            name_ar=one["name_ar"],
            question=Words(one["question"], one["question_ar"]),
            good=Words(one["good"], one["good_ar"]),
            weight=one["weight"],
            share=round(100 * one["weight"] / whole),
        )
        for one in kept
    )
