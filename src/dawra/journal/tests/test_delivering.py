"""Each entry reaches each listener exactly once, in order, however often something fails."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from dawra.access.actor import Actor
from dawra.access.errors import NotFound, Refused
from dawra.journal import actions, listeners, queries
from dawra.journal.actions import OutsideTransaction, retry_delivery, retry_parked, write
from dawra.journal.catalogue.team import MemberJoined
from dawra.journal.listeners import LISTENERS, Listener, deliver_due, deliver_entry
from dawra.journal.models import Delivery, Entry
from dawra.team.models import Member
from tests.cast import NOW

JOINED = "team.member_joined.1"


class Ear:
    """A listener that writes down what it hears, and fails while told to."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.fails = False

    def __call__(self, actor: Actor, entry: Entry) -> None:
        Member.objects.filter(pk=entry.facts["member_id"]).update(title=f"heard {entry.pk}")
        if self.fails:
            raise RuntimeError("not today")
        self.heard.append(entry.pk)


@pytest.fixture
def ear() -> Iterator[Ear]:
    heard = Ear()
    kept = dict(LISTENERS)
    LISTENERS.clear()
    LISTENERS["tests.ear"] = Listener("tests.ear", (JOINED,), "tests listen", heard)
    yield heard
    LISTENERS.clear()
    LISTENERS.update(kept)


def joins(member: Member, system: Actor) -> Entry:
    with transaction.atomic():
        return write(system, MemberJoined(member_id=member.pk, member=member.name), about=[member])


def test_an_entry_reaches_a_listener_exactly_once(sana, system, ear) -> None:
    entry = joins(sana, system)
    assert [deliver_entry(entry.pk, NOW) for _again in range(3)] == [1, 0, 0]
    assert ear.heard == [entry.pk]
    assert Delivery.objects.get().done_at == NOW


def test_effect_and_done_mark_stand_or_fall_together(sana, system, ear) -> None:
    entry = joins(sana, system)
    ear.fails = True
    deliver_entry(entry.pk, NOW)
    sana.refresh_from_db()
    assert sana.title == ""
    assert Delivery.objects.get().done_at is None


def test_a_crash_between_effect_and_mark_leaves_neither(sana, system, ear, monkeypatch) -> None:
    """BaseException: the process is torn down, nothing after it runs."""
    entry = joins(sana, system)

    class Killed(BaseException):
        pass

    def dies(actor: Actor, entry: Entry) -> None:
        Member.objects.filter(pk=sana.pk).update(title="half done")
        raise Killed

    monkeypatch.setitem(LISTENERS, "tests.ear", Listener("tests.ear", (JOINED,), "dies", dies))
    with pytest.raises(Killed):
        deliver_entry(entry.pk, NOW)
    sana.refresh_from_db()
    assert (sana.title, Delivery.objects.get().done_at) == ("", None)
    monkeypatch.undo()
    LISTENERS["tests.ear"] = Listener("tests.ear", (JOINED,), "tests listen", ear)
    assert deliver_due(NOW) == 1
    assert ear.heard == [entry.pk]


def test_order_is_kept_for_one_subject_and_nobody_waits_for_another(sana, lina, system, ear) -> None:
    first, second, other = joins(sana, system), joins(sana, system), joins(lina, system)
    ear.fails = True
    deliver_entry(first.pk, NOW)
    ear.fails = False
    deliver_entry(second.pk, NOW)
    deliver_entry(other.pk, NOW)
    assert ear.heard == [other.pk]
    later = NOW + timedelta(hours=1)
    while deliver_due(later):
        pass
    assert ear.heard == [other.pk, first.pk, second.pk]


def test_failing_waits_longer_and_longer_up_to_an_hour_then_asks_for_a_person(sana, system, ear) -> None:
    joins(sana, system)
    ear.fails = True
    now, waits = NOW, []
    for _try in range(listeners.TRIES_BEFORE_PARKING):
        deliver_due(now)
        delivery = Delivery.objects.get()
        waits.append(delivery.next_try_at - now)
        now = delivery.next_try_at
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=1)
    assert delivery.parked_at is not None
    assert "not today" in delivery.last_error
    assert deliver_due(now + timedelta(days=1)) == 0


def test_an_operator_retries_what_is_parked_and_nobody_else_does(sana, admin, actor, system, ear) -> None:
    joins(sana, system)
    Delivery.objects.update(parked_at=NOW, tries=12)
    delivery = Delivery.objects.get()
    with pytest.raises(Refused):
        retry_delivery(actor(sana), delivery_id=delivery.pk)
    assert retry_parked(actor(admin)) == 1
    assert deliver_due(NOW) == 1
    assert len(ear.heard) == 1
    with pytest.raises(NotFound):
        retry_delivery(actor(admin), delivery_id=delivery.pk)


def test_the_operators_page_says_what_is_owed_and_retries_it(sana, admin, client_of, system, ear) -> None:
    joins(sana, system)
    Delivery.objects.update(parked_at=NOW, tries=12, last_error="RuntimeError: not today")
    client = client_of(admin)
    page = client.get("/journal/deliveries/").text
    assert "not today" in page and "tests.ear" in page and "tests listen" in page
    assert client.post(f"/journal/deliveries/{Delivery.objects.get().pk}/retry/").status_code == 302
    assert Delivery.objects.get().parked_at is None
    assert client_of(sana).get("/journal/deliveries/").status_code == 403


def test_an_act_that_is_rolled_back_owes_nothing(sana, system, ear) -> None:
    from django_q.models import OrmQ

    with pytest.raises(RuntimeError), transaction.atomic():
        write(system, MemberJoined(member_id=sana.pk, member=sana.name), about=[sana])
        assert OrmQ.objects.count() == 1
        raise RuntimeError
    assert (Entry.objects.count(), Delivery.objects.count(), OrmQ.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_raises(ear) -> None:
    system = Actor.system("tests", NOW)
    with pytest.raises(OutsideTransaction):
        write(system, MemberJoined(member_id=Member().pk), about=[])
    with pytest.raises(OutsideTransaction):
        actions.write_many(system, [])


def test_what_is_owed_is_counted_by_state(sana, admin, actor, system, ear) -> None:
    for _time in range(3):
        joins(sana, system)
    first, second, _third = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=first.pk).update(tries=2)
    Delivery.objects.filter(pk=second.pk).update(tries=12, parked_at=NOW)
    assert queries.owed(actor(admin)) == queries.Owed(waiting=1, late=1, parked=1)
    with pytest.raises(Refused):
        queries.owed(actor(sana))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_step_over_a_slow_transaction() -> None:
    """PostgreSQL hands out ids before commit: the trap itself, then that settled_entries does not fall into it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's one writer commits in the order of ids")
    slow: Any = connection.copy()
    slow.set_autocommit(False)
    insert = (
        "INSERT INTO journal_entry (key, kind, happened_at, written_at, signed, via, facts)"
        " VALUES (gen_random_uuid(), 'x.y.1', now(), now(), 'tests', 'job', '{}') RETURNING id"
    )
    try:
        with slow.cursor() as cursor:
            cursor.execute(insert)
            slow_id = cursor.fetchone()[0]
        with connection.cursor() as cursor:
            cursor.execute(insert)
            quick_id = cursor.fetchone()[0]
        assert slow_id < quick_id
        seen_by_id = list(Entry.objects.filter(pk__gt=0).values_list("pk", flat=True))
        assert slow_id not in seen_by_id and quick_id in seen_by_id, "whoever follows ids steps over the slow one"
        assert queries.settled_entries(0, 0) == []
        slow.commit()
        _until_settled()
        assert [pk for _tx, pk in queries.settled_entries(0, 0)] == [slow_id, quick_id]
    finally:
        slow.close()


def _until_settled() -> None:
    """The horizon is the whole server's: the transaction of a test beside this one, in another database, holds it too."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(tx::text::bigint) FROM journal_entry")
        newest = cursor.fetchone()[0]
    while (queries.settled_before() or 0) <= newest and time.monotonic() - began < 300:
        time.sleep(0.2)
