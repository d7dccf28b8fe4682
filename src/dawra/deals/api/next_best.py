"""What to do next, for programs: proposals in order, dismissing them, and the rules behind them."""

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
from dawra.deals.actions import next_best as actions
from dawra.deals.models.next_best import DISMISSED_FOR
from dawra.deals.queries import next_best_rules as rules
from dawra.deals.queries.next_best import MOST, Asked, next_actions
from dawra.deals.queries.next_best_cards import NextAction
from dawra.figures.next_best import ACTS, CONDITIONS

router = Router(tags=["next best actions"])
READ, WORK = described(permission="deals.read"), described(permission="deals.work")
DESIGN = described(permission="deals.pipelines")
TAGGED = described(permission="deals.pipelines", tagged=True)
Reason = Literal[DISMISSED_FOR]  # type: ignore[valid-type]  # a list kept once, as data
Condition = Literal[CONDITIONS]  # type: ignore[valid-type]
Act = Literal[ACTS]  # type: ignore[valid-type]
Percent = Field(default=100, ge=0, le=actions.MOST_PC)


class DismissBody(Body):
    rule_id: UUID
    kind: Literal["deal", "lead"]
    record_id: UUID
    reason: Reason
    words: str = Field(default="", max_length=400)


class RuleBody(Body):
    """Shares in basis points, percentages whole: see the settings page."""

    name: str = Field(min_length=1, max_length=120)
    name_ar: str = Field(default="", max_length=120)
    condition: Condition
    act: Act
    days: int = Field(default=0, ge=0, le=actions.MOST_DAYS)
    least: int = Field(default=0, ge=0, le=actions.MOST_PC)
    from_bp: int = Field(default=0, ge=0, le=10_000)
    to_bp: int = Field(default=10_000, ge=0, le=10_000)
    urgent_from_pc: int = Percent
    urgent_to_pc: int = Percent
    urgent_days: int = Field(default=0, ge=0, le=actions.MOST_DAYS)
    weight_pc: int = Percent
    follow_days: int = Field(default=7, ge=0, le=actions.MOST_DAYS)
    moved_days: int = Field(default=30, ge=0, le=actions.MOST_DAYS)
    is_active: bool = True


@router.get(
    "/next-actions",
    operation_id="list_next_actions",
    summary="What to do next, the most valuable first: one's own, or of an owner whose deals one sees",
    openapi_extra=READ,
)
@opens("deals.read")
def list_next_actions(
    request: SignedRequest, owner: str = "me", rule: UUID | None = None, limit: int = 50, after: str = ""
) -> HttpResponse:
    start = _whole(after or "0", "after")
    asked = Asked(_owner(request, owner), rule, start, min(max(limit, 1), MOST))
    found = next_actions(request.actor, asked)
    until = start + len(found.actions)
    return list_json([_plain(one) for one in found.actions], str(until) if until < found.total else "")


def _owner(request: SignedRequest, said: str) -> UUID | None:
    if said in ("me", "all"):
        return request.actor.member_id if said == "me" else None
    try:
        return UUID(said)
    except ValueError:
        raise Invalid(_("Name “me”, “all” or the id of a member."), field="owner") from None


def _whole(said: str, field: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) <= 4):
        raise Invalid(_("The page mark in “after” is not one of ours."), field=field)
    return int(said)


def _plain(one: NextAction) -> dict[str, Any]:
    share = one.why.record.share
    return {
        "kind": one.kind,
        "record_id": one.record_id,
        "name": one.title.name or one.title.name_ar,
        "owner_id": one.owner_id,
        "rule_id": one.rule_id,
        "rule": one.rule.name,
        "rule_ar": one.rule.name_ar,
        "condition": one.condition,
        "act": one.act,
        "days": one.days,
        "reason": one.reason,
        "is_late": one.is_late,
        "value_minor": one.why.value.minor,
        "currency": one.why.value.currency,
        "urgency_pc": one.why.urgency_pc,
        "record_pc": one.why.record_pc,
        "weight_pc": one.why.weight_pc,
        "rank_minor": one.why.rank.minor,
        "followed": one.why.record.followed,
        "moved": one.why.record.moved,
        "moved_share_low": share.low,
        "moved_share_high": share.high,
        "address": one.address,
        "act_address": one.act_address,
    }


@router.post(
    "/next-actions/dismissals",
    operation_id="dismiss_next_action",
    summary="A proposal is not wanted, and why",
    openapi_extra=WORK,
)
@opens("deals.work")
def dismiss_next_action(request: SignedRequest, body: DismissBody) -> HttpResponse:
    entry = actions.dismiss(request.actor, said=actions.Dismissal(**body.model_dump()))
    return as_json({"id": entry.facts["dismissal_id"], "undo": str(entry.key)}, 201)


@router.delete(
    "/next-actions/dismissals/{dismissal_id}",
    operation_id="take_next_action_dismissal_back",
    summary="It is wanted after all",
    openapi_extra=WORK,
)
@opens("deals.work")
def want_again(request: SignedRequest, dismissal_id: UUID) -> HttpResponse:
    actions.want_again(request.actor, dismissal_id=dismissal_id)
    return HttpResponse(status=204)


@router.get(
    "/next-actions/rules",
    operation_id="list_next_action_rules",
    summary="The rules of what is proposed, in order, with their records",
    openapi_extra=READ,
)
@opens("deals.read")
def list_rules(request: SignedRequest) -> HttpResponse:
    return list_json([rules.plain(card.row) for card in rules.rules(request.actor)], "")


@router.post("/next-actions/rules", operation_id="add_next_action_rule", summary="Add a rule", openapi_extra=DESIGN)
@opens("deals.pipelines")
def add_rule(request: SignedRequest, body: RuleBody) -> HttpResponse:
    row = actions.save_rule(request.actor, said=actions.RuleSaid(**body.model_dump()))
    return record_json(rules.plain(row), status=201, location=f"/api/v1/next-actions/rules/{row.pk}")


@router.get(
    "/next-actions/rules/{next_rule_id}", operation_id="next_action_rule", summary="One rule", openapi_extra=READ
)
@opens("deals.read")
def rule(request: SignedRequest, next_rule_id: UUID) -> HttpResponse:
    return record_json(rules.plain(rules.rule(request.actor, next_rule_id)))


@router.put(
    "/next-actions/rules/{next_rule_id}",
    operation_id="save_next_action_rule",
    summary="Say a rule anew, or switch it off",
    openapi_extra=TAGGED,
)
@opens("deals.pipelines")
def save_rule(request: SignedRequest, next_rule_id: UUID, body: RuleBody) -> HttpResponse:
    rules.rule(request.actor, next_rule_id)
    said = actions.RuleSaid(**body.model_dump())
    row = actions.save_rule(request.actor, said=said, rule_id=next_rule_id, version=version_wanted(request))
    return record_json(rules.plain(row))
