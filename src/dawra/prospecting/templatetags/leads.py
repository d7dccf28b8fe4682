"""How pages say what leads keep as codes and minutes."""

from typing import Any

from django import template

from dawra.prospecting import words

register = template.Library()


@register.filter
def span(minutes: int | None) -> str:
    """{{ 180|span|fold_digits }} → 3 hours"""
    return "" if minutes is None else words.span(minutes)


@register.filter
def status_word(code: str) -> Any:
    return words.STATUS.get(code, code)


@register.filter
def status_tone(code: str) -> str:
    return words.TONES.get(code, "")


@register.filter
def strategy_word(code: str) -> Any:
    return words.STRATEGIES.get(code, code)


@register.filter
def why(thing: Any, language: str) -> str:
    """The kept reason in the reader's language."""
    return str((language == "ar" and thing.why_ar) or thing.why)
