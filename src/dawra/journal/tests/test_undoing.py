"""An act is taken back once, within thirty days, by whoever may."""

from datetime import timedelta

import pytest

from dawra.access.actions.sharing import With, share
from dawra.access.errors import Conflict, NotFound
from dawra.access.models import Share
from dawra.customers.models import Person
from dawra.figures.words import fold
from dawra.journal.models import Entry
from dawra.journal.undo import can_undo, undo
from tests.cast import NOW


@pytest.fixture
def shared(sana, lina, actor, system):
    person = Person.signed_by(system, name="Huda", folded=fold("Huda"), owner=sana, lifecycle_since=NOW)
    person.save(force_insert=True)
    return share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="speaks their language")


def test_an_act_is_taken_back_once(shared, sana, actor) -> None:
    undo(actor(sana), key=shared.key)
    assert not Share.objects.exists()
    with pytest.raises(Conflict):
        undo(actor(sana), key=shared.key)
    undone = Entry.objects.get(kind="journal.undone.1")
    assert undone.cause_id == shared.pk


def test_after_thirty_days_it_stays(shared, sana, actor) -> None:
    late = NOW + timedelta(days=31)
    assert not can_undo(shared, actor(sana, now=late))
    with pytest.raises(Conflict):
        undo(actor(sana, now=late), key=shared.key)
    assert Share.objects.exists()


def test_a_stranger_takes_nothing_back(shared, zayn, actor) -> None:
    with pytest.raises(NotFound):
        undo(actor(zayn), key=shared.key)
    assert Share.objects.exists()


def test_what_cannot_be_reversed_is_not_found(sana, actor) -> None:
    from uuid import uuid4

    with pytest.raises(NotFound):
        undo(actor(sana), key=uuid4())


def test_a_stranger_is_not_told_that_there_was_something_to_take_back(shared, sana, zayn, actor) -> None:
    """Neither its age nor that it was taken back before."""
    with pytest.raises(NotFound):
        undo(actor(zayn, now=NOW + timedelta(days=31)), key=shared.key)
    undo(actor(sana), key=shared.key)
    with pytest.raises(NotFound):
        undo(actor(zayn), key=shared.key)
