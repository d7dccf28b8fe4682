"""Past objections that say much the same, in either language, found by their words."""

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from dawra.access.actor import Actor
from dawra.deals import similarity
from dawra.deals.models import Objection, ObjectionTerm
from dawra.deals.queries.objections import ObjectionCard, cards_of
from dawra.figures import similar
from dawra.figures.money import BASIS_POINTS

MOST_SIMILAR = 5
# How many of the closest are asked for: most readers see five among the first, some have to look further.
LOOKED_AT = (0, 200, 2000)
# A cosine below this is chance: a few letters in common.
LEAST_ALIKE = 0.12


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """A past objection that says much the same. alike_bp: cosine of the two. deal_state: how its deal ended, or open."""

    objection: ObjectionCard
    deal: str
    deal_state: str
    alike_bp: int


def similar_to(actor: Actor, words: str, *, leave_out: UUID | None = None) -> list[SimilarCard]:
    """Past objections that say much the same, among those the actor may see. 7 queries, one more for who sees few."""
    actor.must("deals.read")
    found = _closest(actor, words, leave_out)
    rows = Objection.objects.visible_to(actor).filter(pk__in=found).select_related("person", "deal")
    deals = {row.pk: row.deal for row in rows}
    cards = cards_of(actor, rows, with_best=False)
    alike = [
        SimilarCard(card, deals[card.id].name, deals[card.id].state, round(found[card.id] * BASIS_POINTS))
        for card in cards
    ]
    return sorted(alike, key=lambda one: (-one.alike_bp, one.objection.id))


def _closest(actor: Actor, words: str, leave_out: UUID | None) -> dict[UUID, float]:
    """objection → how alike, 0..1."""
    asked = similar.terms(words)
    df = similarity.frequencies(asked)
    n = 1 + similarity.count()
    chosen = similar.worth_reading({term: min(count, n) for term, count in df.items() if count}, n)
    occurs: dict[int, list[bytes]] = {}
    for term, found in ObjectionTerm.objects.filter(term__in=chosen).values_list("term", "found"):
        occurs.setdefault(term, []).append(bytes(found))
    length = similar.norm(asked, {**dict.fromkeys(asked, 1), **df}, n)
    sums = similar.closest(occurs, df, n, LOOKED_AT[-1]) if length else []
    best: dict[UUID, float] = {}
    visible = Objection.objects.visible_to(actor).exclude(pk=leave_out)
    for start, end in pairwise(LOOKED_AT):
        part = dict(sums[start:end])
        for pk, serial, norm in visible.filter(serial__in=list(part)).values_list("pk", "serial", "norm"):
            cosine = min(1.0, part[serial] / (length * norm)) if norm else 0.0
            if cosine >= LEAST_ALIKE:
                best[pk] = cosine
        if len(best) >= MOST_SIMILAR or len(sums) <= end:
            break
    first = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SIMILAR]
    return dict(first)
