"""Second factors, and signing in through a provider."""

from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client, RequestFactory

from dawra.site.signin import ProviderAdapter
from dawra.team.actions.inviting import invite
from dawra.team.models import Member
from tests.cast import NOW, PASSWORD


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_with_an_authenticator_app_the_password_alone_opens_nothing(sana) -> None:
    secret = generate_totp_secret()
    TOTP.activate(sana, secret)
    assert secret not in str(Authenticator.objects.values_list("data", flat=True)), "encrypted at rest"
    browser = Client()
    browser.post("/accounts/login/", {"login": sana.email, "password": PASSWORD})
    assert browser.get("/settings/").status_code == 302
    assert browser.get("/accounts/2fa/authenticate/").status_code == 200
    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert browser.get("/settings/").status_code == 302
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.get("/settings/").status_code == 200


@pytest.mark.parametrize("page", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"])
def test_adding_a_factor_asks_for_the_password_first(sana, client_of, page: str) -> None:
    answer = client_of(sana).get(page)
    assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer.headers["Location"]


def test_after_the_password_once_more_factors_can_be_added(sana) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": sana.email, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for page in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/"):
        assert browser.get(page).status_code == 200


class Sociable:
    """What allauth hands over after a provider answered."""

    is_existing = False

    def __init__(self, email: str, verified: bool) -> None:
        self.email_addresses = [SimpleNamespace(email=email, verified=verified)]
        self.account = SimpleNamespace(extra_data={"userinfo": {"name": "From Provider"}})
        self.connected: Member | None = None

    def connect(self, request: object, member: Member) -> None:
        self.connected = member


def come(email: str, verified: bool = True) -> Member | None:
    request = RequestFactory().get("/")
    request.now = NOW  # type: ignore[attr-defined]
    login = Sociable(email, verified)
    ProviderAdapter().pre_social_login(request, login)
    return login.connected


def test_a_provider_lets_in_an_active_member_by_a_verified_address(sana) -> None:
    assert come("Sana@Masar.Example") == sana


@pytest.mark.parametrize("email", ["nobody@masar.example", "sana@evil.example"])
def test_a_provider_lets_in_nobody_else(cast, email: str) -> None:
    with pytest.raises(ImmediateHttpResponse):
        come(email)


def test_an_unverified_address_proves_nothing_and_a_deactivated_member_stays_out(sana) -> None:
    with pytest.raises(ImmediateHttpResponse):
        come(sana.email, verified=False)
    Member.objects.filter(pk=sana.pk).update(is_active=False)
    with pytest.raises(ImmediateHttpResponse):
        come(sana.email)


def test_a_provider_takes_up_an_invitation(admin, sana, actor) -> None:
    invite(actor(admin), email="rami@masar.example", role_id=sana.role_id, team_id=None)
    joined = come("rami@masar.example")
    assert joined is not None and joined.name == "From Provider" and not joined.has_usable_password()
