"""Every page, in both languages and both themes, on a desk and on a phone: nothing blocked, faint, nameless or sideways."""

import pytest

from tests.browser.conftest import Opens, Tabs
from tests.browser.house import House
from tests.browser.looking import look_at, wrong_with

# who sees it best; {deal}, {person}, {company}, … are records of the reader's language
PAGES = {
    "day": ("sana", "/"),
    "board": ("sana", "/deals/"),
    "board of nothing": ("zayn", "/deals/"),
    "board filtered": ("sana", "/deals/?stalled=1"),
    "deals table": ("sana", "/deals/table/"),
    "deals table of nothing": ("zayn", "/deals/table/"),
    "deals filters": ("sana", "/deals/filters/"),
    "deals columns": ("sana", "/deals/columns/"),
    "deals views": ("sana", "/deals/views/"),
    "by close date": ("sana", "/deals/by-date/"),
    "what moved": ("sana", "/deals/moved/"),
    "close rate": ("sana", "/deals/close-rate/"),
    "answers to objections": ("sana", "/deals/answers/?words=price"),
    "write an answer": ("sana", "/deals/answers/new/"),
    "demos": ("sana", "/deals/demos/"),
    "playbook": ("amal", "/deals/playbook/"),
    "how the playbook is followed": ("omar", "/deals/playbook/followed/?days=1825"),
    "deals under a number of the playbook": ("omar", "/deals/playbook/followed/deals/?days=1825"),
    "a page of the playbook": ("amal", "{play}"),
    "plan a demo": ("sana", "{deal}demos/new/"),
    "note a finding": ("sana", "{deal1}qualification/budget/"),
    "next best actions": ("sana", "/next/"),
    "next best actions of the team": ("omar", "/next/?owner=all"),
    "what is proposed": ("amal", "/settings/next/"),
    "frameworks": ("amal", "/settings/qualification/"),
    "write a framework": ("amal", "/settings/qualification/new/"),
    "qualification and winning": ("sana", "/deals/qualification/"),
    "a rule of what is proposed": ("amal", "/settings/next/new/"),
    "deal": ("sana", "{deal}"),
    "new deal": ("sana", "/deals/new/"),
    "edit deal": ("sana", "{deal}edit/"),
    "move deal": ("sana", "{deal}move/"),
    "deal products": ("sana", "{deal}products/"),
    "deal credit": ("sana", "{deal}credit/"),
    "an answer": ("sana", "{answer}"),
    "demo ahead": ("sana", "{demo}"),
    "demo held": ("sana", "{demo_held}"),
    "agenda of a demo": ("sana", "{demo}agenda/"),
    "telling of a demo": ("sana", "{demo_held}held/"),
    "a demo at another time": ("sana", "{demo}reschedule/"),
    "letters": ("sana", "/letters/"),
    "a letter": ("sana", "{letter}"),
    "write a letter": ("sana", "{write_letter}"),
    "letter templates": ("amal", "/settings/letters/"),
    "a letter template": ("amal", "{letter_template}"),
    "mail server": ("amal", "/settings/mail/"),
    "quote": ("sana", "{quote}"),
    "draft of a quote": ("sana", "{quote_draft}"),
    "edit quote": ("sana", "{quote_draft}edit/"),
    "rules of quotes": ("amal", "/settings/quotes/"),
    "quote as its buyer sees it": (None, "{buyer}"),
    "deal with everything": ("sana", "{deal1}"),
    "training and winning": ("omar", "/deals/training/"),
    "close plan": ("sana", "{plan}"),
    "close plan templates": ("amal", "/settings/close-plans/"),
    "write a close plan template": ("amal", "{plan_template}"),
    "begin a close plan": ("sana", "{plan}begin/"),
    "step of a close plan": ("sana", "{plan_step}"),
    "close plan as its buyer sees it": (None, "{buyer_plan}"),
    "leads": ("amal", "/leads/"),
    "lead": ("sana", "{lead}"),
    "accept lead": ("sana", "{lead}accept/"),
    "reject lead": ("sana", "{lead}reject/"),
    "leads filters": ("amal", "/leads/filters/"),
    "planner": ("amal", "/planner/"),
    "who fits": ("amal", "/icp/"),
    "who fits, by hand": ("amal", "/icp/by-hand/"),
    "who fits, compared": ("amal", "{profile}compare/"),
    "rules of briefs": ("amal", "/briefs/rules/"),
    "brief": ("sana", "{brief}"),
    "brief on paper": ("sana", "{brief}print/"),
    "leads of nothing": ("zayn", "/leads/"),
    "new lead": ("sana", "/leads/new/"),
    "leads by source": ("amal", "/leads/sources/"),
    "rules of leads": ("amal", "/settings/leads/"),
    "rule of leads": ("amal", "/settings/leads/new/"),
    "dry run of leads": ("amal", "/settings/leads/try/"),
    "who takes leads": ("amal", "/settings/leads/sellers/"),
    "response target": ("amal", "/settings/leads/promise/"),
    "reject reasons": ("amal", "/settings/leads/reasons/"),
    "outcomes of calls": ("amal", "/settings/calls/"),
    "people": ("sana", "/people/"),
    "people of nothing": ("zayn", "/people/"),
    "people filters": ("sana", "/people/filters/"),
    "people columns": ("sana", "/people/columns/"),
    "people views": ("sana", "/people/views/"),
    "person": ("sana", "{person}"),
    "edit person": ("sana", "{person}edit/"),
    "add a person": ("sana", "/people/add/"),
    "companies": ("sana", "/companies/"),
    "company": ("sana", "{company}"),
    "add a company": ("sana", "/companies/add/"),
    "edit company": ("sana", "{company}edit/"),
    "timeline": ("sana", "{timeline}"),
    "activity": ("sana", "{activity}"),
    "who can see": ("omar", "{access}"),
    "search": ("sana", "/search/?q=nile"),
    "search of nothing": ("sana", "/search/?q=zzzz"),
    "search before": ("sana", "/search/"),
    "quick person": ("sana", "/quick/person/"),
    "quick company": ("sana", "/quick/company/"),
    "quick deal": ("sana", "/quick/deal/"),
    "quick call": ("sana", "/quick/call/"),
    "quick note": ("sana", "/quick/note/"),
    "quick task": ("sana", "/quick/task/"),
    "notifications": ("omar", "/notifications/"),
    "profile": ("sana", "/settings/profile/"),
    "imports": ("amal", "/import/"),
    "import, its file": ("amal", "{import}"),
    "import, its columns": ("amal", "{import_columns}"),
    "import, the check": ("amal", "{import}check/"),
    "import, the report": ("amal", "{import_done}"),
    "import, a row": ("amal", "{import_row}"),
    "import, taking back": ("amal", "{import_done}undo/"),
    "bin": ("omar", "/bin/"),
    "erased addresses": ("amal", "/people/erased/"),
    "duplicates": ("omar", "/duplicates/"),
    "two that may be one": ("sana", "{pair}"),
    "privacy of a person": ("amal", "{person}privacy/"),
    "consent of a person": ("sana", "{person}consent/"),
    "team": ("amal", "/team/"),
    "member": ("amal", "{member}"),
    "invite": ("amal", "/team/invite/"),
    "teams": ("amal", "/team/teams/"),
    "training": ("omar", "/training/"),
    "a training path": ("sana", "{path}"),
    "a training path and one's people": ("omar", "{path}"),
    "a lesson": ("sana", "{lesson}"),
    "an open quiz": ("sana", "{quiz}"),
    "a quiz handed in": ("sana", "{quiz_done}"),
    "scoring a role-play": ("omar", "{score}"),
    "the desk of a training path": ("omar", "{desk}"),
    "name and rules of a training path": ("omar", "{desk}head/"),
    "writing a lesson": ("omar", "{desk_lesson}"),
    "writing a question": ("omar", "{desk_question}"),
    "writing a role-play": ("omar", "{desk}role-play/"),
    "settings": ("amal", "/settings/"),
    "one's calendar": ("sana", "/settings/calendar/"),
    "company settings": ("amal", "/settings/company/"),
    "roles": ("amal", "/settings/roles/"),
    "add a role": ("amal", "/settings/roles/add/"),
    "role": ("amal", "{role}"),
    "tokens": ("amal", "/settings/tokens/"),
    "fields": ("amal", "/settings/fields/"),
    "add a field": ("amal", "/settings/fields/add/"),
    "field": ("amal", "{field}"),
    "pipelines": ("amal", "/settings/pipelines/"),
    "pipeline": ("amal", "{pipeline}"),
    "products": ("amal", "/settings/products/"),
    "product": ("amal", "{product}"),
    "rates": ("amal", "/settings/rates/"),
    "reasons": ("amal", "/settings/reasons/"),
    "backups": ("amal", "/settings/backups/"),
    "deliveries": ("amal", "/journal/deliveries/"),
    "change password": ("sana", "/accounts/password/change/"),
    "second factor": ("sana", "/accounts/2fa/"),
    "sessions": ("sana", "/accounts/sessions/"),
    "sign out": ("sana", "/accounts/logout/"),
    "sign in": (None, "/accounts/login/"),
    "sign up": (None, "/accounts/signup/"),
    "forgotten password": (None, "/accounts/password/reset/"),
    "forgotten password sent": (None, "/accounts/password/reset/done/"),
    "a link that is used up": (None, "/join/nothing-like-a-key/"),
    "not found": ("sana", "/people/01900000-0000-7000-8000-000000000000/"),
    "no such address": ("sana", "/nowhere/"),
    "no such address for a visitor": (None, "/nowhere/"),
    "refused": ("sana", "/settings/roles/"),
}
ANSWERS = {
    "not found": "404",
    "no such address": "404",
    "no such address for a visitor": "404",
    "refused": "403",
    "a link that is used up": "404",
}


def address(house: House, path: str, language: str) -> str:
    return path.format(
        **{name.split(".")[0]: shown for name, shown in house.records.items() if name.endswith(f".{language}")}
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_open_to_everyone(tabs: Tabs, house: House, name: str, language: str) -> None:
    who, path = PAGES[name]
    page = tabs.look(who, address(house, path, language), language=language)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    wrong = wrong_with(page)
    wrong += [text for text in tabs.complaints if ANSWERS.get(name, "…") not in text]
    if name not in ANSWERS and page.locator(".fault").count():
        wrong.append(f"answered with a fault: {page.locator('.fault').inner_text()}")
    assert not wrong, "\n".join(wrong)


ON_A_PHONE = [
    "day", "board", "deals table", "deal", "people", "person", "imports", "import, its file", "import, its columns",
    "import, the check", "import, the report",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ON_A_PHONE)
def test_a_page_is_open_to_everyone_on_a_phone(tabs: Tabs, house: House, name: str, language: str) -> None:
    who, path = PAGES[name]
    seen = look_at(tabs.look(who, address(house, path, language), language=language, width=390, height=844))
    assert not seen.violations, "\n".join(seen.violations)
    assert not seen.faint, "\n".join(seen.faint)


@pytest.mark.parametrize("name", ["day", "board", "deals table", "deal", "people", "person", "company"])
def test_a_page_says_everything_without_scripts(open_as: Opens, house: House, name: str) -> None:
    who, path = PAGES[name]
    page = open_as(who, address(house, path, "en"), scripts=False)
    assert page.locator("main h1").count() == 1
    assert page.locator("main").inner_text().strip()
