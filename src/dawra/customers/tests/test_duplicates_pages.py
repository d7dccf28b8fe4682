from itertools import pairwise

import pytest

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.duplicates.suggesting import suggest
from dawra.customers.models import DuplicatePair, DuplicateSearch, Merge, Person
from dawra.customers.queries.timeline import timeline_of
from dawra.customers.tests.test_seeking_duplicates import whole_search
from tests.cast import NOW


@pytest.fixture
def pair(actor, sana):
    for name, more in (
        ("Huda Amin", {"about": "Likes tea"}),
        ("Huda Amin", {"city": "Riyadh", "about": "Buys in May"}),
    ):
        plan = NewPerson(name=name, points=(NewPoint("phone", "+966501234567"),), tags=("vip",), **more)
        add_person(actor(sana), plan=plan)
    whole_search()
    return DuplicatePair.objects.get()


def test_the_page_shows_pairs_and_why(client_of, sana, zayn, pair):
    shown = client_of(sana).get("/duplicates/").content.decode()
    assert "Huda Amin" in shown and "same phone; same name" in shown and "exact" in shown
    assert "Huda Amin" not in client_of(zayn).get("/duplicates/").content.decode()
    assert client_of(zayn).get(f"/duplicates/{pair.pk}/").status_code == 404


def test_merging_takes_field_by_field_and_the_old_address_leads_on(client_of, actor, sana, zayn, pair):
    client = client_of(sana)
    shown = client.get(f"/duplicates/{pair.pk}/").content.decode()
    assert "Keep both texts" in shown and "+966" in shown
    said = {"keep": "other", "take_city": "other", "take_about": "both", "version_one": "1", "version_other": "1"}
    answer = client.post(f"/duplicates/{pair.pk}/merge/", said)
    assert answer.status_code == 302, answer.content
    kept = Person.fetch(actor(sana), pair.b_id)
    assert (kept.city, kept.about) == ("Riyadh", "Buys in May\n\nLikes tea")
    assert client.get(f"/people/{pair.a_id}/").headers["Location"] == f"/people/{pair.b_id}/"
    assert client_of(zayn).get(f"/people/{pair.a_id}/").status_code == 404
    client.get("/settings/")  # takes the toast along
    assert "Huda" not in client.get("/bin/").content.decode().partition("<main")[2]
    merge = Merge.objects.get()
    assert client_of(zayn).post(f"/merges/{merge.pk}/take-apart/").status_code == 404
    assert client.post(f"/merges/{merge.pk}/take-apart/").status_code == 302
    assert client.get(f"/people/{pair.a_id}/").status_code == 200
    for one in (pair.a_id, pair.b_id):
        days = timeline_of(actor(sana), Person.fetch(actor(sana), one)).days
        offered = {told.line.kind.code: told.can_undo for day in days for told in day.lines}
        assert offered["customers.merged.1"] is False and "customers.unmerged.1" in offered


def test_a_page_seen_before_an_edit_does_not_merge(client_of, sana, pair):
    said = {"keep": "one", "version_one": "1", "version_other": "7"}
    assert client_of(sana).post(f"/duplicates/{pair.pk}/merge/", said).status_code == 409
    assert not Merge.objects.exists()


def test_not_the_same_leaves_the_list(client_of, sana, pair):
    client = client_of(sana)
    assert client.post(f"/duplicates/{pair.pk}/different/").status_code == 302
    assert f"/duplicates/{pair.pk}/" not in client.get("/duplicates/").content.decode()


def test_all_exact_ones_and_a_search_are_for_who_may_edit_many(client_of, sana, omar, pair):
    assert client_of(sana).post("/duplicates/exact/", {"kind": "person"}).status_code == 403
    assert "Merge all exact ones" not in client_of(sana).get("/duplicates/").content.decode()
    omars = client_of(omar)
    assert "Merge all exact ones" in omars.get("/duplicates/").content.decode()
    assert omars.post("/duplicates/exact/", {"kind": "person"}).status_code == 302
    assert Merge.objects.count() == 1
    assert omars.post("/duplicates/search/", {}).status_code == 302
    assert DuplicateSearch.objects.filter(ended_at=None).exists()


def test_the_list_costs_the_same_however_long(client_of, actor, sana, pair, django_assert_num_queries):
    client = client_of(sana)
    client.get("/duplicates/")
    people = [add_person(actor(sana), plan=NewPerson(name=f"Person {n}")).record for n in range(30)]
    with django_assert_num_queries(8):
        client.get("/duplicates/")
    suggest("person", [(a.pk, b.pk) for a, b in pairwise(people)], because="name", now=NOW)
    with django_assert_num_queries(8):
        shown = client.get("/duplicates/").content.decode()
    following = shown.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Person" in client.get(f"/duplicates/{following}").content.decode()


def test_the_page_speaks_arabic(client_of, sana, pair):
    sana.language = "ar"
    sana.save()
    shown = client_of(sana).get("/duplicates/").content.decode()
    assert "المكررات" in shown and "الهاتف نفسه؛ الاسم نفسه" in shown
