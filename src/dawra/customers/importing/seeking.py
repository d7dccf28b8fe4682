"""People named by e-mail in custom fields, found for a whole batch at once: only those whom the importer may see."""

from collections.abc import Sequence

from dawra.access.actor import Actor
from dawra.customers.importing.mapping import Mapping
from dawra.customers.importing.meaning import people_by_mail
from dawra.customers.importing.reading import Row
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Parsed
from dawra.customers.importing.values import Sought


def read(actor: Actor, mapping: Mapping, rows: Sequence[Row]) -> list[tuple[Parsed, Said | None]]:
    """The rows' values, and for each the first thing that makes it unusable. 2 queries if people are named, else none."""
    return found(actor, [mapping.read(row) for row in rows])


def found(actor: Actor, parsed: list[tuple[Parsed, Said | None]]) -> list[tuple[Parsed, Said | None]]:
    """Rows that have been read already, with the people their custom fields name."""
    sought = {value.email for one, _wrong in parsed for value in _named(one).values()}
    if not sought:
        return parsed
    ids = {mail: str(pk) for mail, pk in people_by_mail(actor, sought).items()}
    return [(one, _put(one, wrong, ids)) for one, wrong in parsed]


def _named(parsed: Parsed) -> dict[str, Sought]:
    custom = parsed.values.get("custom")
    return {key: value for key, value in custom.items() if isinstance(value, Sought)} if custom else {}


def _put(parsed: Parsed, wrong: Said | None, found: dict[str, str]) -> Said | None:
    for key, value in _named(parsed).items():
        if value.email in found:
            parsed.values["custom"][key] = found[value.email]
        else:
            wrong = wrong or Said("unknown_person", f"custom.{key}", {"value": value.email})
    return wrong
