"""Rules of what to do next that a new workspace starts with. Pure data; days and urgency are a starting point by judgement.

The company's own history soon says how far each is worth following: see next_best_history.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Seed:
    """urgency: percent on the first day, percent later, after how many days. The rest is as in figures/next_best.Rule."""

    code: str
    name: str
    name_ar: str
    condition: str
    act: str
    days: int = 0
    urgency: tuple[int, int, int] = (100, 100, 0)
    from_bp: int = 0
    to_bp: int = 10_000
    least: int = 0
    weight_pc: int = 100

    def values(self, position: int) -> dict[str, Any]:
        plain = asdict(self)
        first, then, after = plain.pop("urgency")
        return plain | {
            "urgent_from_pc": first,
            "urgent_to_pc": then,
            "urgent_days": after,
            "position": position,
        }


SEEDS: tuple[Seed, ...] = (
    Seed(
        "lead_overdue",
        "Answer the overdue lead",
        "الرد على عميل محتمل تجاوز موعد الرد",
        "lead_overdue",
        "call",
        0,
        (150, 60, 10),
    ),
    Seed(
        "next_step_due",
        "Do the next step that is due",
        "تنفيذ الخطوة التالية المستحقة",
        "next_step",
        "step",
        0,
        (120, 180, 7),
    ),
    Seed(
        "answer_objection",
        "Answer the open objection",
        "الإجابة عن الاعتراض المفتوح",
        "objection",
        "answer",
        2,
        (120, 180, 5),
    ),
    Seed(
        "ask_about_quote",
        "Ask what they think of the quote",
        "السؤال عن رأيهم في عرض السعر",
        "quote_opened",
        "call",
        2,
        (140, 70, 21),
    ),
    Seed(
        "quote_unread",
        "Call: the quote has not been opened",
        "اتصال: لم يُفتح عرض السعر",
        "quote_unread",
        "call",
        3,
        (110, 90, 14),
    ),
    Seed(
        "send_quote",
        "Finish the quote and send it",
        "إكمال عرض السعر وإرساله",
        "quote_draft",
        "quote",
        2,
        (110, 140, 7),
    ),
    Seed("report_demo", "Note how the demo went", "تدوين نتيجة العرض التوضيحي", "demo_waits", "demo", 0, (120, 160, 5)),
    Seed(
        "step_after_demo",
        "Agree what follows the demo",
        "الاتفاق على ما بعد العرض التوضيحي",
        "demo_no_step",
        "step",
        0,
        (130, 80, 14),
    ),
    Seed(
        "close_passed",
        "Set a close date that holds",
        "تحديد موعد إغلاق واقعي",
        "close_passed",
        "close_date",
        0,
        (90, 130, 14),
    ),
    Seed(
        "close_near",
        "Call: the close date is near",
        "اتصال: موعد الإغلاق قريب",
        "close_near",
        "call",
        7,
        (80, 150, 7),
        4000,
    ),
    Seed("stalled", "Get the stalled deal moving", "تحريك الصفقة الراكدة", "stalled", "call", 0, (100, 60, 30)),
    Seed(
        "qualify",
        "Close the gaps in qualification",
        "سدّ ثغرات التأهيل",
        "unqualified",
        "qualify",
        3,
        (90, 130, 14),
        4000,
        10_000,
        60,
    ),
    Seed(
        "find_buyer",
        "Find who decides on the money",
        "معرفة صاحب قرار الشراء",
        "no_buyer",
        "person",
        3,
        (90, 120, 14),
        2500,
    ),
    Seed(
        "meet_buyer",
        "Meet whoever decides on the money",
        "لقاء صاحب قرار الشراء",
        "buyer_silent",
        "meeting",
        14,
        (90, 130, 21),
        2500,
    ),
    Seed(
        "second_contact",
        "Meet a second contact",
        "التعرّف إلى جهة اتصال ثانية",
        "single_threaded",
        "person",
        7,
        (80, 120, 21),
        2500,
        10_000,
        2,
    ),
    Seed("no_next_step", "Set a next step", "تحديد خطوة تالية", "no_next_step", "step", 0, (90, 110, 14)),
    Seed(
        "research",
        "Finish the research before the first call",
        "إكمال البحث قبل المكالمة الأولى",
        "brief",
        "research",
        1,
        (80, 110, 7),
        0,
        4000,
    ),
)
