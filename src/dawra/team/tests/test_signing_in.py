"""Signing in, staying signed in, and being signed out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dawra.team.models import Member
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_a_member_signs_in_with_address_and_password(sana, client) -> None:
    assert sign_in(client, sana.email).status_code == 302
    assert is_in(client)


def test_a_deactivated_member_does_not_sign_in_and_open_sessions_end(sana, client, client_of) -> None:
    open_one = client_of(sana)
    Member.objects.filter(pk=sana.pk).update(is_active=False)
    assert not is_in(open_one)
    sign_in(client, sana.email)
    assert not is_in(client)


def test_a_new_role_ends_the_sessions(sana, omar, client_of) -> None:
    client = client_of(sana)
    assert is_in(client)
    Member.objects.filter(pk=sana.pk).update(role=omar.role)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(sana, client, client_of) -> None:
    other = client_of(sana)
    sign_in(client, sana.email)
    fresh = "entirely different words"
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    )
    assert answer.status_code == 302
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize("weak", ["short1", "password123", "sana.khoury", "1234567890"])
def test_a_weak_password_is_refused(sana, client, weak: str) -> None:
    sign_in(client, sana.email)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    sana.refresh_from_db()
    assert sana.check_password(PASSWORD)


@pytest.mark.parametrize(("ages", "stays"), [((0, 7.9), True), ((0, 8.1), False), ((7.01 * 24, 0), False)])
def test_a_session_ends_after_eight_idle_hours_and_after_seven_days(sana, client_of, ages, stays: bool) -> None:
    client = client_of(sana)
    assert is_in(client)
    session = client.session
    began_ago, idle = ages
    session["dawra_seen"] = (timezone.now() - timedelta(hours=idle)).timestamp()
    session["dawra_began"] = (timezone.now() - timedelta(hours=began_ago)).timestamp()
    session.save()
    assert is_in(client) is stays


def test_nobody_signs_up_by_themselves(cast, client) -> None:
    before = Member.objects.count()
    assert "invit" in client.get("/accounts/signup/").text.lower()
    client.post("/accounts/signup/", {"email": "x@masar.example", "password1": PASSWORD, "password2": PASSWORD})
    assert Member.objects.count() == before


def test_guessing_is_throttled_for_the_one_guessed_at_only(sana, lina, client) -> None:
    for _guess in range(12):
        sign_in(client, sana.email, "wrong wrong wrong")
    sign_in(client, sana.email)
    assert not is_in(client)
    sign_in(client, lina.email)
    assert is_in(client)


def test_the_session_holds_no_password_and_the_log_neither(sana, client, caplog) -> None:
    with caplog.at_level("DEBUG"):
        sign_in(client, sana.email)
    assert PASSWORD not in str(dict(client.session))
    assert PASSWORD not in caplog.text


def test_sessions_are_listed_and_the_others_can_be_ended(sana, client) -> None:
    other = Client(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="Phone")
    sign_in(other, sana.email)
    sign_in(client, sana.email)
    assert "10.1.2.3" in client.get("/accounts/sessions/").text
    assert client.post("/accounts/sessions/").status_code == 302
    assert is_in(client)
    assert not is_in(other)
