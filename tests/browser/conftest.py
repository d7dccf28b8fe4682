"""A browser, a house, and pages opened in it as somebody, in a language and a theme."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.house import House, open_house

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    opened = open_house(tmp_path_factory.mktemp("house"))
    yield opened
    opened.stop()


class Watched(list[str]):
    """What the browser complained about: blocked by the content security policy, script errors, failed loads."""


Opens = Callable[..., Page]


@pytest.fixture
def complaints() -> Watched:
    return Watched()


@pytest.fixture
def open_as(browser: Browser, house: House, complaints: Watched) -> Iterator[Opens]:
    """open_as("sana", "/deals/", language="ar", theme="dark", width=390): a page in a browser of its own."""
    contexts: list[BrowserContext] = []

    def opened(
        who: str | None,
        path: str,
        *,
        language: str = "en",
        theme: str = "light",
        width: int = 1440,
        height: int = 900,
        scripts: bool = True,
        of: House | None = None,
    ) -> Page:
        place = of or house
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            has_touch=width < 600,
        )
        contexts.append(context)
        cookies = [{"name": "django_language", "value": language, "url": place.url}]
        if who:
            cookies.append({"name": "sessionid", "value": place.sessions[f"{who}.{language}"], "url": place.url})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(place.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
