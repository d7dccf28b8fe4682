"""Signing in through an OpenID Connect provider that really runs, in a process of its own."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from dawra.team.actions.inviting import invite
from dawra.team.models import Member
from tests.identity import Identity, provider
from tests.provider import CLIENT, SECRET


@pytest.fixture(scope="module")
def identity() -> Iterator[Identity]:
    with provider() as running:
        yield running


@pytest.fixture(autouse=True)
def configured(settings: Any, identity: Identity, cast: Any) -> None:
    app = {"provider_id": "oidc", "name": "Masar", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": identity.url}  # type: ignore[assignment]  # a dict of dicts
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_any: Any) -> None:
        return None


def approved(address: str) -> str:
    """The provider approves at once; where it sends the browser."""
    try:
        urllib.request.build_opener(_Stay).open(address, timeout=5)
    except urllib.error.HTTPError as redirect:
        return str(redirect.headers["Location"])
    raise AssertionError("the provider did not send the browser back")


def come(browser: Client) -> Any:
    """There and back, as a browser goes."""
    there = browser.post("/accounts/oidc/oidc/login/?next=/settings/")
    assert there.status_code == 302
    back = urlsplit(approved(there.headers["Location"]))
    return browser.get(f"{back.path}?{back.query}", follow=True)


def is_in(browser: Client) -> bool:
    return browser.get("/settings/").status_code == 200


def test_a_member_signs_in_and_lands_where_she_was_going(identity: Identity, sana: Member) -> None:
    identity.be(sana.email)
    browser = Client()
    answer = come(browser)
    assert answer.request["PATH_INFO"] == "/settings/" and is_in(browser)
    again = Client()  # now known by the provider's subject
    come(again)
    assert is_in(again)


def test_an_invitation_is_taken_up(identity: Identity, admin: Member, sana: Member, actor: Any) -> None:
    invite(actor(admin), email="rami@masar.example", role_id=sana.role_id, team_id=None)
    identity.be("rami@masar.example")
    browser = Client()
    come(browser)
    assert is_in(browser) and Member.objects.get(email="rami@masar.example").name == "From Provider"


@pytest.mark.parametrize("email", ["nobody@masar.example", "sana@evil.example"])
def test_an_unknown_address_is_told_to_ask_for_an_invitation(identity: Identity, email: str) -> None:
    before = Member.objects.count()
    identity.be(email)
    browser = Client()
    assert "invite" in come(browser).text
    assert not is_in(browser) and Member.objects.count() == before


@pytest.mark.parametrize("verified", [False, "false"])
def test_an_address_the_provider_has_not_verified_proves_nothing(
    identity: Identity, sana: Member, verified: Any
) -> None:
    identity.be(sana.email, verified=verified)
    browser = Client()
    come(browser)
    assert not is_in(browser)


WRONG = ["nonce", "audience", "issuer", "signature", "expired", "other_key", "plain", "subject"]


@pytest.mark.parametrize("wrong", WRONG)
def test_an_id_token_with_anything_wrong_lets_nobody_in(
    identity: Identity, sana: Member, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    identity.be(sana.email, wrong=wrong)
    browser = Client()
    answer = come(browser)
    assert "could not be trusted" in answer.text and not is_in(browser)
    assert "id token" in caplog.text and sana.email not in caplog.text  # whoever runs the house learns what it was


def test_an_answer_that_another_browser_asked_for_is_refused(identity: Identity, sana: Member) -> None:
    identity.be(sana.email)
    there = Client().post("/accounts/oidc/oidc/login/")
    back = urlsplit(approved(there.headers["Location"]))
    victim = Client()
    victim.post("/accounts/oidc/oidc/login/")
    victim.get(f"{back.path}?{back.query}")
    assert not is_in(victim)


def test_an_answer_is_used_once(identity: Identity, sana: Member) -> None:
    identity.be(sana.email)
    browser = Client()
    there = browser.post("/accounts/oidc/oidc/login/")
    back = urlsplit(approved(there.headers["Location"]))
    browser.get(f"{back.path}?{back.query}")
    assert is_in(browser)
    browser.post("/accounts/logout/")
    browser.get(f"{back.path}?{back.query}")
    assert not is_in(browser)


def test_a_deactivated_member_stays_out_even_when_known_by_the_provider(identity: Identity, sana: Member) -> None:
    identity.be(sana.email)
    come(Client())
    Member.objects.filter(pk=sana.pk).update(is_active=False)
    browser = Client()
    come(browser)
    assert not is_in(browser)


def test_a_provider_that_is_away_is_a_page_not_a_fault(settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    assert "did not answer" in Client().post("/accounts/oidc/oidc/login/", follow=True).text


def test_where_one_is_going_stays_in_the_house(identity: Identity, sana: Member) -> None:
    identity.be(sana.email)
    browser = Client()
    there = browser.post("/accounts/oidc/oidc/login/?next=https://evil.example/")
    back = urlsplit(approved(there.headers["Location"]))
    assert "evil" not in browser.get(f"{back.path}?{back.query}").headers["Location"]
