"""Training as programs read it: paths with what their caller may know of them, and certificates."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.listing import Field, Listing, Query
from dawra.team.learning import Content
from dawra.team.models import Certificate
from dawra.team.queries.people import today
from dawra.team.queries.progress import Progress, state_of
from dawra.team.queries.training import PathCard, learners, path

CERTIFICATES = Listing(
    fields={
        "member": Field("member_id", "id"),
        "path": Field("path_id", "id"),
        "expires_on": Field("expires_on", "date"),
        "revoked_on": Field("revoked_on", "date"),
    },
    sorts={"issued": "issued_at"},
    default_sort="-issued",
)
HEAD = (
    "id",
    "version",
    "name",
    "name_ar",
    "about",
    "about_ar",
    "roles",
    "teams",
    "is_starter",
    "archived",
    "published",
)
RULES = ("pass_bp", "attempts", "rubric_pass", "valid_months")


def head(card: PathCard) -> dict[str, Any]:
    """A path without what it teaches, as a list of paths says it."""
    said = card.said
    return {
        **{name: getattr(card, name) for name in HEAD},
        "edition": said.number,
        **{name: getattr(said, name) for name in RULES},
        "lessons": len(said.content.lessons),
        "questions": len(said.content.questions),
        "points": len(said.content.rubric),
    }


def whole(actor: Actor, path_id: UUID) -> dict[str, Any]:
    """A path with what it teaches. What is right in its quiz is said to those who write paths only. Raises NotFound."""
    card = path(actor, path_id)
    writes = actor.may("team.train")
    drafted = {"drafted": card.drafted} if writes else {}
    return head(card) | drafted | {"content": content(card.said.content, right=writes)}


def content(said: Content, *, right: bool) -> dict[str, Any]:
    """right: whether the right answers and the reasons go along; without them only the questions' number is told."""
    plain = asdict(said)
    if not right:
        plain["questions"] = []
    return plain


def own(card: PathCard) -> dict[str, Any]:
    """How far the caller is on a path."""
    return {"path_id": card.id, "path": card.name, "path_ar": card.name_ar, "is_due": card.is_due} | _far(
        card.mine, meant=card.meant
    )


def assignments(actor: Actor, path_id: UUID) -> list[dict[str, Any]]:
    """Whom of those the caller leads a path is meant for or who began it, and how far they are. Raises NotFound."""
    return [
        {"member_id": one.id, "member": one.name, "member_ar": one.name_ar} | _far(one.progress, meant=one.meant)
        for one in learners(actor, path_id)
    ]


def certificates(actor: Actor, query: Query) -> tuple[list[dict[str, Any]], str]:
    """One's own, and of those the caller leads, the latest first. 2 queries."""
    actor.must("team.read")
    rows = Certificate.objects.select_related("path", "member", "edition")
    if actor.sees is not None:
        rows = rows.filter(Q(member_id__in=actor.sees) | Q(member_id=actor.member_id))
    page, on = CERTIFICATES.page(rows, query), today(actor)
    return [_held(row) | {"state": state_of(row, on)} for row in page.rows], page.next


def _held(row: Certificate) -> dict[str, Any]:
    names = ("id", "path_id", "member_id", "issued_on", "expires_on", "revoked_on", "revoked_why")
    return {name: getattr(row, name) for name in names} | {
        "path": row.path.name,
        "path_ar": row.path.name_ar,
        "member": row.member.name,
        "member_ar": row.member.name_ar,
        "edition": row.edition.number,
    }


def _far(far: Progress | None, *, meant: bool) -> dict[str, Any]:
    if far is None:
        return {"meant": meant, "state": "open"}
    names = ("state", "begun_at", "missing", "quiz_passed", "role_play_passed", "best_bp")
    return {
        "meant": meant,
        **{name: getattr(far, name) for name in names},
        "lessons_read": sorted(far.lessons),
        "attempts_left": far.left,
        "certificate_id": far.certificate.id if far.certificate else None,
        "certificate_expires_on": far.certificate.expires_on if far.certificate else None,
    }
