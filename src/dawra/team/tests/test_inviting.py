"""An invitation is for one address, opens once, ends after a week."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound, Refused
from dawra.access.models import Role
from dawra.journal.models import Entry
from dawra.team.actions.inviting import (
    Newcomer,
    accept_by_address,
    accept_invitation,
    hash_of,
    invite,
    withdraw_invitation,
)
from dawra.team.models import Invitation, Member
from tests.cast import NOW, PASSWORD

NEW = Newcomer("Rami Aziz", "رامي عزيز", "ar", PASSWORD)


def signer(now=NOW) -> Actor:
    return Actor.system("invitation", now)


@pytest.fixture
def invited(admin, sana, actor):
    return invite(actor(admin), email="Rami@Masar.Example", role_id=sana.role_id, team_id=sana.team_id)


def test_whoever_accepts_gets_address_role_and_team_of_the_invitation(invited, sana) -> None:
    member = accept_invitation(signer(), key_hash=hash_of(invited.key), newcomer=NEW)
    assert (member.email, member.role_id, member.team_id) == ("rami@masar.example", sana.role_id, sana.team_id)
    assert member.check_password(PASSWORD)


def test_it_opens_once(invited) -> None:
    accept_invitation(signer(), key_hash=hash_of(invited.key), newcomer=NEW)
    with pytest.raises(NotFound):
        accept_invitation(signer(), key_hash=hash_of(invited.key), newcomer=NEW)


def test_it_ends_after_seven_days_or_when_withdrawn(invited, admin, actor) -> None:
    with pytest.raises(NotFound):
        accept_invitation(signer(NOW + timedelta(days=7, seconds=1)), key_hash=hash_of(invited.key), newcomer=NEW)
    withdraw_invitation(actor(admin), invitation_id=invited.invitation.pk)
    with pytest.raises(NotFound):
        accept_invitation(signer(), key_hash=hash_of(invited.key), newcomer=NEW)


def test_a_second_invitation_to_the_same_address_ends_the_first(invited, admin, sana, actor) -> None:
    invite(actor(admin), email="rami@masar.example", role_id=sana.role_id, team_id=None)
    with pytest.raises(NotFound):
        accept_invitation(signer(), key_hash=hash_of(invited.key), newcomer=NEW)


def test_members_are_not_invited_again_and_strangers_do_not_invite(admin, sana, zayn, actor) -> None:
    with pytest.raises(Conflict):
        invite(actor(admin), email=sana.email.upper(), role_id=sana.role_id, team_id=None)
    with pytest.raises(Refused):
        invite(actor(zayn), email="x@masar.example", role_id=sana.role_id, team_id=None)


def test_nobody_invites_above_themselves(admin, sana, actor) -> None:
    admin_role = admin.role_id
    Role.objects.filter(pk=sana.role_id).update(permissions=["team.manage", "team.read"])
    with pytest.raises(Refused):
        invite(actor(sana), email="x@masar.example", role_id=admin_role, team_id=None)


def test_the_key_is_kept_nowhere(invited, caplog) -> None:
    kept = str(Invitation.objects.values_list()) + str(Entry.objects.values_list("facts", flat=True))
    assert invited.key not in kept
    assert invited.key not in repr(invited)


def test_the_letter_is_in_both_languages_and_the_page_shows_the_link_once(admin, sana, client_of, settings) -> None:
    settings.BASE_URL = "https://crm.masar.example"
    page = client_of(admin).post(
        "/team/invite/", {"email": "rami@masar.example", "role": str(sana.role_id), "team": ""}
    )
    link = re.search(r"https://crm\.masar\.example/join/[\w-]+/", page.text)
    assert link and link.group() in mail.outbox[0].body
    assert "دعوة من" in mail.outbox[0].body and "invites you" in mail.outbox[0].body
    assert link.group() not in client_of(admin).get("/team/").text


def test_opening_the_link_uses_nothing_up_and_joining_signs_in(admin, sana, actor) -> None:
    signs = actor(admin, datetime.now(UTC))  # a link lives by the clock of whoever opens it
    invited = invite(signs, email="rami@masar.example", role_id=sana.role_id, team_id=sana.team_id)
    link = f"/join/{invited.key}/"
    for _scanner in range(3):
        assert Client().get(link, follow=True).status_code == 200
    browser = Client()
    page = browser.get(link, follow=True)
    assert invited.key not in page.request["PATH_INFO"]
    answer = browser.post("/join/", {"name": "Rami Aziz", "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get("/settings/").status_code == 200
    assert Client().get(link, follow=True).status_code == 404


def test_a_verified_address_from_a_provider_takes_up_its_invitation_and_no_other(invited, cast) -> None:
    assert accept_by_address(signer(), email="other@masar.example", newcomer=Newcomer("X")) is None
    member = accept_by_address(signer(), email="rami@masar.example", newcomer=Newcomer("Rami"))
    assert member is not None and not member.has_usable_password()
    assert accept_by_address(signer(), email="rami@masar.example", newcomer=Newcomer("Rami")) is None
    assert Member.objects.filter(email="rami@masar.example").count() == 1
