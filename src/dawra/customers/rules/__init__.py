"""Decisions of this room on plain values. Pure: no Django, no clock."""

from dawra.customers.rules.fields import (
    FieldCard,
    Option,
    as_text,
    from_plain,
    missing,
    number,
    parse,
    plain,
    words,
)
from dawra.customers.rules.lifecycle import LIFECYCLE, Onward, comes_before, on_deal_added, on_deal_won, reached
from dawra.customers.rules.points import Point, point, unique_key
from dawra.customers.rules.wrong import Wrong

__all__ = [
    "LIFECYCLE",
    "FieldCard",
    "Onward",
    "Option",
    "Point",
    "Wrong",
    "as_text",
    "comes_before",
    "from_plain",
    "missing",
    "number",
    "on_deal_added",
    "on_deal_won",
    "parse",
    "plain",
    "point",
    "reached",
    "unique_key",
    "words",
]
