"""The script of a deal's stage, beside the form of a call or meeting. Imported when the room is ready."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.customers.beside import BESIDE, Line, Piece
from dawra.deals import plays, rules
from dawra.deals.models import Deal
from dawra.deals.queries.playbook import kept_for
from dawra.figures.words import named

ORDER = 10
MOST_LINES = 20
_MARKS = str.maketrans("", "", "*_#`>")


def script(actor: Actor, kind: str, record_id: UUID) -> Sequence[Piece]:
    """Of the deal, or of a person's or company's open deal that was worked on last. 2 queries, 1 where there is no deal."""
    if not actor.may("deals.read"):
        return ()
    of = {
        "deal": Q(pk=record_id),
        "person": Q(people__person_id=record_id),
        "company": Q(company_id=record_id),
    }.get(kind)
    if of is None:
        return ()
    rows = Deal.objects.visible_to(actor).filter(of, state=rules.OPEN).select_related("stage__version")
    deal = rows.order_by("-updated_at", "-id").first()
    if deal is None:
        return ()
    kept = kept_for(deal)
    play = plays.in_force(kept.plays, deal.stage.code, kept.drawn)
    spoken = (get_language() or "en")[:2]
    said = named(play.script, play.script_ar, spoken) if play else ""
    lines = [Line(part) for part in (one.strip().translate(_MARKS) for one in said.split("\n\n")) if part]
    open_steps = [step for step in (play.steps if play else ()) if (deal.stage.code, step.key) not in kept.ticks]
    lines += [Line(named(step.name, step.name_ar, spoken), _("still to do")) for step in open_steps if step.required]
    title = _("Script: %(stage)s") % {"stage": named(deal.stage.name, deal.stage.name_ar, spoken)}
    return (Piece(title, "script", tuple(lines[:MOST_LINES]), ORDER),)


BESIDE.append(script)
