"""What can be wrong with a text of the merge language: where, and how it is written instead.

Sentences are source texts, translated where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(text: str) -> str:
    """Marks a text for translation; it is translated where it is shown."""
    return text


_ = gettext_noop

SENTENCES: dict[str, str] = {
    "braces": _("One brace is enough: write {person.first_name}. For a brace itself write \\{."),
    "logic": _("There are no conditions and no loops here. Write {person.first_name|or:\"there\"} for what may be missing."),
    "open": _("This { is never closed. Write \\{ if you mean a brace."),
    "empty": _("Nothing stands between the braces. Write \\{ if you mean a brace."),
    "name": _("“%(name)s” is no field. Fields are written like {person.first_name}; a brace itself is written \\{."),
    "field": _("{%(path)s}: there is no field %(name)s."),
    "field_near": _("{%(path)s}: there is no field %(name)s; did you mean %(near)s?"),
    "group": _("{%(path)s}: name one of its fields, such as %(near)s."),
    "filter": _("{%(path)s}: there is no filter %(name)s."),
    "filter_near": _("{%(path)s}: there is no filter %(name)s; did you mean %(near)s?"),
    "no_filter": _("{%(path)s}: a bar is followed by a filter, such as |upper."),
    "unfit": _("{%(path)s}: the filter %(name)s does not fit %(sort)s."),
    "argument": _("{%(path)s}: the filter %(name)s does not know “%(said)s”."),
    "no_argument": _("{%(path)s}: the filter %(name)s takes nothing behind it."),
    "needs_argument": _("{%(path)s}: say after %(name)s what to use, such as %(near)s."),
    "quote": _("{%(path)s}: a quotation mark is missing at the end."),
    "after": _("{%(path)s}: “%(said)s” is not understood here."),
    "long": _("The text is longer than %(most)s characters."),
    "many": _("The text has more than %(most)s fields."),
    "many_filters": _("{%(path)s}: more than %(most)s filters."),
    "long_result": _("With its values filled in the text is longer than %(most)s characters."),
    "lines": _("A subject is one line."),
}  # fmt: skip

# What a field holds, as a fault calls it.
SORTS: dict[str, str] = {
    "text": _("a text"),
    "money": _("an amount of money"),
    "number": _("a number"),
    "share": _("a percentage"),
    "date": _("a day"),
    "moment": _("a point in time"),
    "link": _("a web address"),
    "list": _("a list"),
    "flag": _("a yes or no"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """code: of SENTENCES. line and column: from 1, where it begins; 0 where it is about the whole text."""

    code: str
    line: int
    column: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The source text, to be translated and then filled with facts."""
        return SENTENCES[self.code]


class Faulty(ValueError):
    """A text of the merge language cannot be used."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.line}:{one.column} {one.sentence % one.facts}" for one in faults))
        self.faults = faults
