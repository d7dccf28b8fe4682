"""Duplicates: the queue, merging, and taking apart."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.duplicates import deciding, merging, showing
from dawra.customers.duplicates.showing import PairCard
from dawra.customers.models import Merge

router = Router(tags=["duplicates"])
WORK = described(permission="customers.work")
Kind = Literal["person", "company"]


class MergeBody(Body):
    """fields: what each field becomes: kept, gone or both (texts). What is not named stays, or is filled from the other."""

    kind: Kind
    kept_id: UUID
    gone_id: UUID
    fields: dict[str, Literal["kept", "gone", "both"]] = {}
    kept_version: int | None = Field(default=None, ge=1)
    gone_version: int | None = Field(default=None, ge=1)


def pair_json(card: PairCard) -> dict[str, object]:
    return {
        "id": card.id, "kind": card.kind, "state": card.state, "one": asdict(card.one), "other": asdict(card.other),
        "reasons": card.reasons, "certainty_bp": card.certainty_bp, "is_exact": card.is_exact,
    }  # fmt: skip


def merge_json(row: Merge) -> dict[str, object]:
    names = ("id", "record_kind", "kept_id", "gone_id", "names", "merged_at", "undone_at")
    return {name: getattr(row, name) for name in names}


@router.get("/duplicates", operation_id="list_duplicates", summary="Pairs that may be one", openapi_extra=WORK)
@opens("customers.work")
def list_duplicates(
    request: HttpRequest, kind: Kind = "person", certain: Literal["all", "likely", "certain"] = "all",
    after: str = "", limit: int = 25,
) -> HttpResponse:  # fmt: skip
    """Open ones of which you may see both, likeliest first."""
    actor = request.actor  # type: ignore[attr-defined]
    found, following = showing.queue(actor, kind, certain=certain, after=after, limit=min(max(limit, 1), 100))
    return list_json([pair_json(card) for card in found], following)


@router.get("/duplicates/{pair_id}", operation_id="duplicate", summary="One pair", openapi_extra=WORK)
@opens("customers.work", record="pair")
def duplicate(request: SignedRequest, pair_id: UUID) -> HttpResponse:
    return as_json(pair_json(showing.card_of(request.actor, pair_id)))


@router.post(
    "/duplicates/{pair_id}/different", operation_id="tell_apart", summary="They are not the same", openapi_extra=WORK
)
@opens("customers.work", record="pair")
def tell_apart(request: SignedRequest, pair_id: UUID) -> HttpResponse:
    """Remembered: the pair does not come up again."""
    deciding.tell_apart(request.actor, pair_id=pair_id)
    return no_content()


@router.post("/merges", operation_id="merge", summary="Two records become one", openapi_extra=WORK)
@opens("customers.work")
def merge(request: SignedRequest, body: MergeBody) -> HttpResponse:
    """Everything of the one goes over to the other. Can be taken apart for 30 days."""
    seen = (body.kept_version, body.gone_version)
    done = merging.merge(
        request.actor, kind=body.kind, kept_id=body.kept_id, gone_id=body.gone_id, choices=dict(body.fields),
        versions=(seen[0], seen[1]) if seen[0] and seen[1] else None,
    )  # fmt: skip
    return as_json(merge_json(done.record), 201)


@router.post("/merges/{merge_id}/take-apart", operation_id="unmerge", summary="They are two again", openapi_extra=WORK)
@opens("customers.work", record="merge")
def unmerge(request: SignedRequest, merge_id: UUID) -> HttpResponse:
    """`left` says how many rows of which table somebody had changed since, and that stay as they are."""
    done, left = merging.unmerge(request.actor, merge_id=merge_id)
    done.record.refresh_from_db()
    return as_json(merge_json(done.record) | {"left": left.rows})
