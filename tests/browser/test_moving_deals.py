"""Moving deals: with the mouse, with keys, with the menu, without scripts; and back again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.house import House


def card_of(page: Page, house: House, deal: str) -> Locator:
    return page.locator(f"#d-{house.records[deal].split('/')[2]}")


def lane_of(page: Page, place: int) -> Locator:
    return page.locator(".board [data-stage]").nth(place)


def answer_criteria(page: Page, why: str = "They asked for it by phone") -> None:
    """Some stages ask why their criteria do not hold."""
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=override]").fill(why)
    sheet.get_by_role("button", name="Move anyway").click()


def test_a_card_dragged_to_a_stage_whose_criteria_do_not_hold_asks_why_moves_and_comes_back_with_z(
    open_as: Opens, house: House, complaints: Watched
) -> None:
    page = open_as("sana", "/deals/")
    card = card_of(page, house, "deal.en")
    expect(lane_of(page, 0).locator(card)).to_be_visible()
    card.drag_to(lane_of(page, 3))
    sheet = page.locator("#sheet[open]")
    expect(sheet.locator("[name=override]")).to_be_visible()
    expect(lane_of(page, 0).locator(card)).to_be_visible()  # not before the reason is given
    answer_criteria(page)
    expect(lane_of(page, 3).locator(card)).to_be_visible()
    expect(page.locator(".toast button")).to_have_text("Undo")
    page.locator("h1").click()
    page.keyboard.press("z")
    expect(lane_of(page, 0).locator(card)).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Taken back")
    assert [text for text in complaints if "422" not in text] == []


def test_the_board_is_walked_and_a_deal_moved_with_keys_alone(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/deals/")
    card = card_of(page, house, "deal1.en")
    card.locator(".name").focus()
    page.keyboard.press("ArrowRight")
    expect(lane_of(page, 2).locator(".name:focus")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(card.locator(".name")).to_be_focused()
    page.keyboard.press("s")
    expect(card.locator(".menu button").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    page.keyboard.press("Enter")
    lane = page.locator(f".board [data-stage={chosen}]")
    if page.locator("#sheet[open]").or_(lane.locator(card)).first.is_visible() and page.locator("#sheet[open]").count():
        answer_criteria(page)
    expect(lane.locator(card)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_arrows_follow_the_direction_of_the_page(open_as: Opens, house: House, language: str) -> None:
    page = open_as("sana", "/deals/", language=language)
    lane_of(page, 3).locator(".deal .name").first.focus()
    page.keyboard.press("ArrowLeft" if language == "en" else "ArrowRight")
    expect(lane_of(page, 2).locator(".name:focus")).to_have_count(1)


def test_the_menu_of_a_card_moves_it_without_dragging(open_as: Opens, house: House) -> None:
    page = open_as("sana", "/deals/", language="ar")
    card = card_of(page, house, "deal2.ar")
    card.locator("summary").click()
    card.locator(".menu button").nth(1).click()
    sheet = page.locator("#sheet[open]")
    expect(sheet.or_(page.locator(".toast")).first).to_be_visible()
    if sheet.count():
        sheet.locator("[name=override]").fill("طلبوا ذلك هاتفيًا")
        sheet.locator("[type=submit]").click()
    expect(page.locator(".toast")).to_contain_text("تراجع")
    expect(lane_of(page, 2).locator(card)).to_have_count(0)


@pytest.mark.parametrize(("outcome", "deal"), [("won", "deal3.en"), ("lost", "deal4.en")])
def test_an_end_asks_for_the_reason_and_can_be_taken_back(
    open_as: Opens, house: House, outcome: str, deal: str
) -> None:
    page = open_as("sana", house.records[deal])
    page.locator(f".page-head a[data-dialog$='stage={outcome}']").click()
    sheet = page.locator("#sheet[open]")
    sheet.locator("[name=reason]").select_option(index=1)
    sheet.locator("[name=words]").fill("They said so on the phone")
    if sheet.locator("[name=override]").count():
        sheet.locator("[name=override]").fill("Signed already")
    sheet.locator("[type=submit]").last.click()
    badge = page.locator("h1 .badge")
    expect(badge).to_have_text({"won": "Won", "lost": "Lost"}[outcome])
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(badge).not_to_have_text(re.compile("Won|Lost"))


def test_a_deal_moves_without_scripts(open_as: Opens, house: House) -> None:
    page = open_as("sana", house.records["deal5.en"], scripts=False)
    last = page.locator(".stepper li").nth(4)
    last.get_by_role("button").click()
    if page.locator("[name=override]").count():
        page.locator("[name=override]").fill("They asked for it by phone")
        page.locator("main form [type=submit]").last.click()
    page.goto(house.url + house.records["deal5.en"])
    expect(page.locator(".stepper [aria-current=step]")).to_contain_text("objections")
