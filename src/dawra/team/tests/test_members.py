"""Changing members and teams: who may, what is kept, and that somebody always holds the keys."""

from datetime import timedelta
from typing import Any

import pytest

from dawra.access.actions.tokens import make_token
from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.access.models import Role, Token
from dawra.journal.models import Entry
from dawra.team import queries
from dawra.team.actions import members
from dawra.team.actions.members import MemberPlan
from dawra.team.actions.profile import Profile, change_looks, change_profile
from dawra.team.actions.teams import TeamPlan, add_team, archive_team, change_team
from dawra.team.models import Leave, Member, Team
from dawra.team.steps import INHERIT_STEPS
from tests.cast import NOW


def plan_of(member: Member, **changes: Any) -> MemberPlan:
    values = {"role_id": member.role_id, "team_id": member.team_id, "title": member.title, "working_hours": {}}
    return MemberPlan(**(values | changes))


def test_a_change_is_kept_with_before_and_after(admin, sana, omar, actor) -> None:
    members.change_member(actor(admin), member_id=sana.pk, plan=plan_of(sana, role_id=omar.role_id, title="Lead"))
    entry = Entry.objects.get(kind="team.member_changed.1")
    assert entry.facts["changes"] == {"role": ["rep", "manager"], "title": ["", "Lead"]}


def test_a_stranger_changes_nobody(sana, zayn, actor) -> None:
    with pytest.raises(Refused):
        members.change_member(actor(zayn), member_id=sana.pk, plan=plan_of(sana, title="Thief"))


def test_two_administrators_who_edit_at_once_are_told(admin, sana, actor) -> None:
    members.change_member(actor(admin), member_id=sana.pk, plan=plan_of(sana, title="First"), version=1)
    with pytest.raises(Stale) as stale:
        members.change_member(actor(admin), member_id=sana.pk, plan=plan_of(sana, title="Second"), version=1)
    assert stale.value.facts["theirs"]["title"] == "First"


def test_the_last_administrator_is_neither_demoted_nor_deactivated(admin, sana, lina, actor, system) -> None:
    with pytest.raises(Conflict):
        members.change_member(actor(admin), member_id=admin.pk, plan=plan_of(admin, role_id=sana.role_id))
    with pytest.raises(Conflict):
        members.deactivate(system, member_id=admin.pk, heir_id=lina.pk)
    members.change_member(actor(admin), member_id=sana.pk, plan=plan_of(sana, role_id=admin.role_id))
    members.change_member(actor(admin), member_id=admin.pk, plan=plan_of(admin, role_id=lina.role_id))


def test_who_manages_members_lifts_nobody_above_themselves(admin, sana, lina, actor) -> None:
    helper = Role.objects.create(code="helper", permissions=["team.manage", "team.read"], sees="own")
    Member.objects.filter(pk=lina.pk).update(role=helper)
    for one in (sana, lina):
        with pytest.raises(Refused):
            members.change_member(actor(lina), member_id=one.pk, plan=plan_of(one, role_id=admin.role_id))


def test_whoever_leaves_hands_over_and_takes_no_key_along(admin, sana, lina, actor, client_of) -> None:
    make_token(actor(sana), name="script", scopes=["customers.read"], expires_at=None)
    left = [700]

    def step(member: Member, heir: Member, signer: Any) -> dict[str, int]:
        batch = min(500, left[0])
        left[0] -= batch
        return {"deals": batch}

    INHERIT_STEPS.append(step)
    browser = client_of(sana)
    try:
        counts = members.deactivate(actor(admin), member_id=sana.pk, heir_id=lina.pk)
    finally:
        INHERIT_STEPS.remove(step)
    assert counts["deals"] == 700
    assert Entry.objects.get(kind="team.member_deactivated.1").facts["counts"]["deals"] == 700
    assert Token.objects.get().revoked_at == NOW
    assert browser.get("/settings/").status_code == 302
    members.reactivate(actor(admin), member_id=sana.pk)
    assert Member.objects.get(pk=sana.pk).is_active


def test_nobody_hands_over_to_themselves_or_to_somebody_who_left(admin, sana, lina, zayn, actor) -> None:
    Member.objects.filter(pk=lina.pk).update(is_active=False)
    for heir in (sana, lina):
        with pytest.raises(Invalid):
            members.deactivate(actor(admin), member_id=sana.pk, heir_id=heir.pk)
    with pytest.raises(Refused):
        members.deactivate(actor(zayn), member_id=sana.pk, heir_id=omar_of(sana))
    with pytest.raises(Conflict):
        members.deactivate(actor(admin), member_id=admin.pk, heir_id=sana.pk)


def omar_of(member: Member) -> Any:
    return Member.objects.get(email__startswith="omar").pk


def test_leave_shows_with_its_stand_in_and_strangers_do_not_note_it(sana, lina, omar, zayn, actor) -> None:
    today = NOW.date()
    members.set_leave(actor(sana), member_id=sana.pk, from_on=today, until_on=today, covered_by_id=omar.pk)
    card = queries.member(actor(lina), sana.pk)
    assert (card.away_until, card.stand_in) == (today, omar.name)
    with pytest.raises(Refused):
        members.set_leave(actor(zayn), member_id=sana.pk, from_on=today, until_on=today)
    with pytest.raises(Conflict):
        members.set_leave(actor(sana), member_id=sana.pk, from_on=today, until_on=today + timedelta(days=3))
    with pytest.raises(NotFound):
        members.remove_leave(actor(zayn), leave_id=Leave.objects.get().pk)


def test_moving_a_team_moves_everything_below_it_and_what_its_manager_sees(admin, cast, actor) -> None:
    west = add_team(actor(admin), plan=TeamPlan("West", "الغرب"))
    coast = add_team(actor(admin), plan=TeamPlan("Coast", parent_id=west.pk))
    Member.objects.filter(pk=cast.lina.pk).update(team=coast)
    assert cast.lina.pk not in actor(cast.omar).sees
    change_team(actor(admin), team_id=west.pk, plan=TeamPlan("West", "الغرب", cast.north.pk))
    north = Team.objects.get(pk=cast.north.pk)
    assert Team.objects.get(pk=coast.pk).path == f"{north.path}{west.pk.hex}/{coast.pk.hex}/"
    assert cast.lina.pk in actor(cast.omar).sees


def test_a_team_never_stands_below_itself_and_strangers_move_none(admin, cast, zayn, actor) -> None:
    child = add_team(actor(admin), plan=TeamPlan("Child", parent_id=cast.north.pk))
    for parent in (cast.north.pk, child.pk):
        with pytest.raises(Conflict):
            change_team(actor(admin), team_id=cast.north.pk, plan=TeamPlan("North", "الشمال", parent))
    with pytest.raises(Refused):
        add_team(actor(zayn), plan=TeamPlan("Mine"))


def test_a_team_is_archived_only_when_empty(admin, cast, actor) -> None:
    with pytest.raises(Conflict):
        archive_team(actor(admin), team_id=cast.north.pk)
    empty = add_team(actor(admin), plan=TeamPlan("Empty"))
    archive_team(actor(admin), team_id=empty.pk)
    assert empty.pk not in {card.id for card in queries.teams(actor(admin))}


def test_everybody_keeps_their_own_habits_and_nobody_elses(sana, actor, client_of) -> None:
    hours = {"7": ["09:00", "17:00"]}
    change_profile(actor(sana), profile=Profile("Sana K.", language="ar", digits="arab", working_hours=hours))
    sana.refresh_from_db()
    assert (sana.name, sana.language, sana.digits, sana.working_hours) == ("Sana K.", "ar", "arab", hours)
    with pytest.raises(Invalid):
        change_looks(actor(sana), role="administrator")
    with pytest.raises(Invalid):
        change_profile(actor(sana), profile=Profile("Sana", working_hours={"7": ["17:00", "09:00"]}))
    client_of(sana).post(
        "/settings/profile/", {"name": "Sana", "role": "x", "is_active": "", "email": "evil@x.example"}
    )
    sana.refresh_from_db()
    assert (sana.email, sana.is_active) == ("sana@masar.example", True)


def test_the_language_switches_for_a_member_and_for_a_visitor(sana, client_of, client) -> None:
    member = client_of(sana)
    assert (
        member.post("/settings/language/", {"language": "ar", "next": "/settings/"}).headers["Location"] == "/settings/"
    )
    assert 'lang="ar"' in member.get("/settings/").text
    client.post("/settings/language/", {"language": "ar", "next": "https://evil.example/"})
    assert 'dir="rtl"' in client.get("/accounts/login/").text
    answer = client.post("/settings/language/", {"language": "ar", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
