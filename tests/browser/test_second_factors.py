"""A passkey, an authenticator app and a sign-in provider, as a member uses them: Chromium's own key, at localhost."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.house import House, free_port, open_house
from tests.browser.looking import wrong_with
from tests.identity import Identity, provider
from tests.provider import CLIENT, SECRET

pytestmark = pytest.mark.xdist_group("a house with a name")
PASSWORD = "a long enough passphrase"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def identity() -> Iterator[Identity]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def named_house(tmp_path_factory: pytest.TempPathFactory, models: Path, identity: Identity) -> Iterator[House]:
    """A passkey belongs to a host with a name: 127.0.0.1 has none."""
    settings = {
        "DAWRA_BASE_URL": f"http://localhost:{free_port()}",
        "DAWRA_OIDC_URL": identity.url,
        "DAWRA_OIDC_NAME": "Masar accounts",
        "DAWRA_OIDC_CLIENT": CLIENT,
        "DAWRA_OIDC_SECRET": SECRET,
    }
    opened = open_house(tmp_path_factory.mktemp("named") / "home", models, settings=settings)
    yield opened
    opened.stop()


def sign_in(page: Page, house: House, who: str) -> None:
    page.goto(f"http://localhost:{house.port}/accounts/login/?next=/settings/")
    page.locator("[name=login]").fill(f"{who}@masar.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").first.click()


def sign_out(page: Page, house: House) -> None:
    page.goto(f"http://localhost:{house.port}/accounts/logout/")
    page.locator("main form [type=submit]").first.click()
    page.goto(f"http://localhost:{house.port}/settings/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def confirm(page: Page) -> None:
    """Whoever changes a second factor gives the password once more, unless it was just given."""
    if "/reauthenticate/" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form [type=submit]").first.click()


def plug_in(page: Page) -> tuple[CDPSession, str]:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    return cdp, str(cdp.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"])


def code_of(secret: str, at: float) -> str:
    """RFC 6238, written out: what an authenticator app shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_a_passkey_is_added_and_opens_the_house_without_a_password(
    open_as: Opens, named_house: House, complaints: Watched
) -> None:
    page = open_as(None, "/accounts/login/", of=named_house)
    cdp, device = plug_in(page)
    sign_in(page, named_house, "sana")
    page.goto(f"http://localhost:{named_house.port}/accounts/2fa/webauthn/add/")
    confirm(page)
    assert not wrong_with(page)
    page.locator("[name=name]").fill("مفتاح المكتب")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "/add/" not in address)
    held = cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [(key["rpId"], key["isResidentCredential"]) for key in held] == [("localhost", True)]
    page.goto(f"http://localhost:{named_house.port}/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("مفتاح المكتب")
    assert not wrong_with(page)
    sign_out(page, named_house)
    page.locator("#passkey_login").click()
    expect(page).to_have_url(re.compile("/settings/$"))  # where she was going
    expect(page.locator(".side-user")).to_contain_text("Sana")
    assert not complaints


def test_a_passkey_that_is_not_there_or_not_known_is_said_on_the_page(open_as: Opens, named_house: House) -> None:
    page = open_as(None, "/accounts/login/", of=named_house)
    page.goto(f"http://localhost:{named_house.port}/accounts/login/")
    cdp, device = plug_in(page)
    page.locator("#passkey_login").click()
    expect(page.locator(".toast.bad")).to_be_visible()  # no passkey on this device
    expect(page.locator("[name=login]")).to_be_visible()
    page.goto(f"http://127.0.0.1:{named_house.port}/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.locator(".toast.bad")).to_contain_text("localhost")  # a number is not a name
    sign_in(page, named_house, "lina")
    page.goto(f"http://localhost:{named_house.port}/accounts/2fa/webauthn/add/")
    confirm(page)
    page.locator("[name=name]").fill("Phone")
    page.locator("[name=passwordless]").check()
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator(".toast.bad")).to_be_visible()  # whoever holds the device could not prove who they are
    expect(page.locator("[name=name]")).to_have_value("Phone")


def test_an_authenticator_app_is_set_up_and_asked_for(open_as: Opens, named_house: House, complaints: Watched) -> None:
    page = open_as(None, "/accounts/login/", of=named_house)
    sign_in(page, named_house, "omar")
    page.goto(f"http://localhost:{named_house.port}/accounts/2fa/totp/activate/")
    confirm(page)
    assert page.locator("main img").evaluate("(image) => image.complete && image.naturalWidth > 40")  # the QR code
    assert not wrong_with(page)
    secret = page.locator("#authenticator_secret").input_value()
    began = time.time()
    page.locator("[name=code]").fill(code_of(secret, began))
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url(lambda address: "/totp/activate" not in address)
    assert not wrong_with(page)
    sign_out(page, named_house)
    sign_in(page, named_house, "omar")
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    assert not wrong_with(page)
    page.locator("[name=code]").fill("000000")
    page.locator("main form [type=submit]").first.click()
    expect(page.locator(".err").first).to_be_visible()
    page.locator("[name=code]").fill(code_of(secret, began + 30))  # a code is good once: the next one
    page.locator("main form [type=submit]").first.click()
    expect(page).to_have_url(re.compile("/settings/$"))
    assert not complaints


def test_the_button_of_the_provider_leads_there_and_back(
    open_as: Opens, named_house: House, identity: Identity, complaints: Watched
) -> None:
    """The content security policy lets the form lead to the provider, and nowhere else."""
    identity.be("lina@masar.example")
    page = open_as(None, "/accounts/login/", of=named_house)
    page.goto(f"http://localhost:{named_house.port}/accounts/login/?next=/deals/")
    assert not wrong_with(page)
    page.get_by_role("button", name="Masar accounts").click()
    expect(page).to_have_url(re.compile("/deals/$"))
    expect(page.locator(".side-user")).to_contain_text("Lina")
    assert not complaints
    sign_out(page, named_house)
    identity.be("lina@masar.example", wrong="nonce")
    page.get_by_role("button", name="Masar accounts").click()
    expect(page.locator("main")).to_contain_text("could not be trusted")
    assert not wrong_with(page)
