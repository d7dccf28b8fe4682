"""Names sound the same in either script, and different names stay different."""

from itertools import combinations

import pytest

from dawra.figures.matching import KINDS, PEOPLE, blocking_keys
from dawra.figures.matching.names import words_of, words_of_company
from dawra.figures.matching.sounds import SOUND, alike

SAME = [
    "محمد Mohammed Muhammad Mohamed Mohammad",
    "فاطمة Fatima Fatma Fatimah",
    "خالد Khalid Khaled",
    "يوسف Yousef Youssef Yusuf",
    "حسين Hussein Husain Hossein",
    "ليلى Layla Leila Laila",
    "وليد Walid Waleed Oualid",
    "جمال Jamal Gamal Djamel",
    "الحربي Al-Harbi Alharbi El-Harby",
    "العتيبي Al-Otaibi Alotaibi",
    "عائشة Aisha Ayesha Aicha",
]
JOINED = [
    ("عبد الله", "عبدالله", "Abdullah", "Abdallah", "Abd Allah"),
    ("عبد الرحمن", "Abdul-Rahman", "Abdel Rahman", "Abdurrahman"),
    ("نور الدين", "Noureddine", "Nour El-Din", "Nuruddin"),
    ("أبو بكر", "Abu Bakr", "Abubakr"),
    ("بوعزيز", "Bou-Aziz", "Bou Aziz", "Bouaziz"),
]
DIFFERENT = [
    ("Yousef", "Joseph"),
    ("يوسف", "Joseph"),
    ("حسن", "حسين"),
    ("Hassan", "Hussein"),
    ("حسن", "Hussein Ali"),
    ("Mahmoud", "Mohammed"),
    ("محمود", "Mohammed"),
    ("محمد", "أحمد"),
    ("Amin", "Amina"),
    ("أمين", "Amina"),
    ("سعيد", "سعد"),
]


def _likeness(one: str, other: str) -> float:
    a, b = words_of(one), words_of(other)
    return min(alike(x, y) for x, y in zip(a, b, strict=True)) if len(a) == len(b) else 0.0


@pytest.mark.parametrize("spellings", SAME)
def test_the_spellings_of_a_name_sound_the_same(spellings: str) -> None:
    assert not [pair for pair in combinations(spellings.split(), 2) if _likeness(*pair) < SOUND]


@pytest.mark.parametrize("spellings", JOINED)
def test_abd_and_din_belong_to_the_word_beside_them(spellings: tuple[str, ...]) -> None:
    assert {len(words_of(name)) for name in spellings} == {1}
    assert not [pair for pair in combinations(spellings, 2) if _likeness(*pair) < SOUND]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_name_never_sounds_the_same(one: str, other: str) -> None:
    assert _likeness(one, other) < SOUND


def test_a_slip_of_the_pen_is_likelier_than_another_name() -> None:
    assert _likeness("Johnson", "Jonhson") > 0.88 > _likeness("Johnson", "Jackson")


def test_titles_articles_and_bin_are_no_part_of_a_name() -> None:
    assert words_of("Dr. Ahmed bin Ali") == words_of("Ahmed Ali")
    assert words_of("م. أحمد علي") == words_of("أحمد علي")
    assert len(words_of("M. Ali")) == 2, "before one name a letter is an initial"


def test_a_legal_form_is_no_part_of_a_company() -> None:
    assert words_of_company("Nile Foods LLC") == words_of_company("NILE  FOODS, Ltd.")


def test_the_scripts_meet_in_a_key() -> None:
    arabic = blocking_keys(PEOPLE, {"name": "محمد بن عبد الله الحربي"})
    latin = blocking_keys(PEOPLE, {"name": "Alharbi, Mohammed Abdallah"})
    assert set(blocking_keys(PEOPLE, {"name": "Muhammad Al-Harbi"})) & set(arabic)
    assert len(latin) == len(arabic) == 2
    assert set(latin) & set(arabic), "whichever of three words is written first"


def test_keys_are_short_and_the_same_every_time() -> None:
    record = {"name": "Sana Haddad", "email": "s" * 300 + "@example.com", "phone": ["+966 50 123 4567", "٠٥٠١٢٣٤٥٦٧"]}
    keys = blocking_keys(PEOPLE, record)
    assert keys == blocking_keys(PEOPLE, dict(reversed(record.items())))
    assert max(map(len, keys)) <= 48
    assert "1:01234567" in keys and len([key for key in keys if key.startswith("1:")]) == 1


def test_nothing_gives_no_keys() -> None:
    assert blocking_keys(PEOPLE, {"name": "", "email": None, "phone": []}) == ()


@pytest.mark.parametrize(
    "odd", ["ـ", "ء", "---", "'", "\u200f", "عبد", "al", "بن", "x" * 5000, "١٢٣", "😀 😀", "a. b. c.", "اللل"]
)
def test_no_name_is_too_odd_to_be_compared(odd: str) -> None:
    for word in words_of(odd):
        assert 0 <= alike(word, words_of("Ali")[0]) <= 1
    blocking_keys(PEOPLE, {"name": odd, "company": odd, "city": odd, "email": odd, "phone": odd})


@pytest.mark.parametrize(("latin", "arabic"), [("Sathi", "السطحي"), ("Latti", "اللطتي"), ("Makhoukh", "مكهوخ")])
def test_two_arabic_letters_that_latin_writes_as_one_are_a_slip_at_most(latin: str, arabic: str) -> None:
    one, other = words_of(f"Sami {latin}"), words_of(f"سامي {arabic}")
    assert KINDS["name"].compare(one, other)[0] <= KINDS["name"].levels.index("near")  # type: ignore[index]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("jholden@yahoo.com", "jholden@yahoo.cm", "slip"),
        ("yaldosari@hotmail.com", "yaldosrai@hotmail.com", "slip"),
        ("ali@gmail.com", "ali@ymail.com", "near"),
        ("ahmad.ali@x.example", "ahmed.ali@x.example", "near"),
        ("psmith@x.example", "ssmith@x.example", "near"),
        ("ahmed7@x.example", "ahmed8@x.example", "other"),
        ("ahmed.ali@x.example", "ahmed.ali@nile.example", "local"),
    ],
)
def test_a_slip_in_an_address_is_told_from_another_spelling_and_another_person(
    one: str, other: str, level: str
) -> None:
    found = KINDS["email"].compare(one, other)
    assert found and KINDS["email"].levels[found[0]] == level


def test_a_digit_left_out_of_a_phone_is_near_wherever_it_stood() -> None:
    assert KINDS["phone"].compare("966536912450", "96653691250")[0] == 1  # type: ignore[index]
    assert KINDS["phone"].compare("966536912450", "966536912460")[0] == 1  # type: ignore[index]
    assert KINDS["phone"].compare("966536912450", "966536918860")[0] == 2  # type: ignore[index]
