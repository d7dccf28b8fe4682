"""Names of months, weekdays and halves of the day, folded: English, Arabic of the Levant, of Egypt and of the Maghreb, Hijri."""

from dawra.figures.words import fold

_ENGLISH = "january february march april may june july august september october november december".split()  # noqa: SIM905
_LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_EGYPT = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
_MAGHREB = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
_MOROCCO = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
_OTHERWISE = {"يونيه": 6, "يوليه": 7, "ابريل": 4, "نيسان": 4, "اذار": 3, "ايار": 5, "اب": 8, "كانون ثاني": 1, "تشرين اول": 10,
              "تشرين ثاني": 11, "كانون اول": 12, "sept": 9}  # fmt: skip
_HIJRI = (
    ("محرم", "المحرم", "muharram"),
    ("صفر", "safar"),
    ("ربيع الأول", "ربيع أول", "rabi al-awwal", "rabi al awwal", "rabi' al-awwal", "rabi i", "rabi' i"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع ثاني", "rabi al-thani", "rabi al thani", "rabi' al-thani", "rabi ii", "rabi' ii"),
    ("جمادى الأولى", "جمادى الاول", "jumada al-awwal", "jumada al-ula", "jumada al awwal", "jumada i"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادى الآخر", "jumada al-thani", "jumada al-akhirah", "jumada al thani", "jumada ii"),
    ("رجب", "rajab"),
    ("شعبان", "shaban", "sha'ban", "shaaban"),
    ("رمضان", "ramadan", "ramadhan"),
    ("شوال", "shawwal"),
    ("ذو القعدة", "ذي القعدة", "dhu al-qadah", "dhu al-qi'dah", "dhu al qadah", "dhul qadah", "dhul-qa'dah"),
    ("ذو الحجة", "ذي الحجة", "dhu al-hijjah", "dhu al hijjah", "dhul hijjah", "dhul-hijjah"),
)  # fmt: skip

GREGORIAN: dict[str, int] = {
    fold(name): number
    for names in (_ENGLISH, _LEVANT, _EGYPT, _MAGHREB, _MOROCCO)
    for number, name in enumerate(names, start=1)
}
GREGORIAN |= {name[:3]: number for number, name in enumerate(_ENGLISH, start=1)} | _OTHERWISE
HIJRI: dict[str, int] = {fold(name): number for number, names in enumerate(_HIJRI, start=1) for name in names}

WEEKDAYS = frozenset(
    fold(day)
    for day in [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "الاثنين",
        "الإثنين",
        "الثلاثاء",
        "الأربعاء",
        "الاربعاء",
        "الخميس",
        "الجمعة",
        "السبت",
        "الأحد",
        "اثنين",
        "ثلاثاء",
        "أربعاء",
        "خميس",
        "جمعة",
        "سبت",
        "أحد",
    ]
)
# What stands between the parts and says nothing. "م" after a date is the Christian era, after a time it is the evening.
FILLERS = frozenset(
    fold(word) for word in ("at", "on", "of", "the", "يوم", "في", "من", "الساعة", "ad", "ce", "م", "ميلادي", "و")
)
HIJRI_MARKS = frozenset(fold(word) for word in ("هـ", "ه", "هجري", "هجرية", "ah", "a.h"))
MORNING = frozenset(fold(word) for word in ("am", "a.m", "ص", "صباحا", "صباحاً"))
EVENING = frozenset(fold(word) for word in ("pm", "p.m", "م", "مساء", "مساءً"))
