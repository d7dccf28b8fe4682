"""Sharing opens one record and says why; roles never lock everybody out."""

import pytest

from dawra.access import kinds, queries
from dawra.access.actions.roles import RolePlan, remove_role, save_role
from dawra.access.actions.sharing import With, end_share, share
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.models import Role
from dawra.access.permissions import PERMISSIONS
from dawra.customers.models import Person
from dawra.figures.words import fold
from dawra.journal.listeners import deliver_due
from dawra.journal.undo import undo
from dawra.team import queries as team
from dawra.team.actions.notifying import clear, mark_read
from dawra.team.models import Member, Notification
from tests.cast import NOW


@pytest.fixture
def person(sana, system) -> Person:
    made = Person.signed_by(system, name="Huda", folded=fold("Huda"), owner=sana, lifecycle_since=NOW)
    made.save(force_insert=True)
    return made


def open_to(actor, member, person) -> bool:
    try:
        kinds.fetch(actor(member), "person", person.pk)
    except NotFound:
        return False
    return True


def test_a_share_opens_the_record_until_it_ends(person, sana, lina, zayn, actor) -> None:
    share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="knows her")
    assert open_to(actor, lina, person) and not open_to(actor, zayn, person)
    end_share(actor(sana), record=person, with_id=lina.pk)
    assert not open_to(actor, lina, person)


def test_sharing_with_a_team_reaches_the_teams_below(person, cast, actor) -> None:
    house = cast.north.parent
    share(actor(cast.sana), record=person, with_whom=With("team", house.pk), reason="big customer")
    assert open_to(actor, cast.lina, person) and not open_to(actor, cast.zayn, person)


def test_undoing_a_share_and_undoing_its_end(person, sana, lina, actor) -> None:
    entry = share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="knows her")
    undo(actor(sana), key=entry.key)
    assert not open_to(actor, lina, person)
    share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="again")
    ended = end_share(actor(sana), record=person, with_id=lina.pk)
    undo(actor(sana), key=ended.key)
    assert open_to(actor, lina, person)


def test_a_share_needs_a_reason_a_somebody_and_the_permission(person, sana, lina, zayn, actor) -> None:
    with pytest.raises(Invalid):
        share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="  ")
    with pytest.raises(NotFound):
        share(actor(sana), record=person, with_whom=With("team", lina.pk), reason="x")
    Role.objects.filter(pk=zayn.role_id).update(permissions=["customers.read"])
    with pytest.raises(Refused):
        share(actor(zayn), record=person, with_whom=With("member", lina.pk), reason="x")


def test_the_panel_names_everybody_who_sees_it_and_why(person, cast, actor) -> None:
    share(actor(cast.sana), record=person, with_whom=With("member", cast.lina.pk), reason="knows her")
    who = queries.who_sees(actor(cast.sana), person)
    why = {seer.who.name: seer.why for seer in who.seers}
    assert why == {"Sana Khoury": "owner", "Omar Haddad": "manager", "Amal Najjar": "all"}
    assert [(one.whom.name, one.reason, one.by) for one in who.shares] == [("Lina Mansour", "knows her", "Sana Khoury")]
    for member in (cast.sana, cast.omar, cast.amal, cast.lina, cast.zayn):
        named = member.name in why or member == cast.lina
        assert open_to(actor, member, person) is named


def test_the_panel_is_no_way_around_visibility(person, zayn, sana, client_of) -> None:
    address = f"/access/person/{person.pk}/"
    assert client_of(zayn).get(address).status_code == 404
    assert "Huda" in client_of(sana).get(address).text
    assert client_of(sana).get(f"/access/secret/{person.pk}/").status_code == 404


def test_whoever_a_record_is_shared_with_is_told_once(person, sana, lina, zayn, actor) -> None:
    share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="knows her")
    while deliver_due(NOW):
        pass
    (told,) = team.unread(actor(lina))
    assert (told.reason, told.record_name) == ("shared", "Huda")
    assert team.unread(actor(zayn)) == []
    with pytest.raises(NotFound):
        mark_read(actor(zayn), notification_id=told.id)
    mark_read(actor(lina), notification_id=told.id)
    assert team.unread(actor(lina)) == [] and len(team.notices(actor(lina))) == 1
    clear(actor(lina))
    assert team.notices(actor(lina)) == []
    assert Notification.objects.count() == 1


def test_whoever_does_not_want_to_be_told_is_not(person, sana, lina, actor) -> None:
    Member.objects.filter(pk=lina.pk).update(notify={"shared": []})
    share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="knows her")
    while deliver_due(NOW):
        pass
    assert team.unread(actor(lina)) == []


def test_a_notice_about_a_record_no_longer_visible_is_gone(person, sana, lina, actor) -> None:
    share(actor(sana), record=person, with_whom=With("member", lina.pk), reason="knows her")
    while deliver_due(NOW):
        pass
    end_share(actor(sana), record=person, with_id=lina.pk)
    assert team.notices(actor(lina)) == []


def test_nobody_can_lock_everybody_out(admin, actor) -> None:
    with pytest.raises(Conflict):
        save_role(actor(admin), role_id=admin.role_id, plan=RolePlan("", frozenset({"team.read"}), "all"))
    assert set(Role.objects.get(pk=admin.role_id).permissions) == set(PERMISSIONS)


def test_a_role_counts_from_the_next_click_and_strangers_change_none(admin, sana, zayn, actor) -> None:
    save_role(actor(admin), role_id=sana.role_id, plan=RolePlan("", frozenset({"customers.read"}), "all"))
    assert actor(sana).permissions == {"customers.read"} and actor(sana).sees_all
    with pytest.raises(Refused):
        save_role(actor(zayn), role_id=sana.role_id, plan=RolePlan("", frozenset(PERMISSIONS), "all"))


def test_an_own_role_is_removed_only_when_nobody_holds_it(admin, sana, actor) -> None:
    own = save_role(actor(admin), role_id=None, plan=RolePlan("Partner", frozenset({"deals.read"}), "own"))
    Member.objects.filter(pk=sana.pk).update(role=own)
    with pytest.raises(Conflict):
        remove_role(actor(admin), role_id=own.pk)
    Member.objects.filter(pk=sana.pk).update(role=admin.role)
    remove_role(actor(admin), role_id=own.pk)
    with pytest.raises(Conflict):
        remove_role(actor(admin), role_id=admin.role_id)
