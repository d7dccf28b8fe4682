"""An unscoped read raises, wherever it hides."""

import pytest
from django.db.models import Count

from dawra.access.actor import Actor
from dawra.access.scope import Unscoped
from dawra.customers.models import Company, Person
from dawra.figures.words import fold
from dawra.team.models import Member
from tests.cast import NOW


def make_person(actor: Actor, owner: Member | None, name: str = "Huda Amin") -> Person:
    person = Person.signed_by(actor, name=name, folded=fold(name), owner=owner, lifecycle_since=NOW)
    person.save(force_insert=True)
    return person


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(Person.objects.all()),
        Person.objects.count,
        Person.objects.exists,
        Person.objects.first,
        lambda: Person.objects.filter(name="x").update(name="y"),
        lambda: Person.objects.filter(name="x").delete(),
        lambda: list(Person.objects.values_list("name")),
        lambda: Person.objects.aggregate(n=Count("pk")),
        lambda: list(Person.objects.iterator()),
        lambda: list(Person.objects.filter(name="x").union(Person.objects.filter(name="y"))),
        lambda: list(Member.objects.filter(pk__in=Person.objects.values("owner"))),
        lambda: Person.objects.get(name="x"),
    ],
)
def test_a_read_nobody_signed_for_raises(cast, read):
    with pytest.raises(Unscoped):
        read()


def test_a_related_manager_is_no_way_around(cast, system):
    company = Company.signed_by(system, name="Nile", folded="nile", lifecycle_since=NOW)
    company.save(force_insert=True)
    with pytest.raises(Unscoped):
        list(company.subsidiaries.all())


def test_a_rep_sees_her_own_and_the_unowned_but_not_anothers(system, actor, sana, lina):
    hers, theirs, nobodys = make_person(system, sana), make_person(system, lina), make_person(system, None)
    assert set(Person.objects.visible_to(actor(sana))) == {hers, nobodys}
    assert theirs not in Person.objects.visible_to(actor(sana))


def test_a_manager_sees_the_team_below_and_no_other(system, actor, sana, omar, lina):
    hers, other = make_person(system, sana), make_person(system, lina)
    assert set(Person.objects.visible_to(actor(omar))) == {hers}
    assert other not in Person.objects.visible_to(actor(omar))


def test_a_union_of_scoped_reads_works(system, actor, sana):
    person = make_person(system, sana)
    mine = Person.objects.visible_to(actor(sana))
    assert list(mine.filter(name="Huda Amin").union(mine.filter(name="nobody"))) == [person]
