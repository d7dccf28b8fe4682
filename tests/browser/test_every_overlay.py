"""What opens over a page or follows a form: as open to everyone as the pages themselves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.house import House
from tests.browser.looking import wrong_with

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def wrong_over(page: Page) -> list[str]:
    """Wrong with what is open now; the widths of the page below are looked at elsewhere."""
    return [what for what in wrong_with(page) if not what.startswith("scrolls sideways")]


@LANGUAGES
@pytest.mark.parametrize("what", ["person", "company", "deal", "call", "task", "note"])
def test_a_quick_dialog_is_open_to_everyone(open_as: Opens, complaints: Watched, language: str, what: str) -> None:
    page = open_as("sana", "/companies/", language=language)
    page.get_by_text("Quick add" if language == "en" else "إضافة سريعة").first.click()
    page.locator(f".topbar .menu [data-dialog$='/quick/{what}/']").click()
    expect(page.locator("#sheet[open] form").last).to_be_visible()
    assert not wrong_over(page)
    assert complaints == []


@LANGUAGES
def test_the_dialogs_of_a_deal_are_open_to_everyone(
    open_as: Opens, house: House, complaints: Watched, language: str
) -> None:
    page = open_as("sana", house.records[f"deal.{language}"], language=language)
    for opener in ("stage=won", "stage=lost", "/add/call/", "/add/task/", "/add/file/"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.locator(f"main [data-dialog$='{opener}']").first.click()
        expect(page.locator("#sheet[open] form").last).to_be_visible()
        assert not wrong_over(page), opener
        page.keyboard.press("Escape")
        expect(page.locator("#sheet[open]")).to_have_count(0)
    assert complaints == []


@LANGUAGES
def test_the_palette_the_keys_and_the_menus_are_open_to_everyone(
    open_as: Opens, complaints: Watched, language: str
) -> None:
    page = open_as("sana", "/deals/", language=language)
    page.keyboard.press("Control+k")
    page.keyboard.type("nile")
    expect(page.locator("#pal-found [role=option]").first).to_be_visible()
    assert not wrong_over(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert not wrong_over(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".side-user").click()
    page.locator(".deal summary").first.click()
    assert not wrong_over(page)
    assert complaints == []


@LANGUAGES
def test_the_drawer_of_a_phone_is_open_to_everyone(open_as: Opens, language: str) -> None:
    page = open_as("sana", "/deals/", language=language, width=390, height=844)
    page.locator(".tabbar [data-side]").click()
    expect(page.locator(".side.open")).to_be_visible()
    assert not wrong_over(page)


@LANGUAGES
def test_a_key_for_programs_is_shown_once(open_as: Opens, house: House, language: str) -> None:
    page = open_as("amal", "/settings/tokens/", language=language)
    page.locator("main [name=name]").fill("Nightly")
    page.locator("main [name=scopes]").first.check()
    page.locator("main form:has([name=scopes]) [type=submit]").click()
    expect(page.locator("main input[readonly]")).to_have_value(re.compile("dw_.{20}"))
    assert not wrong_with(page)
    page.goto(house.url + "/settings/tokens/")
    expect(page.locator("main input[readonly]")).to_have_count(0)


@LANGUAGES
def test_a_small_file_is_imported_and_accounted_for(open_as: Opens, tmp_path: Path, language: str) -> None:
    rows = tmp_path / f"people-{language}.csv"
    rows.write_text(f"name,email\nIbtisam {language},ibtisam.{language}@import.example\n,nobody\n", encoding="utf-8")
    page = open_as("amal", "/import/", language=language)
    page.locator("input[type=file]").set_input_files(rows)
    page.locator("main form[enctype] [type=submit]").click()
    page.locator("main a.btn.primary").click()
    expect(page.locator("button[name=go]")).to_be_visible()
    assert not wrong_with(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("button[name=go]").click()
    expect(page.locator("#run h2").first).to_be_visible(timeout=60_000)
    page.locator("form.card button.primary").click()
    expect(page.locator("main a[href$='.csv']").first).to_be_visible(timeout=60_000)
    assert not wrong_with(page)


@LANGUAGES
def test_many_are_edited_on_a_page_of_their_own(open_as: Opens, language: str) -> None:
    for path in ("/deals/table/", "/people/"):
        page = open_as("omar", path, language=language)
        page.locator("[data-row]").first.check()
        page.locator("[data-bulk] [value=chosen]").click()
        expect(page.locator("main [name=field]").first).to_be_visible()
        assert not wrong_with(page), path


@LANGUAGES
def test_a_conflict_is_a_page_without_scripts(open_as: Opens, house: House, language: str) -> None:
    path = house.records[f"deal3.{language}"] + "edit/"
    hers, his = (open_as(who, path, language=language, scripts=False) for who in ("sana", "omar"))
    for page, name in ((hers, "Atlas A"), (his, "Atlas B")):
        page.locator("main [name=name]").fill(name)
        page.locator("main form [type=submit]").last.click()
    expect(his.locator("main")).to_contain_text("Atlas A")
    expect(his.locator("main")).to_contain_text("Atlas B")
