"""Research briefs of the sample company: written in one step, and taken out with its ground.

Part of the sample's own act (site/sample), which asks, commits and keeps count.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from dawra.access.ids import new_id
from dawra.prospecting.models import BriefSlot, IcpProfile, Plan
from dawra.prospecting.rules.briefs import slots_of

MOST = 120
# slot → what a seller noted, in either language, and where from
TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    "priorities": (
        ("Cut delivery costs by a tenth this year", "annual report"),
        ("خفض زمن التوصيل قبل رمضان", "مكالمة"),
    ),
    "growth": (("Opened two depots in spring", "press"), ("افتتاح فرع جديد وتوظيف 40 سائقًا", "صحافة")),
    "funding": (("Raised 12 million in June", "filing"), ("تمويل بنكي لتوسيع الأسطول", "إفصاح")),
    "competitors": (("RouteRight showed them a trial", "call"), ("جرّبوا منافسًا في الصيف", "مكالمة")),
    "current_product": (("Spreadsheets and a messaging group", "call"), ("جداول إكسل وتتبّع قديم", "مكالمة")),
    "trigger": (("A new head of operations since September", "profile"), ("شكاوى من التأخير في التقييمات", "تقييمات")),
    "common_ground": (
        ("Their finance head worked with a customer of ours", "profile"),
        ("التقينا في معرض اللوجستيات", "معرض"),
    ),
    "role": (("Decides on fleet software together with finance", "call"), ("يقرر مع المدير المالي", "مكالمة")),
}


def write_briefs(kind: str, records: Sequence[tuple[UUID, UUID | None]], now: datetime, seed: int) -> None:
    """(record, who writes); some whole, some begun, some stale. In the caller's transaction."""
    rng = Random(seed)  # noqa: S311 - a sample, no secret
    rows = []
    for record_id, member_id in records[:MOST]:
        slots = slots_of(kind)
        written_at = now - timedelta(days=rng.choice((3, 12, 25, 40, 70, 130)), hours=rng.randrange(8))
        for slot in rng.sample(slots, rng.choice((1, 3, 5, len(slots)))):
            text, source = TEXTS[slot][rng.randrange(2)]
            rows.append(
                BriefSlot(
                    id=new_id(), record_kind=kind, record_id=record_id, slot=slot, text=text, source=source,
                    written_at=written_at, written_by_id=member_id, is_sample=True,
                )
            )  # fmt: skip
    BriefSlot.objects.bulk_create(rows, batch_size=200)


def take_out_briefs() -> None:
    BriefSlot.objects.filter(is_sample=True).delete()


def hand_over(members: Collection[UUID], to: UUID | None) -> None:
    """What members that go had written is the loader's from now on."""
    BriefSlot.objects.filter(written_by_id__in=list(members)).update(written_by_id=to)
    IcpProfile.objects.filter(made_by_id__in=list(members)).update(made_by_id=to)
    Plan.objects.filter(typed_by_id__in=list(members)).update(typed_by_id=to)
