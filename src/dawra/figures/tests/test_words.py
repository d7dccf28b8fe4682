"""Words are found however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawra.figures.words import fold, named, western_digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أَحْمَد", "احمد"),
        ("إبراهيم", "ابراهيم"),
        ("آمنة", "امنه"),
        ("فاطمة", "فاطمه"),
        ("هدى", "هدي"),
        ("مؤمن", "مومن"),
        ("محـــمد", "محمد"),
        ("٠٥٥ ١٢٣", "055 123"),
        ("José  ÁLVAREZ", "jose alvarez"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("Straße", "straße"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert fold("سعيد") != fold("سعد")
    assert fold("Ali") != fold("Alia")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_digits_of_every_script_are_read() -> None:
    assert western_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹") == "0123456789 0123456789"


def test_a_reader_always_gets_a_name() -> None:
    assert named("Huda", "هدى", "ar") == "هدى"
    assert named("Huda", "", "ar") == "Huda"
    assert named("", "هدى", "en") == "هدى"
