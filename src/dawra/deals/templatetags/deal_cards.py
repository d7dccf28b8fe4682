"""Cards of the board, written out directly: a page holds 150 of them, and as template nodes they cost more than all queries.

{% load deal_cards %}{% deal_cards lane.cards %} takes Cards and the words every card says (see views/board.py: words);
{% month_cards group.cards %} those of the page by close date, which takes the months to move to besides.
The drawings are kept once in the page by icons_once.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from dawra.deals.queries.lane_cards import Card

register = template.Library()

_FILTERS = ("money", "days", "day", "day_text", "named", "initials", "number")
_ARROW = '<svg class="i s flip" aria-hidden="true"><use href="#i-arrow-right"/></svg>'
_ALERT = '<svg class="i s" aria-hidden="true"><use href="#i-alert-triangle"/></svg>'
_TAGS = re.compile(r"<[^>]+>")
_LOCK = '<svg class="i s" aria-hidden="true"><use href="#i-lock-open"/></svg>'
_HEART = '<svg class="i s" aria-hidden="true"><use href="#i-heartbeat"/></svg>'
_GLASS = '<svg class="i" aria-hidden="true"><use href="#i-hourglass"/></svg>'


@register.tag
def deal_cards(parser: Any, token: Any) -> template.Node:
    return _Cards(parser, token, _Writer)


@register.tag
def month_cards(parser: Any, token: Any) -> template.Node:
    return _Cards(parser, token, _Months)


class _Cards(template.Node):
    def __init__(self, parser: Any, token: Any, writer: "type[_Writer]") -> None:
        _tag, cards = token.split_contents()
        self.cards, self.writer = parser.compile_filter(cards), writer
        self.filters = {name: parser.find_filter(name) for name in _FILTERS}

    def render(self, context: Any) -> SafeString:
        written = self.writer(self.filters, context)
        cards: Iterable[Card] = self.cards.resolve(context)
        return SafeString("\n".join(written.card(card) for card in cards))


class _Writer:
    """One page's cards: what repeats (days, owners) is worked out once."""

    moves_to = "move/"

    def __init__(self, filters: dict[str, Callable[..., Any]], context: Any) -> None:
        self.money, self.day, self.named = filters["money"], filters["day"], filters["named"]
        self.days = cache(lambda count: escape(filters["days"](count)))
        self.person = cache(
            lambda owner: (
                f'<span class="avatar t1 s" aria-hidden="true">{escape(filters["initials"](owner))}</span>'
                f'<span class="vh">{escape(self.named(owner))}</span>'
            )
        )
        self.url, self.may_work = context["deals_url"], context["may_work"]
        self.move, self.none, self.stalled, self.health, self.objections = (
            escape(context[word])
            for word in ("move_word", "none_word", "stalled_word", "health_word", "objections_word")
        )
        self.number = cache(lambda count: str(filters["number"](count)))

    def card(self, card: Card) -> str:
        name, url = escape(card.name), f"{self.url}{card.key}/"
        company = (
            f'<div class="xs muted clip" dir="auto">{escape(self.named(card.company))}</div>' if card.company else ""
        )
        menu = self._menu(card, name, url + self.moves_to) if self.may_work else ""
        return (
            f'<article class="deal {card.mood}" id="d-{card.key}"{" draggable=true" if self.may_work else ""}'
            f' data-version="{card.version}" data-move-url="{url}{self.moves_to}"><div class="row between top">'
            f'<a class="name" href="{url}" dir="auto">{name}</a>{menu}</div>{company}<div class="row between wrap">'
            f'<span class="strong">{self.money(card.amount, "tidy")}</span>{self._age(card)}</div>{self._next(card)}'
            f'<div class="foot">{self.person(card.owner) if card.owner else ""}{self._stands(card)}'
            f"{self._closes(card)}</div></article>"
        )

    def _menu(self, card: Card, name: str, moves: str) -> str:
        return (
            f'<details class="dd" data-menu="move-menu"><summary class="btn ghost icon s" aria-label="{self.move} {name}">⋯'
            f'</summary><div class="menu"><a href="{moves}">{self.move}</a></div></details>'
        )

    def _age(self, card: Card) -> str:
        days = self.days(card.days)
        if not card.stalled:
            return f'<span class="xs muted">{days}</span>'
        tone = "bad" if card.rotten else "warn"
        return f'<span class="badge {tone}">{_GLASS}<span class="vh">{self.stalled} </span>{days}</span>'

    def _stands(self, card: Card) -> str:
        """Its health where it needs care or an objection is open; one badge, for a lane is narrow."""
        if card.level == "good" and not card.objections:
            return ""
        text = f"{self.health} {self.number(card.health)}"
        icon, tone = _HEART, card.level
        if card.objections:
            text, icon = f"{self.objections} {self.number(card.objections)}. {text}", _LOCK
            tone = "warn" if tone == "good" else tone
        plain = escape(_TAGS.sub("", text))
        return (
            f'<span class="badge {tone}" title="{plain}">{icon}<span class="vh">{plain}</span>'
            f'<span aria-hidden="true">{self.number(card.health)}</span></span>'
        )

    def _next(self, card: Card) -> str:
        if card.next_step:
            return f'<div class="next">{_ARROW}<span dir="auto">{escape(card.next_step)}</span></div>'
        return f'<div class="next">{_ALERT}<span class="bad">{self.none}</span></div>'

    def _closes(self, card: Card) -> str:
        late = " bad" if card.late else ""
        day = self.day(card.expected_close_on, "short") if card.expected_close_on else ""
        return f'<span class="end nowrap{late}">{day}</span>'


class _Months(_Writer):
    """The cards by close date: they say less, and move to another month."""

    moves_to = "close-in/"

    def __init__(self, filters: dict[str, Callable[..., Any]], context: Any) -> None:
        super().__init__(filters, context)
        self.menu = "" if context["request"].GET.get("plain") else ' data-menu="month-menu"'
        token = escape(str(context.get("csrf_token", ""))) if self.may_work else ""
        self.token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        self.months = "".join(
            f'<button type="submit" name="stage" value="{span.code}">{filters["day_text"](span.sets, "month")}</button>'
            for span in context["spans"]
        )

    def _menu(self, card: Card, name: str, moves: str) -> str:
        return (
            f'<details class="dd"{self.menu}><summary class="btn ghost icon s" aria-label="{self.move} {name}">⋯</summary>'
            f'<form class="menu" method="post" action="{moves}">{self.token}<input type="hidden" name="version"'
            f' value="{card.version}">{self.months}</form></details>'
        )

    def _age(self, card: Card) -> str:
        return super()._age(card) if card.stalled else ""

    def _stands(self, card: Card) -> str:
        return ""

    def _next(self, card: Card) -> str:
        return ""
