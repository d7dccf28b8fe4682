"""Objections of the sample company: what buyers said where a deal went through the stage of objections.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dawra.access.actor import Actor
from dawra.deals import similarity, tallying
from dawra.deals.models import Answer, Deal, Objection, Reply
from dawra.journal.catalogue.objections import ObjectionAnswered, ObjectionLogged

STAGE = "objections"
SAID: tuple[tuple[str, str], ...] = (
    ("price", "Your price is above the other offer."),
    ("price", "السعر أعلى من ميزانيتنا لهذا العام."),
    ("trust", "Where does our drivers' location data live?"),
    ("trust", "لا نعرف أحدًا في قطاعنا يستخدم منتجكم."),
    ("timing", "We cannot change anything before the season ends."),
    ("timing", "الفريق مشغول حتى نهاية الربع."),
    ("competition", "We already use another system and it works."),
    ("competition", "المنافس يقدّم التدريب مجانًا."),
    ("product", "We need it to print the driver's manifest, and it does not."),
    ("product", "نحتاج إلى الربط مع نظام المستودعات."),
    ("authority", "The board has to approve this."),
    ("authority", "القرار عند المدير المالي."),
    ("need", "Our dispatchers manage well with spreadsheets."),
    ("need", "لا نرى حاجة إلى أكثر مما لدينا."),
)
OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"


class ObjectionWriter:
    """Which answers there are is read once."""

    def __init__(self) -> None:
        self._answers: dict[str, list[Answer]] = {}
        for answer in Answer.objects.filter(retired_at__isnull=True).order_by("created_at", "id"):
            self._answers.setdefault(answer.category, []).append(answer)

    def write(self, deals: Sequence[tuple[Deal, Actor, Sequence[tuple[str, datetime, datetime | None]]]]) -> None:
        """Of deals just written, with who signs and their visits. Part of the same transaction."""
        objections, replies = [], []
        for deal, signed, visits in deals:
            for code, entered, exited in visits:
                if code == STAGE:
                    objection, reply = self._of(deal, signed, entered, exited)
                    objections.append(objection)
                    replies += [reply] if reply else []
                    deal.open_objections += objection.settled_at is None
        Objection._base_manager.bulk_create(objections, batch_size=100)
        Reply.objects.bulk_create(replies, batch_size=100)
        Deal._base_manager.bulk_update(
            [deal for deal, _signed, _visits in deals if deal.open_objections], ["open_objections"], batch_size=100
        )
        similarity.index(objections)
        tallying.recount(reply.answer_id for reply in replies if reply.answer_id)

    def _of(
        self, deal: Deal, signed: Actor, entered: datetime, exited: datetime | None
    ) -> tuple[Objection, Reply | None]:
        dice = deal.pk.int >> 4
        category, words = SAID[dice % len(SAID)]
        outcome = (ACCEPTED, ACCEPTED, REFUSED)[dice // 16 % 3] if exited else (OPEN, ACCEPTED, REFUSED)[dice // 16 % 3]
        given_at = (exited or min(entered + timedelta(days=1), signed.now)) - timedelta(minutes=5)
        objection = Objection.signed_by(
            signed, deal=deal, owner_id=deal.owner_id, category=category, words=words, raised_at=entered, is_sample=True
        )
        objection.created_at = objection.updated_at = entered
        known = self._answers.get(category, [])
        if outcome == OPEN or not known:
            return objection, None
        # A proven answer is used more often than one nobody has tried.
        answer = known[0 if dice // 64 % 2 else dice // 128 % len(known)]
        objection.settled_at = given_at if outcome == ACCEPTED else None
        reply = Reply(
            objection=objection, answer=answer, number=answer.number, given_at=given_at, given_by_id=signed.member_id,
            accepted=outcome == ACCEPTED,
        )  # fmt: skip
        return objection, reply


def told(deal: Deal) -> list[Any]:
    """The journal's lines of a deal's objections, in order: (fact, about, at). 2 queries, none for most deals."""
    lines: list[Any] = []
    for one in Objection._base_manager.filter(deal=deal).order_by("raised_at"):
        logged = ObjectionLogged(deal.pk, deal.name, one.pk, one.category, words=one.words)
        lines.append((logged, [deal], one.raised_at))
        for reply in one.replies.order_by("given_at"):
            answered = ObjectionAnswered(
                deal.pk, deal.name, one.pk, one.category, reply.pk, reply.answer_id, reply.number, reply.accepted
            )
            lines.append((answered, [deal], reply.given_at))
    return lines
