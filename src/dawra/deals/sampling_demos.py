"""Demos of the sample company: one for most deals that went through the stage of demos, held and reported.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dawra.access.actor import Actor
from dawra.deals.models import Deal, Demo, DemoItem, DemoPerson
from dawra.deals.models.demo import DEMO_TYPES, HELD, NO_SHOW
from dawra.figures.words import fold
from dawra.journal.catalogue.demos import DemoHeld, DemoMissed

STAGE = "demo"
# (feature, in how many of 16 demos it is shown)
FEATURES: tuple[tuple[str, int], ...] = (
    ("Route planning", 14),
    ("Driver app", 10),
    ("Delay report", 8),
    ("تنبيهات الوقود", 6),
    ("Fuel report", 4),
)
PAINS = ("Late deliveries", "تكلفة الوقود في ارتفاع", "Dispatchers plan by hand", "لا نعرف أين الشاحنات")
GAPS = ("Offline map", "ربط مع نظام المحاسبة")
LOVED, LIKED, DOUBTED = "loved", "liked", "doubted"
STEPS = ("Send the offer", "إرسال عرض السعر", "Trial with two vans")


class DemoWriter:
    """Writes demos of deals just written, and says what the journal is to tell of them."""

    def write(
        self, deals: Sequence[tuple[Deal, Actor, Sequence[tuple[str, datetime, datetime | None]], Sequence[Any]]]
    ) -> dict[Any, list[Any]]:
        """(deal, who signs, visits, people) → lines by deal: (fact, about, at). Part of the same transaction."""
        demos, items, people = [], [], []
        told: dict[Any, list[Any]] = {}
        for deal, signed, visits, roles in deals:
            for code, entered, exited in visits:
                dice = deal.pk.int >> 9
                if code != STAGE or dice % 8 == 0 or exited is None:
                    continue
                demo = self._demo(deal, signed, entered + (exited - entered) / 2, dice)
                demos.append(demo)
                fact: Any = DemoMissed(deal.pk, deal.name, demo.pk)
                if demo.state == HELD:
                    items += self._items(demo, dice)
                    fact = DemoHeld(deal.pk, deal.name, demo.pk, demo.type, bool(demo.next_step))
                people += [
                    DemoPerson(demo=demo, person_id=person, role=role, came=demo.state == HELD)
                    for person, role in roles
                ]
                told.setdefault(deal.pk, []).append((fact, [demo, deal], demo.starts_at))
        Demo._base_manager.bulk_create(demos, batch_size=100)
        DemoItem.objects.bulk_create(items, batch_size=200)
        DemoPerson.objects.bulk_create(people, batch_size=200)
        return told

    def _demo(self, deal: Deal, signed: Actor, at: datetime, dice: int) -> Demo:
        held = dice // 8 % 12 > 0
        # Deals that are won more often left their demo with a next step.
        step = held and (dice // 128 % 4 > 0 if deal.state == "won" else dice // 128 % 2 > 0)
        demo = Demo.signed_by(
            signed, deal=deal, owner_id=deal.owner_id, type=DEMO_TYPES[0 if dice % 3 else 1], state=HELD if held else NO_SHOW,
            starts_at=at, minutes=45, pains=[PAINS[dice % len(PAINS)]], is_sample=True, moved=int(dice % 7 == 0),
            gaps=[GAPS[dice % len(GAPS)]] if held and dice % 5 == 0 else [],
            next_step=STEPS[dice % len(STEPS)] if step else "",
            next_step_on=(at + timedelta(days=5)).date() if step else None,
        )  # fmt: skip
        demo.created_at = demo.updated_at = at
        return demo

    def _items(self, demo: Demo, dice: int) -> list[DemoItem]:
        chosen = [(name, (dice >> (4 * place)) % 16 < often) for place, (name, often) in enumerate(FEATURES)]
        reactions = (LOVED, LIKED, LIKED, DOUBTED, "")
        return [
            DemoItem(
                demo=demo, name=name, folded=fold(name), shown=True, reaction=reactions[(dice >> place) % 5], position=place
            )
            for place, (name, shown) in enumerate(chosen)
            if shown
        ]  # fmt: skip
