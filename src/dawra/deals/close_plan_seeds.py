"""The steps a close plan begins with when nobody has written others. Pure data; the days are a judgement."""

from dataclasses import dataclass

from dawra.deals.models.plan import CLOSE, OURS, THEIRS


@dataclass(frozen=True, slots=True)
class UsualStep:
    """anchor: what days count from: after the start of the plan, or before the signature."""

    side: str
    days: int
    title: str
    title_ar: str = ""
    anchor: str = CLOSE

    @property
    def name(self) -> str:
        """As pages choose the reader's language."""
        return self.title

    @property
    def name_ar(self) -> str:
        return self.title_ar


USUAL: tuple[UsualStep, ...] = (
    UsualStep(THEIRS, 28, "Agree on what has to be proven", "الاتفاق على ما يجب إثباته"),
    UsualStep(OURS, 24, "Answer open questions in writing", "الإجابة عن الأسئلة المفتوحة كتابةً"),
    UsualStep(THEIRS, 18, "Confirm the budget with whoever decides on it", "تأكيد الميزانية مع صاحب القرار"),
    UsualStep(OURS, 14, "Send the quote and the contract", "إرسال عرض السعر والعقد"),
    UsualStep(THEIRS, 7, "Review by law and purchasing", "مراجعة الشؤون القانونية والمشتريات"),
    UsualStep(THEIRS, 0, "Sign", "التوقيع"),
    UsualStep(OURS, 0, "Set the date of the kick-off", "تحديد موعد الانطلاق"),
)
