import pytest
from django.utils.translation import override

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.bin import delete_record
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.contact import add_point
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.models import BlockKey
from dawra.customers.queries.duplicates import likely
from dawra.customers.rules import point


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def mohammed(actor, sana):
    plan = NewPerson(name="Mohammed Al-Harbi", points=(NewPoint("phone", "+966501234567"),), city="Riyadh")
    return add_person(actor(sana), plan=plan).record


@pytest.mark.parametrize("written", ["Muhammad Alharbi", "محمد الحربي", "Mohamed Al Harby"])
def test_a_name_is_found_however_it_is_written_and_the_reason_is_said(actor, sana, mohammed, written):
    phone = point("phone", "0501234567", "SA")
    (found,) = likely(actor(sana), "person", [written], [phone])
    assert found.id == mohammed.pk and not found.blocks
    assert found.reasons == "same phone; name sounds the same"
    with override("ar"):
        assert found.reasons == "الهاتف نفسه؛ الاسم يُنطق مثله"


def test_a_slip_of_the_pen_is_told_in_percent(actor, sana, mohammed):
    (found,) = likely(actor(sana), "person", ["Mohammed Alharbl"], [point("phone", "0501234567", "SA")])
    assert found.reasons.startswith("same phone; name 85 ") and found.reasons.endswith("% alike")


def test_a_stranger_hears_nothing_of_a_like_name(actor, zayn, mohammed):
    assert likely(actor(zayn), "person", ["Mohammed Al-Harbi"], [point("phone", "0501234567", "SA")]) == []


def test_a_stranger_hears_only_that_a_unique_address_is_taken(actor, sana, zayn, mohammed):
    add_point(actor(sana), kind="person", record_id=mohammed.pk, point=NewPoint("email", "m@harbi.example"))
    (found,) = likely(actor(zayn), "person", ["Mohammed Al-Harbi"], [point("email", "m@harbi.example", "")])
    assert (found.id, found.name, found.blocks) == (None, "", True)


def test_a_company_is_found_by_its_site_and_by_its_sound(actor, sana):
    nile = add_company(
        actor(sana), plan=NewCompany(name="Nile Foods LLC", points=(NewPoint("site", "nile.example"),))
    ).record
    (found,) = likely(actor(sana), "company", ["Nile Food"], [point("site", "https://www.nile.example/x", "")])
    assert found.id == nile.pk and found.blocks and found.reasons.startswith("same website")


def test_keys_follow_the_record(actor, sana, admin, mohammed):
    before = BlockKey.objects.filter(record_id=mohammed.pk).count()
    add_point(actor(sana), kind="person", record_id=mohammed.pk, point=NewPoint("email", "mharbi@x.example"))
    assert BlockKey.objects.filter(record_id=mohammed.pk).count() > before > 0
    delete_record(actor(admin), kind="person", record_id=mohammed.pk)
    assert not BlockKey.objects.filter(record_id=mohammed.pk).exists()
