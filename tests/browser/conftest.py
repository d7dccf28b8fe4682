"""A browser, a house, and pages opened in it as somebody, in a language and a theme."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.house import House, furnished, open_house

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
def models(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What houses are copied from, made once for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return furnished((base if worker_id == "master" else base.parent) / "models")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[House]:
    opened = open_house(tmp_path_factory.mktemp("house") / "home", models)
    yield opened
    opened.stop()


class Watched(list[str]):
    """What the browser complained about: blocked by the content security policy, script errors, failed loads."""


Opens = Callable[..., Page]


@pytest.fixture
def complaints() -> Watched:
    return Watched()


def context_for(
    browser: Browser,
    place: House,
    who: str | None,
    language: str,
    *,
    theme: str,
    width: int,
    height: int,
    scripts: bool,
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=scripts,
        has_touch=width < 600,
    )
    cookies = [{"name": "django_language", "value": language, "url": place.url}]
    if who:
        cookies.append({"name": "sessionid", "value": place.sessions[f"{who}.{language}"], "url": place.url})
    context.add_cookies(cookies)  # type: ignore[arg-type]  # the shape its own documentation shows
    return context


class Tabs:
    """One tab a reader and width, kept for the whole run: for pages that are only looked at."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser, self._house = browser, house
        self._kept: dict[tuple[str | None, str, int], Page] = {}
        self.complaints = Watched()

    def look(self, who: str | None, path: str, *, language: str = "en", width: int = 1440, height: int = 900) -> Page:
        """The page in light, loaded anew at this size; complaints are its own only."""
        page = self._kept.get((who, language, width))
        if page is None:
            context = context_for(
                self._browser, self._house, who, language, theme="light", width=width, height=height, scripts=True
            )
            page = context.new_page()
            page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self._kept[who, language, width] = page
        page.goto("about:blank")  # what the page before has still to say, it says now
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        self.complaints.clear()
        page.goto(self._house.url + path)
        return page

    def close(self) -> None:
        for page in self._kept.values():
            page.context.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, house: House) -> Iterator[Tabs]:
    kept = Tabs(browser, house)
    yield kept
    kept.close()


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
        context = context_for(browser, place, who, language, theme=theme, width=width, height=height, scripts=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(place.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
