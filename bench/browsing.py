"""The first load of the board in a real Chromium with a cold cache."""

import shutil
import statistics
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """seconds: until the first card is visible. kilobytes: transferred. requests: made until the network was quiet."""

    seconds: float
    kilobytes: float
    requests: int


def first_load(port: int, cookie: tuple[str, str], runs: int = 5) -> FirstLoad | None:
    """Medians; None where no Chromium is installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        found = [_load(browser, port, cookie) for _ in range(runs)]
        browser.close()
    return FirstLoad(
        statistics.median(one.seconds for one in found),
        statistics.median(one.kilobytes for one in found),
        int(statistics.median(one.requests for one in found)),
    )


def _load(browser: Any, port: int, cookie: tuple[str, str]) -> FirstLoad:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(
        "new MutationObserver((_, o) => { if (document.querySelector('article.deal')) { o.disconnect();"
        " requestAnimationFrame(() => requestAnimationFrame(() => { window.firstCard = performance.now(); })); } })"
        ".observe(document, {childList: true, subtree: true});"
    )
    page.goto(f"http://127.0.0.1:{port}/deals/", wait_until="load")
    page.wait_for_selector("article.deal .name", state="visible", timeout=20_000)
    page.wait_for_function("window.firstCard > 0")
    page.wait_for_load_state("networkidle")
    seconds = page.evaluate("window.firstCard") / 1000
    context.close()
    return FirstLoad(seconds, sum(sizes) / 1024, len(sizes))
