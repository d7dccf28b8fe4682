"""However few rows a plan looks at before it asks the index, what is found is what looking at every row finds."""

import itertools
import random

import pytest

from dawra.customers import search, search_plans
from dawra.customers.models import Person, SearchRow
from dawra.customers.tests.acts import a_company, a_person

NAMES = [
    "Mansour",
    "Mansouri",
    "Manso",
    "Ahmad",
    "Ahmadi",
    "Abdulrahman",
    "Abdulrahim",
    "أحمد",
    "أحمدي",
    "حداد",
    "حدادين",
]
ASKED = [
    "m", "ma", "man", "mans", "manso", "mansou", "mansour", "mansouri", "abdulrahma", "abdulrah", "ahmad mansou", "احم",
    "احمد", "احمدي", "حدا احمد", "zzz mansour", "mansour exampl", "exampl", "example", "e", "manso.ahmad@example", "x ex",
    "ahmad@exampl", "ahmad@example",
]  # fmt: skip


@pytest.fixture(params=["few rows", "as it is"])
def looked_at(request, monkeypatch):
    if request.param == "few rows":
        for name, few in (("COMPARED", 3), ("NEWEST", 3), ("OWN_NEWEST", 3), ("SAMPLE", 4), ("CHEAP_ROWS", 2)):
            monkeypatch.setattr(search_plans, name, few)


@pytest.fixture
def rows(system, sana, omar, lina):
    chance = random.Random(20261123)
    owners = itertools.cycle([sana, lina, None, lina, omar])
    for n in range(60):
        one, two = chance.choice(NAMES), chance.choice(NAMES)
        make = a_company if n % 4 == 0 else a_person
        make(system, next(owners), f"{one} {two}", f"{one}.{two}.{n}@example.example" if n % 3 else "")


def fitting(actor, text, kinds):
    """Ids by looking at every row one sees."""
    tokens, whole = search.tokens_of(text), []
    found = []
    for row in search.visible_rows(actor).filter(record_kind__in=kinds):
        words = row.folded.split()
        if set(tokens) <= set(words):
            whole.append(row.record_id)
        most = tokens[-1:] if "@" in text else tokens
        if all(token in words for token in tokens[: len(tokens) - len(most)]) and all(
            any(word.startswith(token) for word in words) for token in most
        ):
            found.append(row.record_id)
    return set(whole if whole and "@" in text else found), set(whole)


def test_every_reader_finds_what_fits_and_whole_words_first(actor, looked_at, rows, sana, omar, lina, zayn, admin):
    assert SearchRow.objects.count() == 60
    for member in (sana, omar, lina, zayn, admin):
        me = actor(member)
        for text in ASKED:
            for kinds in (("person", "company"), ("company",)):
                everything, whole = fitting(me, text, kinds)
                found = [one.id for one in search.find(me, text, kinds=kinds, limit=50)]
                assert set(found) == everything, (member.name, text, kinds)
                assert set(found[: len(whole)]) == whole, (member.name, text)
                short = [one.id for one in search.find(me, text, kinds=kinds, limit=2)]
                assert len(short) == min(2, len(everything)) and set(short) <= everything, (member.name, text)


def test_a_list_is_narrowed_to_the_same(actor, looked_at, rows, sana, omar, zayn, admin):
    for member in (sana, omar, zayn, admin):
        me = actor(member)
        for text in (one for one in ASKED if "@" not in one):
            everything, _whole = fitting(me, text, ("person",))
            found = search.narrowed(Person.objects.visible_to(me), text).values_list("pk", flat=True)
            assert set(found) == everything, (member.name, text)


def test_letters_that_only_python_knows_as_such_break_nothing(actor, sana, rows):
    for text in ("a\u19b0b", "\u19c8", "man\u1cf2sour", "𞤀𞤁 man"):
        search.find(actor(sana), text)
