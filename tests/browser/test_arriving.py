"""Coming in: the first run of an empty house, signing in and out, an invitation, a session that has ended."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.house import House, open_house
from tests.browser.looking import wrong_with

PASSWORD = "a long enough passphrase"


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[House]:
    opened = open_house(tmp_path_factory.mktemp("empty") / "home", models, staged=False)
    yield opened
    opened.stop()


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_empty_house_is_set_up_on_its_first_page_and_begins_empty(open_as: Opens, empty_house: House) -> None:
    page = open_as(None, "/", of=empty_house)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your company")
    assert not wrong_with(page)
    page.get_by_label("Company").fill("Masar Fleet")
    page.get_by_label("Your name").fill("Amal Najjar")
    page.get_by_label("Your e-mail").fill("amal@masar.example")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".err").first).to_be_visible()
    expect(page.get_by_label("Company")).to_have_value("Masar Fleet")  # nothing typed is lost
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    expect(page).to_have_url(re.compile("/setup/next/$"))
    page.set_viewport_size({"width": 1440, "height": 900})
    assert not wrong_with(page)
    page.get_by_role("link", name="Start empty").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amal")
    expect(page.get_by_text("Nothing asks for you right now")).to_be_visible()
    page.goto(f"{empty_house.url}/deals/")
    expect(page.locator(".lane[aria-labelledby]")).to_have_count(8)  # six stages, won and lost
    page.goto(f"{empty_house.url}/setup/")
    expect(page.get_by_label("Your name")).to_have_count(0)  # a house is set up once


def test_the_password_lets_in_and_a_wrong_one_does_not(open_as: Opens, house: House) -> None:
    page = open_as(None, "/deals/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in(page, "lina@masar.example", "not her password")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in(page, "lina@masar.example", PASSWORD)
    expect(page).to_have_url(re.compile("/deals/$"))  # where she was going
    page.locator(".side-user").click()
    page.get_by_role("button", name="Sign out").click()
    if page.url.endswith("/accounts/logout/"):
        page.get_by_role("button", name="Sign out").last.click()
    page.goto(f"{house.url}/deals/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_an_invitation_is_accepted_once(open_as: Opens, house: House) -> None:
    page = open_as("amal", "/team/invite/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill("newcomer@masar.example")
    page.get_by_label("Role").select_option(label="Sales rep")
    page.get_by_role("button", name="Invite").last.click()
    link = page.locator("main").inner_html()
    found = re.search(r"/join/[A-Za-z0-9_-]{20,}/", link)
    assert found, "the link is shown once, to be passed on"
    guest = open_as(None, found.group())
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Masar Fleet")
    assert not wrong_with(guest)
    guest.get_by_label("Name").first.fill("نور سالم")
    guest.get_by_label("Password").first.fill(PASSWORD)
    guest.get_by_role("button", name="Join").click()
    expect(guest.locator("h1")).to_contain_text("نور")
    again = open_as(None, found.group())
    expect(again.locator(".fault, .callout").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_form_outlives_the_session_with_what_was_written(
    open_as: Opens, house: House, scripts: bool, language: str
) -> None:
    page = open_as("lina", "/people/add/", scripts=scripts, language=language)
    page.locator("main [name=name]").fill("هند الراوي" if scripts else "Tomas Berg")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator(".written")).to_have_text(re.compile("هند|Tomas"))  # nothing is lost, and it can be read
    if scripts:
        assert not wrong_with(page)
    with page.context.expect_page() as beside:
        page.locator(".fault a[target=_blank]").click()
    door = beside.value
    sign_in_anyhow(door, "lina@masar.example" if language == "en" else "lina.ar@masar.example")
    expect(door).not_to_have_url(re.compile("/accounts/login/"))
    door.close()
    page.bring_to_front()
    page.locator(".fault form [type=submit]").click()
    if not scripts:  # the page's token is of before signing in: it says so, and sends the same once more
        expect(page).not_to_have_url(re.compile("/people/[0-9a-f-]{36}/"))
        page.locator(".fault form [type=submit]").click()
    expect(page.locator("h1")).to_contain_text("هند الراوي" if scripts else "Tomas Berg")


def sign_in_anyhow(page: Page, email: str) -> None:
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").first.click()


def test_a_page_opened_after_the_session_ended_leads_to_the_door_and_on(open_as: Opens, house: House) -> None:
    page = open_as("lina", "/people/")
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{house.url}/companies/")
    sign_in_anyhow(page, "lina@masar.example")
    expect(page).to_have_url(re.compile("/companies/$"))


@pytest.mark.parametrize(("language", "words"), [("en", "page"), ("ar", "الصفحة")])
def test_a_form_kept_open_too_long_says_so_in_the_readers_language(open_as: Opens, language: str, words: str) -> None:
    page = open_as("lina", "/people/add/", language=language)
    page.context.clear_cookies(name="csrftoken")
    page.locator("main input[name=csrfmiddlewaretoken]").first.evaluate("(field) => { field.value = 'x'.repeat(64); }")
    page.locator("#id_name, [name=name]").first.fill("Half Written")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator(".fault")).to_contain_text(words)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator(".fault form [type=submit]").click()  # sent once more with what was typed
    expect(page.locator("h1")).to_contain_text("Half Written")


def test_a_dialog_outlives_the_session_with_what_was_typed(open_as: Opens, house: House) -> None:
    page = open_as("lina", "/companies/")
    page.keyboard.press("n")
    page.keyboard.press("l")
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=name]").fill("Typed Before")
    signed_in = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    sheet.locator("[type=submit]").last.click()
    expect(sheet.locator(".answers-in")).to_contain_text("You are signed out")
    expect(sheet.locator("[name=name]")).to_have_value("Typed Before")
    page.context.add_cookies(signed_in)  # type: ignore[arg-type]  # signed in again beside it
    sheet.locator("[type=submit]").last.click()
    page.locator(".toast").get_by_role("link", name="Open it").click()
    expect(page.locator("h1")).to_contain_text("Typed Before")


def test_a_dialog_kept_open_too_long_renews_its_token_by_itself(open_as: Opens, house: House) -> None:
    page = open_as("lina", "/companies/")
    page.keyboard.press("n")
    page.keyboard.press("l")
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=name]").fill("Kept Waiting")
    page.context.clear_cookies(name="csrftoken")
    sheet.locator("[type=submit]").last.click()
    page.locator(".toast").get_by_role("link", name="Open it").click()
    expect(page.locator("h1")).to_contain_text("Kept Waiting")
