"""How calls and meetings end, and what is asked of whoever logs one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dawra.customers.models import TalkOutcome, TalkRules


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """reached: somebody was spoken with. is_answer: what was hoped for came of it."""

    id: UUID
    what: str
    code: str
    name: str
    name_ar: str
    reached: bool
    is_answer: bool
    position: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class TalkRulesCard:
    """outcome_required: of calls and meetings. next_step_required: after one on what is still open."""

    outcome_required: bool = True
    next_step_required: bool = True


_COLUMNS = ("id", "what", "code", "name", "name_ar", "reached", "is_answer", "position", "archived_at")


def outcomes(what: str = "", *, with_archived: bool = False) -> list[OutcomeCard]:
    """Calls' first, then meetings', each in the company's order. 1 query."""
    rows = TalkOutcome.objects.order_by("what", "position", "id")
    if what:
        rows = rows.filter(what=what)
    if not with_archived:
        rows = rows.filter(archived_at__isnull=True)
    return [OutcomeCard(*row) for row in rows.values_list(*_COLUMNS)]


def talk_rules() -> TalkRulesCard:
    """1 query."""
    row = TalkRules.objects.first()
    return TalkRulesCard(row.outcome_required, row.next_step_required) if row else TalkRulesCard()
