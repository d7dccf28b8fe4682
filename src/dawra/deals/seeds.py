"""What a new workspace starts with: the default pipeline and the reasons for winning and losing. Pure data.

Probabilities are a starting point in basis points, to be replaced by the company's own history.
"""

from dataclasses import dataclass

from dawra.deals.rules import LOST, OPEN, WON


@dataclass(frozen=True, slots=True)
class CriterionSeed:
    """sort: field, activity or box; detail: the field or the kind of activity."""

    sort: str
    detail: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class StageSeed:
    code: str
    name: str
    name_ar: str
    type: str
    probability_bp: int
    stalled_after_days: int
    forecast_category: str
    criteria: tuple[CriterionSeed, ...] = ()


FRAMEWORK = "BANT"  # of framework_seeds: what the default pipeline is qualified by
PIPELINE = ("New business", "أعمال جديدة")


def _box(name: str, name_ar: str) -> CriterionSeed:
    return CriterionSeed("box", "", name, name_ar)


def _field(detail: str, name: str, name_ar: str) -> CriterionSeed:
    return CriterionSeed("field", detail, name, name_ar)


STAGES: tuple[StageSeed, ...] = (
    StageSeed(
        "prospecting",
        "Prospecting",
        "التنقيب",
        OPEN,
        500,
        14,
        "pipeline",
        (
            _box("Fits the ideal customer profile", "يطابق ملف العميل المثالي"),
            _field("people", "A named person to reach", "شخص محدّد للتواصل معه"),
        ),
    ),
    StageSeed(
        "research",
        "Research",
        "البحث",
        OPEN,
        1000,
        10,
        "pipeline",
        (
            _field("about", "Pain and trigger event written down", "تدوين المشكلة والحدث المحفّز"),
            _field("competitors", "Competitor in place known", "معرفة المنافس الحالي"),
        ),
    ),
    StageSeed(
        "first_contact",
        "First contact",
        "التواصل الأول",
        OPEN,
        2500,
        10,
        "pipeline",
        (
            _box("Budget, authority, need and timing confirmed", "تأكيد الميزانية والصلاحية والحاجة والتوقيت"),
            _field("next_step_on", "Next meeting booked", "حجز الاجتماع التالي"),
        ),
    ),
    StageSeed(
        "demo",
        "Product demo",
        "العرض التوضيحي",
        OPEN,
        4500,
        8,
        "pipeline",
        (
            _box("Demo answers their top three needs", "العرض يجيب عن أهم ثلاث حاجات"),
            _box("Success criteria agreed in writing", "الاتفاق كتابيًا على معايير النجاح"),
        ),
    ),
    StageSeed(
        "objections",
        "Handling objections",
        "معالجة الاعتراضات",
        OPEN,
        6500,
        10,
        "best_case",
        (
            _box("Every objection answered and accepted", "الإجابة عن كل اعتراض وقبوله"),
            _box("Quote sent", "إرسال عرض السعر"),
        ),
    ),
    StageSeed(
        "closing",
        "Closing",
        "الإغلاق",
        OPEN,
        8500,
        7,
        "commit",
        (
            _box("Close plan signed by both sides", "خطة إغلاق متفق عليها من الطرفين"),
            _field("signatory", "Contract with signatory", "العقد لدى المفوّض بالتوقيع"),
        ),
    ),
    StageSeed("won", "Won", "فوز", WON, 10000, 0, "closed"),
    StageSeed("lost", "Lost", "خسارة", LOST, 0, 0, "omitted"),
)

REASONS: tuple[tuple[str, str, str, str], ...] = (
    (WON, "fit", "Best fit for their need", "الأنسب لحاجتهم"),
    (WON, "price", "Price and terms", "السعر والشروط"),
    (WON, "relationship", "Trust in our people", "الثقة بفريقنا"),
    (WON, "speed", "Fast answers and delivery", "سرعة الرد والتسليم"),
    (WON, "reference", "Recommended by a customer", "توصية من عميل"),
    (WON, "other", "Another reason", "سبب آخر"),
    (LOST, "price", "Price too high", "السعر مرتفع"),
    (LOST, "competitor", "Chose a competitor", "اختيار منافس"),
    (LOST, "no_budget", "No budget", "لا توجد ميزانية"),
    (LOST, "no_decision", "No decision was made", "لم يُتخذ قرار"),
    (LOST, "timing", "Not the right time", "الوقت غير مناسب"),
    (LOST, "missing_feature", "Something they need is missing", "نقص أمر يحتاجونه"),
    (LOST, "no_answer", "Stopped answering", "انقطاع الرد"),
    (LOST, "not_a_fit", "Not a fit for us", "لا يناسبنا"),
    (LOST, "other", "Another reason", "سبب آخر"),
)
