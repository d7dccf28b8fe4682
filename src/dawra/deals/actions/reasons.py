"""Why deals are won and lost: the list to choose from."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.deals import rules
from dawra.deals.models import OutcomeReason
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import ReasonSaved
from dawra.journal.models import Entry


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    """outcome: won or lost, for good."""

    outcome: str
    name: str
    name_ar: str = ""
    archived: bool = False


@transaction.atomic
def save_reason(
    actor: Actor, *, said: ReasonSaid, reason_id: UUID | None = None, cause: Entry | None = None
) -> OutcomeReason:
    """Add a reason, rename one, or put it away; deals closed with it keep it, and its code never changes.

    Writes:  deals.reason_saved.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("deals.pipelines")
    reason = OutcomeReason.objects.filter(pk=reason_id).first() if reason_id else None
    if reason_id and reason is None:
        raise NotFound()
    if said.outcome not in (rules.WON, rules.LOST) or not said.name.strip():
        raise Invalid(_("A reason needs a name."), field="name")
    if reason is None:
        taken = set(OutcomeReason.objects.filter(outcome=said.outcome).values_list("code", flat=True))
        plain = slugify(fold(said.name)).replace("-", "_")[:30] or "reason"
        code = next(c for n in range(1, 1000) if (c := plain if n == 1 else f"{plain}_{n}") not in taken)
        reason = OutcomeReason(outcome=said.outcome, code=code, position=len(taken))
    wanted = {
        "name": said.name.strip()[:80],
        "name_ar": said.name_ar.strip()[:80],
        "archived_at": (reason.archived_at or actor.now) if said.archived else None,
    }
    changes = {key: [getattr(reason, key), value] for key, value in wanted.items() if getattr(reason, key) != value}
    for key, value in wanted.items():
        setattr(reason, key, value)
    reason.save()
    journal.write(actor, ReasonSaved(reason.pk, reason.name, changes), about=[], cause=cause)
    return reason
