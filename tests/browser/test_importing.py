"""A nasty file goes the wizard's whole way in a browser, in both languages: answered, checked, imported, put right, taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Watched
from tests.browser.looking import wrong_with

# Ambiguous dates, labels nobody knows, Arabic headings, one bad e-mail, one row of nothing.
NASTY = (
    "الاسم,البريد,المرحلة,Met on,Fleet?\n"
    "رانيا {0},rania.{0}@zaytun.test,Warm,03/04/2026,Small\nKarim {0},karim.{0}@cedars.test,Warm,05/06/2026,Large\n"
    'Dina {0},"dina.{0}@atlas,com",Cold,01/02/2026,Small\nHuda {0},huda.{0}@niles.test,Cold,02/03/2026,Large\n'
)
WORDS = {
    "en": {"asks": "nothing is guessed", "checked": "4 rows were checked", "back": "Taken back: 4"},
    "ar": {"asks": "لا يُخمَّن شيء", "checked": "فُحصت 4 صفوف", "back": "جرى التراجع عن 4"},
}


def chosen(page: Page, field: str, value: str, then: str) -> None:
    page.select_option(field, value)
    page.wait_for_selector(then)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_nasty_file_goes_the_whole_way_and_back(open_as: Opens, complaints: Watched, language: str) -> None:
    words = WORDS[language]
    page = open_as("amal", "/import/", language=language)
    content = NASTY.format(language).encode()
    page.set_input_files("#files", {"name": f"{language}.csv", "mimeType": "text/csv", "buffer": content})
    page.click("form[enctype] button[type=submit]")
    page.click("main a.btn.primary")
    # What is open is asked; going on without an answer says so and keeps what was chosen.
    chosen(page, "#field-3", "new", "[name=new_name_3]")
    chosen(page, "#field-4", "new", "[name=new_name_4]")
    page.fill("[name=new_name_3]", f"Met {language}")
    page.fill("[name=new_name_4]", f"Fleet {language}")
    page.uncheck("[name=remember]")
    page.click("button[name=go]")
    expect(page.locator("[role=alert]")).to_contain_text(words["asks"])
    expect(page.locator("[name=new_name_4]")).to_have_value(f"Fleet {language}")
    page.check("input[name=order_3][value=dmy]")
    page.select_option("[name=label_2_0]", "lead")
    page.select_option("[name=label_2_1]", "")
    assert not wrong_with(page)
    page.click("button[name=go]")
    expect(page.locator("#run h2").first).to_contain_text(words["checked"])
    expect(page.locator("details table").first).to_contain_text(f"dina.{language}@atlas,com")
    assert not wrong_with(page)
    page.click("form.card button.primary")
    # Three rows are in; the fourth is put right on the page.
    fix = page.locator("#attention [id^=fix-]")
    expect(fix).to_contain_text(f"dina.{language}@atlas.com")
    page.wait_for_selector("a.danger")
    assert not wrong_with(page)
    fix.click()
    expect(page.locator(".g4 .big").first).to_have_text("4")
    page.click("a.danger")
    page.click("#sheet button.danger")
    expect(page.locator(".callout").filter(has_text=words["back"])).to_be_visible()
    assert not [text for text in complaints if "422" not in text]
