"""Custom fields without code: typed, filtered, indexed, required, and never lost."""

from uuid import uuid4

import pytest
from django.db import connection

from dawra.access.errors import Conflict, Invalid, Refused
from dawra.customers import rules
from dawra.customers.actions.fields import (
    FieldPlan,
    archive_field,
    bring_back_field,
    change_field,
    define_field,
    order_fields,
)
from dawra.customers.actions.lifecycle import set_lifecycle
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.indexing import index_name
from dawra.customers.models import Person
from dawra.customers.queries.fields import fields_of
from dawra.customers.queries.lists import matching
from dawra.customers.rules import FieldCard, Option, Wrong
from dawra.customers.search import find
from dawra.journal import jobs
from dawra.journal.models import Entry
from dawra.journal.undo import undo

GOLD = (Option("", "Gold", "ذهبي"), Option("", "Silver", "فضي"))


def field(type, **more):
    return FieldCard(uuid4(), "person", "k", type, "K", **more)


@pytest.mark.parametrize(
    ("type", "written", "stored"),
    [
        ("text", "  a  b ", "a b"), ("long_text", "a\n b", "a\n b"), ("number", "١٬٢٣٤٫٥", 1234.5), ("number", "12.0", 12),
        ("number", 0, 0), ("money", "1,200.5 sar", {"minor": 120050, "currency": "SAR"}),
        ("money", "3.125 KWD", {"minor": 3125, "currency": "KWD"}), ("money", "5", {"minor": 500, "currency": "USD"}),
        ("date", "٢٠٢٦-١١-٢٣", "2026-11-23"), ("yes_no", "نعم", True), ("yes_no", False, False), ("choice", "ذهبي", "gold"),
        ("choices", "gold، silver", ["gold", "silver"]), ("link", "x.example/a", "https://x.example/a"), ("text", "", None),
    ],
)  # fmt: skip
def test_every_type_reads_what_people_write(type, written, stored):
    options = (Option("gold", "Gold", "ذهبي"), Option("silver", "Silver"))
    assert rules.parse(field(type, options=options), written, currency="USD") == stored


@pytest.mark.parametrize(
    ("type", "written"),
    [
        ("number", "1e400"), ("number", "12345678901234567"), ("number", "NaN"), ("number", "x"), ("money", "SAR"),
        ("money", {"minor": 1.5, "currency": "SAR"}), ("date", "2026-13-01"), ("choice", "iron"), ("yes_no", "maybe"),
        ("link", "javascript:alert(1)"), ("link", "data:text/html,x"), ("text", "x" * 501), ("person", "Huda"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(type, written):
    with pytest.raises(Wrong):
        rules.parse(field(type), written, currency="USD")


@pytest.mark.parametrize("text", ["0.1", "123456.789", "-0.000001", "999999999999999"])
def test_a_number_comes_back_as_it_was_written(text):
    import json
    from decimal import Decimal

    stored = json.loads(json.dumps(rules.parse(field("number"), text)))
    assert rules.number(stored) == Decimal(text)
    assert rules.from_plain(field("number"), rules.plain(stored)) == stored


def values(signed):
    """One field of each type, and a person who has a value in each."""
    cards = {
        type: define_field(signed, record_kind="person", type=type, plan=FieldPlan(f"F {type}", options=GOLD))
        for type in ("text", "number", "money", "date", "choice", "choices", "yes_no", "person", "link")
    }
    for type in ("number", "money", "date", "choice", "yes_no", "person"):
        jobs.run_now("customers.index_field", signed.now, field_id=str(cards[type].id))
    person = add_person(signed, plan=NewPerson(name="Other")).record
    written = {
        "text": "Blue whale", "number": "12.5", "money": "1200.50 SAR", "date": "2026-11-23", "choice": "Gold",
        "choices": ["Gold", "Silver"], "yes_no": "1", "person": str(person.pk), "link": "https://x.example",
    }  # fmt: skip
    plan = NewPerson(name="Huda", custom={cards[type].key: value for type, value in written.items()})
    return cards, add_person(signed, plan=plan).record, person


def test_a_list_filters_by_every_type_on_this_database(actor, admin):
    signed = actor(admin)
    cards, huda, other = values(signed)
    asked = {
        "text": ["=blue whale", "__has=WHALE", "__has=x", "__empty=0"],
        "number": ["=12.5", "__gte=12", "__gte=13", "__lte=12.5"],
        "money": ["__gte=1200", "__gte=1201", "__lte=1200.50"],
        "date": ["=2026-11-23", "__gte=2026-11-24", "__lte=2026-11-23"],
        "choice": ["=gold", "__in=gold,silver", "=silver", "__not=silver"],
        "choices": ["=silver", "__in=silver", "__not=gold"],
        "yes_no": ["=1", "=0"],
        "person": [f"={other.pk}", f"={huda.pk}"],
    }
    found = {
        f"{type}{end}": {p.name for p in matching(signed, "person", f"custom_{cards[type].key}{end}")}
        for type, ends in asked.items()
        for end in ends
    }
    nothing = {"text__has=x", "number__gte=13", "money__gte=1201", "date__gte=2026-11-24", "choice=silver", "yes_no=0"}
    nothing |= {f"person={huda.pk}"}
    for question, names in found.items():
        if question == "choice__not=silver":
            assert names == {"Huda", "Other"}, question
        elif question == "choices__not=gold":
            assert "Huda" not in names
        elif question == "text=blue whale":
            assert names <= {"Huda"}
        else:
            assert names == (set() if question in nothing else {"Huda"}), question


def test_an_index_is_made_used_and_dropped_outside_the_request(actor, admin):
    signed = actor(admin)
    card = define_field(signed, record_kind="person", type="choice", plan=FieldPlan("Tier", options=GOLD))
    jobs.run_now("customers.index_field", signed.now, field_id=str(card.id))
    jobs.run_now("customers.index_field", signed.now, field_id=str(card.id))
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "customers_person")
    assert index_name(card) in names
    rows = matching(signed, "person", f"custom_{card.key}=gold").order_by()
    if connection.vendor == "sqlite":
        assert index_name(card) in rows.explain()
    archive_field(signed, field_id=card.id)
    jobs.run_now("customers.index_field", signed.now, field_id=str(card.id))
    with connection.cursor() as cursor:
        assert index_name(card) not in connection.introspection.get_constraints(cursor, "customers_person")


def test_renaming_and_archiving_lose_nothing(actor, admin):
    signed = actor(admin)
    cards, huda, _other = values(signed)
    key = cards["choice"].key
    done = change_field(
        signed,
        field_id=cards["choice"].id,
        plan=FieldPlan("Level", options=(Option("", "Silver"), Option("", "Bronze"))),
    )
    after = {card.key: card for card in fields_of("person")}[key]
    assert [(o.code, o.archived) for o in after.options] == [("silver", False), ("bronze", False), ("gold", True)]
    assert Person.fetch(signed, huda.pk).custom[key] == "gold"
    edit_person(signed, person_id=huda.pk, changes={f"custom.{key}": "gold", "city": "Cairo"})  # what is there may stay
    with pytest.raises(Invalid):
        add_person(signed, plan=NewPerson(name="New", custom={key: "gold"}))
    undo(signed, key=done.key)
    archived = archive_field(signed, field_id=cards["text"].id)
    assert cards["text"].key not in {card.key for card in fields_of("person")}
    bring_back_field(signed, field_id=cards["text"].id)
    assert Person.fetch(signed, huda.pk).custom[cards["text"].key] == "Blue whale"
    with pytest.raises(Conflict):
        undo(signed, key=archived.key)


def test_a_custom_edit_with_a_fraction_is_told_and_taken_back(actor, admin):
    signed = actor(admin)
    cards, huda, _other = values(signed)
    key = cards["number"].key
    done = edit_person(signed, person_id=huda.pk, changes={f"custom.{key}": "99"})
    assert done.entry.facts["changes"] == {f"custom.{key}": ["12.5", 99]}
    undo(signed, key=done.entry.key)
    assert Person.fetch(signed, huda.pk).custom[key] == 12.5


def test_a_required_field_holds_up_the_stage_not_the_record(actor, admin):
    signed = actor(admin)
    plan = FieldPlan("Budget", required_at=("opportunity",))
    card = define_field(signed, record_kind="person", type="money", plan=plan)
    huda = add_person(signed, plan=NewPerson(name="Huda")).record
    with pytest.raises(Invalid) as refusal:
        set_lifecycle(signed, kind="person", record_id=huda.pk, to_stage="customer")
    assert refusal.value.facts["missing"] == [card.key]
    edit_person(signed, person_id=huda.pk, changes={f"custom.{card.key}": "10 SAR"})
    set_lifecycle(signed, kind="person", record_id=huda.pk, to_stage="customer")
    with pytest.raises(Invalid):
        edit_person(signed, person_id=huda.pk, changes={f"custom.{card.key}": ""})


def test_a_searchable_field_is_found_in_both_scripts(actor, admin):
    signed = actor(admin)
    plan = FieldPlan("Tier", options=GOLD)
    card = define_field(signed, record_kind="person", type="choice", plan=plan)
    huda = add_person(signed, plan=NewPerson(name="Huda", custom={card.key: "Gold"})).record
    assert not find(signed, "ذهبي")
    change_field(signed, field_id=card.id, plan=FieldPlan("Tier", options=GOLD, searchable=True))
    jobs.run_now("customers.refind", signed.now, kind="person")
    assert [one.id for one in find(signed, "ذهبي")] == [huda.pk]
    assert [one.id for one in find(signed, "gold")] == [huda.pk]


def test_keys_are_never_used_twice_and_arabic_names_get_one(actor, admin):
    signed = actor(admin)
    keys = [define_field(signed, record_kind=k, type="text", plan=FieldPlan(n)).key for k, n in
            (("person", "Tax no."), ("company", "Tax no."), ("deal", "الرقم الضريبي"), ("deal", "12"))]  # fmt: skip
    assert keys == ["tax_no", "tax_no_2", "field", "field_12"]


def test_fields_stand_in_the_order_given(actor, admin):
    signed = actor(admin)
    one, _two, three = (define_field(signed, record_kind="deal", type="text", plan=FieldPlan(n)) for n in "abc")
    order_fields(signed, record_kind="deal", field_ids=[three.id, one.id])
    assert [card.key for card in fields_of("deal")] == ["c", "a", "b"]


def test_only_who_may_defines_fields(actor, sana, zayn, client_of, admin):
    for member in (sana, zayn):
        with pytest.raises(Refused):
            define_field(actor(member), record_kind="person", type="text", plan=FieldPlan("X"))
        assert client_of(member).get("/settings/fields/").status_code == 403
    assert not Entry.objects.filter(kind="customers.field_defined.1").exists()
    client = client_of(admin)
    client.post(
        "/settings/fields/add/",
        {"record_kind": "person", "type": "choice", "name": "Tier", "options": "Gold | ذهبي\nX"},
    )
    (card,) = fields_of("person")
    assert [(o.code, o.name_ar) for o in card.options] == [("gold", "ذهبي"), ("x", "")]
    assert client.get(f"/settings/fields/{card.id}/").status_code == 200
    assert "Tier" in client.get("/settings/fields/").content.decode()
