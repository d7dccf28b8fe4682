"""What to call somebody at the beginning of a letter."""

# Written before names, in either script, with or without a full stop.
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "eng",
        "sir",
        "madam",
        "sheikh",
        "shaikh",
        "أ",
        "د",
        "م",
        "ا",
        "السيد",
        "السيدة",
        "الأستاذ",
        "الأستاذة",
        "الدكتور",
        "الدكتورة",
        "المهندس",
        "المهندسة",
        "الشيخ",
        "الآنسة",
        "أستاذ",
        "أستاذة",
        "دكتور",
        "دكتورة",
        "مهندس",
        "مهندسة",
    ]
)
# The first half of names of two words.
_HALVES = frozenset(
    [
        "عبد",
        "أبو",
        "أم",
        "ابو",
        "ام",
        "آل",
        "بنت",
        "بن",
        "abd",
        "abdul",
        "abdel",
        "abdal",
        "abu",
        "umm",
        "bin",
        "ibn",
        "al",
        "el",
        "van",
        "von",
        "de",
        "da",
    ]
)


def first_name(name: str) -> str:
    """“Dr. Huda Salem” is Huda, «عبد الله الحربي» is عبد الله; "" for a name without one."""
    words = name.replace("/", " ").split()
    while len(words) > 1 and words[0].strip(".,").lower() in _TITLES:
        words = words[1:]
    if not words:
        return ""
    if len(words) > 1 and words[0].strip(".").lower() in _HALVES:
        return f"{words[0]} {words[1]}"
    return words[0].strip(",")
