"""Editing: in place, together, many at once; and the way back from each."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.house import House


def edit(page: Page, field: str, value: str) -> None:
    page.locator(f"[data-edit][data-field={field}]").focus()
    page.keyboard.press("Enter")
    box = page.locator("main input.input:focus, main select.input:focus")
    box.fill(value)
    page.keyboard.press("Enter")


def test_a_value_is_edited_in_its_place_with_keys_and_taken_back(
    open_as: Opens, house: House, complaints: Watched
) -> None:
    page = open_as("sana", house.records["deal1.en"])
    edit(page, "source", "Trade fair")
    button = page.locator("[data-field=source]")
    expect(button).to_contain_text("Trade fair")
    expect(button).to_be_focused()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(button).not_to_contain_text("Trade fair")
    page.locator("[data-field=source]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Nothing of this")
    page.keyboard.press("Escape")
    expect(button).not_to_contain_text("Nothing of this")
    expect(button).to_be_focused()
    assert complaints == []


def test_two_who_edit_one_deal_lose_nothing(open_as: Opens, house: House) -> None:
    hers, his = open_as("sana", house.records["deal2.en"]), open_as("omar", house.records["deal2.en"])
    edit(hers, "source", "Trade fair")
    expect(hers.locator("[data-field=source]")).to_contain_text("Trade fair")
    edit(his, "source", "Referral")
    said = his.locator("#answers .answer")
    expect(said).to_contain_text("Trade fair")
    expect(said).to_contain_text("Referral")
    said.get_by_role("button", name="Save mine over it").click()
    expect(his.locator("[data-field=source]")).to_contain_text("Referral")
    edit(hers, "competitors", "Acme")
    said = hers.locator("#answers .answer")
    expect(said).to_be_visible()
    said.get_by_role("link", name="Keep theirs").click()
    expect(hers.locator("[data-field=source]")).to_contain_text("Referral")


def test_two_who_edit_one_deal_choose_on_the_long_form_too(open_as: Opens, house: House) -> None:
    hers, his = (
        open_as("sana", house.records["deal2.en"] + "edit/"),
        open_as("omar", house.records["deal2.en"] + "edit/"),
    )
    for page, name in ((hers, "Cedar fleet A"), (his, "Cedar fleet B")):
        page.locator("main [name=name]").fill(name)
        page.locator("main form [type=submit]").last.click()
    expect(hers.locator("h1")).to_contain_text("Cedar fleet A")
    expect(his.locator("main")).to_contain_text("Cedar fleet A")
    expect(his.locator("main")).to_contain_text("Cedar fleet B")
    his.get_by_role("button", name="Save mine over it").click()
    expect(his.locator("h1")).to_contain_text("Cedar fleet B")


def test_an_edit_is_taken_back_from_the_timeline(open_as: Opens, house: House) -> None:
    page = open_as("sana", house.records["deal3.en"])
    edit(page, "source", "Cold call")
    expect(page.locator("[data-field=source]")).to_contain_text("Cold call")
    page.reload()
    page.locator("#timeline").get_by_role("button", name="Undo").first.click()
    expect(page.locator("[data-field=source]")).not_to_contain_text("Cold call")


def test_many_deals_are_changed_at_once_and_taken_back(open_as: Opens, house: House) -> None:
    page = open_as("omar", "/deals/table/")
    page.locator("[data-row]").nth(0).check()
    page.locator("[data-row]").nth(1).check()
    page.get_by_role("button", name="Edit selected").click()
    page.get_by_role("radio", name="Close date").check()
    page.locator("main input[type=date]").fill("2027-01-31")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("2 deals changed")
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.locator(".toast", has_text="Taken back")).to_be_visible()


def test_a_view_of_a_list_is_kept_under_a_name(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/deals/table/?next_step=0")
    page.locator(".tabs [data-dialog]").click()
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=name]").fill("Without a next step")
    sheet.locator("[type=submit]").last.click()
    expect(page.locator(".tabs")).to_contain_text("Without a next step")
    page.goto(house.url + "/deals/table/")
    page.locator(".tabs a", has_text="Without a next step").click()
    expect(page.locator(".chip.on")).to_have_count(1)


def test_a_note_that_names_a_colleague_reaches_them(open_as: Opens, house: House) -> None:
    page = open_as("sana", house.records["deal4.en"])
    page.locator("#timeline-note").fill("@Omar Haddad could you look at the discount?")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#timeline .timeline")).to_contain_text("could you look at the discount")
    expect(page.locator("#timeline-note")).to_have_value("")
    omar = open_as("omar", "/notifications/")
    for _try in range(20):  # the worker passes it on
        if omar.get_by_text("Oasis Schools").count():
            break
        omar.wait_for_timeout(1000)
        omar.reload()
    expect(omar.locator("main")).to_contain_text("Oasis Schools")


def test_a_file_is_added_and_comes_back_whole(open_as: Opens, house: House, tmp_path: Path) -> None:
    offer = tmp_path / "عرض السعر.txt"
    offer.write_text("twelve trucks", encoding="utf-8")
    page = open_as("sana", house.records["deal5.en"])
    page.locator("#timeline [data-dialog$='/add/file/']").click()
    sheet = page.locator("#sheet[open]")
    sheet.locator("input[type=file]").set_input_files(offer)
    sheet.locator("[type=submit]").last.click()
    link = page.locator("#timeline a[download]", has_text="عرض السعر.txt")
    expect(link).to_be_visible()
    with page.expect_download() as got:
        link.click()
    assert Path(got.value.path()).read_text(encoding="utf-8") == "twelve trucks"
    assert re.search("عرض", got.value.suggested_filename)
