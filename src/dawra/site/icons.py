"""Icons (Tabler, outline) inlined as SVG. The bodies lie in icons.json, written by tools/vendor.py."""

import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Drawings that point somewhere are mirrored in a right-to-left page.
_DIRECTED = re.compile(
    r"^(chevrons?-(left|right)|arrow-(right|left|narrow-right|up-right|down-right|back|back-up|forward-up|bear-right)"
    r"|send|list|list-check|list-details|list-search|route|chart-(bar|line|dots|arrows)|trending-(up|down)|log(in|out)|door-(enter|exit)"
    r"|external-link|player-(play|skip-forward)|step-into|indent-.*|help|message.*|mail-forward|user-share|text-plus)$"
)


@lru_cache(maxsize=1)
def bodies() -> dict[str, str]:
    kept: dict[str, str] = json.loads(Path(__file__).with_name("icons.json").read_text(encoding="utf-8"))
    return kept


@lru_cache(maxsize=2048)
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """size: "" 18 px, s 15, l 22; more classes may follow. label: spoken name; without one the icon is decoration."""
    body = bodies().get(name)
    if body is None:
        if settings.DEBUG or settings.TESTING:
            raise KeyError(
                f"no icon {name!r}: run tools/vendor.py, which gathers the names used, or choose one of icons.json"
            )
        body = bodies()["point"]
    classes = " ".join(part for part in ("i", size, "flip" if _DIRECTED.match(name) else "") if part)
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - safe: our own drawing and escaped words
        f'<svg class="{escape(classes)}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        f' stroke-linejoin="round" {spoken}>{body}</svg>'
    )


@lru_cache(maxsize=256)
def symbol(name: str) -> SafeString:
    """A drawing kept once in a page, for pages that repeat it by the hundred: see use()."""
    return mark_safe(  # noqa: S308 - safe: our own drawing, the name escaped
        f'<symbol id="i-{escape(name)}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        f' stroke-linejoin="round">{bodies()[name]}</symbol>'
    )


@lru_cache(maxsize=256)
def use(name: str, size: str = "") -> SafeString:
    """The drawing kept under that name in this page."""
    classes = " ".join(part for part in ("i", size, "flip" if _DIRECTED.match(name) else "") if part)
    return mark_safe(f'<svg class="{escape(classes)}" aria-hidden="true"><use href="#i-{escape(name)}"/></svg>')  # noqa: S308 - safe: escaped
