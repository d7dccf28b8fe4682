"""Questions to ask, beside the form of a call or meeting: what is not proven yet. Imported when the room is ready."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.customers.beside import BESIDE, Line, Piece
from dawra.deals import rules
from dawra.deals.models import Deal
from dawra.deals.queries import qualification
from dawra.figures.words import named

ORDER = 20
MOST_LINES = 7


def questions(actor: Actor, kind: str, record_id: UUID) -> Sequence[Piece]:
    """Of the deal, or of a person's or company's open deal that was worked on last. 2 queries, 1 where there is none."""
    if not actor.may("deals.read"):
        return ()
    of = {
        "deal": Q(pk=record_id),
        "person": Q(people__person_id=record_id),
        "company": Q(company_id=record_id),
    }.get(kind)
    if of is None:
        return ()
    rows = Deal.objects.visible_to(actor).filter(of, state=rules.OPEN).select_related("stage__version__pipeline")
    deal = rows.order_by("-updated_at", "-id").first()
    panel = qualification.on_deal(deal) if deal else None
    if panel is None:
        return ()
    spoken = (get_language() or "en")[:2]
    lines = []
    for gap in panel.gaps[:MOST_LINES]:
        asked, good = qualification.asked(gap), gap.good
        lines.append(Line(named(asked.name, asked.name_ar, spoken), named(good.name, good.name_ar, spoken)))
    title = _("Questions to ask: %(framework)s") % {"framework": named(panel.name, panel.name_ar, spoken)}
    return (Piece(title, "questions", tuple(lines), ORDER),)


BESIDE.append(questions)
