"""Custom fields of all ten types, read as files write them and kept by the room's own rules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.customers import rules
from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, bare, of, short
from dawra.customers.importing.values.contact import email, link
from dawra.customers.importing.values.dates import day
from dawra.customers.importing.values.labels import SEVERAL, answer, choices_of, label, yes_no
from dawra.customers.importing.values.numbers import money_in, number
from dawra.customers.importing.values.texts import prose


@dataclass(frozen=True, slots=True)
class Sought:
    """A person named by e-mail (as compared). `seeking` puts the id in its place, for a whole batch at once."""

    email: str


_FAMILIES = {
    "text": "text", "long_text": "prose", "number": "number", "money": "amount", "date": "date", "choice": "labels",
    "choices": "labels", "yes_no": "yes_no", "person": "email", "link": "link",
}  # fmt: skip
_day, _number, _prose, _link = day(), number(), prose(), link()


def custom(field_: rules.FieldCard) -> Read:
    known = choices_of({option.code: (option.name, option.name_ar) for option in field_.options if not option.archived})
    known.pop("", None)
    more: dict[str, Any] = {"labels": known} if field_.options else {}

    @of(_FAMILIES[field_.type], **more)
    def read(written: str, cell: Cell) -> Any:
        value = _value(field_, written, cell, known)
        if value in (None, "", []) or isinstance(value, Sought):
            return value or None
        try:
            return rules.parse(field_, value, currency=cell.currency)
        except rules.Wrong as wrong:
            raise Wrong("rule", sentence=wrong.sentence, **wrong.facts) from None

    return read


def _value(field_: rules.FieldCard, written: str, cell: Cell, known: dict[str, str]) -> Any:
    match field_.type:
        case "number":
            return format(_number(written, cell), "f")
        case "money":
            money = money_in(written, cell)
            return {"minor": money.minor, "currency": money.currency}
        case "date":
            found = _day(written, cell)
            return found.isoformat() if found else None
        case "choice":
            return _choice(written, cell, known, field_)
        case "choices":
            whole = _known(written, cell, known) is not None
            parts = [written] if whole else [part for part in SEVERAL.split(written) if part.strip()]
            return [key for part in parts if (key := _choice(part, cell, known, field_))]
        case "yes_no":
            return yes_no(written, cell)
        case "person":
            return _person(written, cell)
        case "link":
            return _link(written, cell)
        case "long_text":
            return _prose(written, cell)
    return INVISIBLE.sub("", written)


def _known(written: str, cell: Cell, known: dict[str, str]) -> str | None:
    answered = answer(written, cell)
    return known.get(label(written)) if answered is None else answered


def _choice(written: str, cell: Cell, known: dict[str, str], field_: rules.FieldCard) -> str:
    key = _known(written, cell, known)
    if key is None:
        shown = ", ".join(option.name for option in field_.options if not option.archived)
        raise Wrong("unknown_label", value=short(written), known=shown[:300])
    return key


def _person(written: str, cell: Cell) -> str | Sought:
    try:
        return str(UUID(bare(written)))
    except ValueError:
        points = email(written, cell)
    if len(points) > 1:
        raise Wrong("not_email", value=short(written))
    return Sought(points[0].normal)
