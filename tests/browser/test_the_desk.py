"""The desk: add from anywhere, find anything, keys on any layout, language and look of one's own, work that is done."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.house import House


def test_a_person_is_added_from_any_page_without_leaving_it(open_as: Opens, house: House, complaints: Watched) -> None:
    page = open_as("lina", "/companies/")
    page.keyboard.press("n")
    page.keyboard.press("l")
    sheet = page.locator("#sheet[open]")
    expect(sheet.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Yara Sabbagh")
    sheet.locator("[name=email]").fill("yara@sabbagh.example")
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    expect(page).to_have_url(re.compile("/companies/$"))
    page.locator(".toast").get_by_role("link", name="Open it").click()
    expect(page.locator("h1")).to_contain_text("Yara Sabbagh")
    assert complaints == []


def test_a_deal_is_added_from_the_menu_and_what_is_missing_is_said_in_the_dialog(open_as: Opens, house: House) -> None:
    page = open_as("lina", "/")
    page.get_by_text("Quick add").first.click()
    page.locator(".topbar .menu [data-dialog$='/quick/deal/']").click()
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=amount]").fill("12,500")
    sheet.locator("[type=submit]").last.click()
    expect(sheet.locator(".err").first).to_be_visible()
    expect(sheet.locator("[name=amount]")).to_have_value(re.compile("12,?500"))
    sheet.locator("[name=name]").fill("Harbour cranes")
    sheet.locator("[type=submit]").last.click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page).to_have_url(house.url + "/")


def test_arabic_is_found_without_hamza_and_tashkeel_and_opened_with_enter(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/people/", language="ar")
    page.keyboard.press("Control+k")
    page.keyboard.type("اغذيه الن")  # أغذية النيل, as it is typed in a hurry
    expect(page.locator("#pal-found [role=option]", has_text="أغذية النيل").first).to_be_visible()
    expect(page.locator("#pal-list [aria-selected=true]")).to_have_count(1)
    while "companies" not in (page.locator("#pal-list [aria-selected=true]").get_attribute("href") or ""):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/companies/[0-9a-f-]+/"))
    expect(page.locator("h1")).to_contain_text("أغذية النيل")


def test_the_language_changes_in_place_and_stays(open_as: Opens, house: House) -> None:
    page = open_as("zayn", "/deals/table/")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(re.compile("/deals/table/$"))
    page.goto(house.url + "/people/")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_dark_stays_dark_on_the_next_page_and_for_the_next_browser(open_as: Opens, house: House) -> None:
    page = open_as("zayn", "/")
    with page.expect_response("**/settings/look/"):
        page.get_by_role("button", name="Switch light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    elsewhere = open_as("zayn", "/people/")
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "dark")
    with elsewhere.expect_response("**/settings/look/"):
        elsewhere.get_by_role("button", name="Switch light or dark").click()


def press_place(page: Page, code: str, key: str) -> None:
    """A key by its place on the board, with what an Arabic layout writes there."""
    page.evaluate(
        "([code, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))",
        [code, key],
    )


def test_keys_work_by_place_on_an_arabic_layout_and_never_while_typing(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/people/", language="ar")
    press_place(page, "KeyG", "ل")
    press_place(page, "KeyP", "ح")
    page.wait_for_url("**/deals/")
    page.goto(house.url + "/people/")
    page.locator("input[type=search]").first.focus()
    page.keyboard.type("gp")
    expect(page).to_have_url(re.compile("/people/$"))
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_rows_are_walked_and_chosen_with_j_k_and_x(open_as: Opens, house: House) -> None:
    page = open_as("omar", "/deals/table/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.cursor")).to_have_count(1)
    assert page.locator("[data-grid] tbody tr").first.evaluate("row => row.classList.contains('cursor')")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("1")
    expect(page.locator("[data-bulk]")).to_be_visible()


def test_a_task_is_done_from_the_day_and_taken_back(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/")
    row = page.locator("li", has_text="Prepare the demo").first
    row.locator("form button").first.click()
    expect(page.locator("s", has_text="Prepare the demo")).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("s", has_text="Prepare the demo")).to_have_count(0)
    expect(page.locator("a.strong", has_text="Prepare the demo")).to_be_visible()


def test_a_person_is_added_without_scripts(open_as: Opens, house: House) -> None:
    page = open_as("lina", "/people/add/", scripts=False)
    page.locator("main [name=name]").fill("Salma Haddad")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("h1")).to_contain_text("Salma Haddad")
