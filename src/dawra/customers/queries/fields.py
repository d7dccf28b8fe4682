"""Custom fields as cards, and how a list filters by their values on either database."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Func, Q, TextField, Value
from django.db.models.lookups import Contains, Exact, GreaterThanOrEqual, In, IsNull, LessThanOrEqual

from dawra.access.listing import By, Field
from dawra.customers import rules
from dawra.customers.models import FieldDef
from dawra.customers.rules import FieldCard, Option
from dawra.figures.money import Money
from dawra.figures.words import named

TABLES = {"person": "customers_person", "company": "customers_company", "deal": "deals_deal"}
NUMERIC = frozenset({"number", "money"})
INDEXED = frozenset({"number", "money", "date", "choice", "yes_no", "person"})
SORTED_BY = frozenset({"number", "money", "date"})
LARGEST = Decimal(10) ** 30
SORTS: dict[str, Any] = {
    "text": "text", "long_text": "text", "link": "text", "number": "number", "money": "number", "date": "date",
    "choice": "choice", "choices": "choice", "yes_no": "flag", "person": "id",
}  # fmt: skip
LOOKS: dict[str, Any] = {
    "text": "text", "long_text": "text", "link": "link", "number": "number", "money": "money", "date": "day",
    "choice": "text", "choices": "words", "yes_no": "flag", "person": "record",
}  # fmt: skip


def fields_of(kind: str, *, archived: bool = False) -> list[FieldCard]:
    """The custom fields of person, company or deal, in their order; archived ones only if asked. 1 query."""
    rows = FieldDef.objects.filter(record_kind=kind)
    if not archived:
        rows = rows.filter(archived_at__isnull=True)
    return [card(row) for row in rows.order_by("position", "id")]


def field_by_id(field_id: UUID) -> FieldCard | None:
    row = FieldDef.objects.filter(pk=field_id).first()
    return card(row) if row else None


def card(row: FieldDef) -> FieldCard:
    return FieldCard(
        id=row.pk,
        record_kind=row.record_kind,
        key=row.key,
        type=row.type,
        name=row.name,
        name_ar=row.name_ar,
        hint=row.hint,
        options=tuple(Option(o["code"], o["name"], o.get("name_ar", ""), bool(o.get("archived"))) for o in row.options),
        required_at=tuple(row.required_at),
        searchable=row.searchable,
        position=row.position,
        archived=row.archived_at is not None,
        version=row.version,
    )


def value_sql(vendor: str, field: FieldCard, table: str) -> str:
    """The value of a field in SQL; an index on it is used because it is written the same there. The key is ours.

    table: as the statement around it writes it, quoted or not
    """
    path = f"{field.key}.minor" if field.type == "money" else field.key
    if vendor == "sqlite":
        return f"json_extract({table}.\"custom\", '$.{path}')"
    text = f"({table}.\"custom\" #>> '{{{path.replace('.', ',')}}}')"
    if field.type in NUMERIC:
        return f"({text}::numeric)"
    return text


class CustomValue(Func):
    """One custom value as an expression."""

    def __init__(self, field: FieldCard) -> None:
        self.card = field
        super().__init__(output_field=TextField())

    def as_sql(self, compiler: Any, connection: Any, *_spelled: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        return value_sql(connection.vendor, self.card, _table(compiler)), ()


class HasChoice(Func):
    """Whether one of several choices is among the values."""

    def __init__(self, field: FieldCard, code: str) -> None:
        self.card, self.code = field, code
        super().__init__(output_field=BooleanField())
        self.conditional_sql = True

    def as_sql(self, compiler: Any, connection: Any, *_spelled: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        table = _table(compiler)
        if connection.vendor == "sqlite":
            each = f"json_each({table}.\"custom\", '$.{self.card.key}')"
            return f"EXISTS (SELECT 1 FROM {each} AS choice WHERE choice.value = %s)", (self.code,)  # noqa: S608 - our key
        return f"(({table}.\"custom\" #> '{{{self.card.key}}}') ? %s)", (self.code,)


def _table(compiler: Any) -> str:
    """In a subquery the table goes by an alias, which Django never quotes and PostgreSQL would tell from a quoted one."""
    name: str = compiler.quote_name_unless_alias(compiler.query.get_initial_alias())
    return name


def filter_fields(fields: list[FieldCard], language: str) -> dict[str, Field]:
    """custom_<key> for Listing.with_fields."""
    return {
        field.input_name: Field(
            partial(_condition, field),
            SORTS[field.type],
            label=named(field.name, field.name_ar, language),
            choices=tuple(option.code for option in field.options),
            parse=_PARSES.get(field.type) and partial(_PARSES[field.type], field),
            by=_order(field),
        )
        for field in fields
    }


def asked_for(asked: Mapping[str, Any]) -> bool:
    """Whether a list's parameters name a custom field, as a filter or as the order."""
    return any(name.startswith("custom_") for name in (*asked, str(asked.get("sort", "")).lstrip("-")))


def sort_of(field: FieldCard) -> str:
    """For a list's column: the name it is sorted by, "" where values have no order worth showing."""
    return field.input_name if field.type in SORTED_BY else ""


def _order(field: FieldCard) -> By | None:
    if field.type not in SORTED_BY:
        return None
    return By(CustomValue(field), partial(_marked, field), _typed(field, "" if field.type == "date" else -LARGEST))


def _marked(field: FieldCard, value: Any) -> "_Typed":
    """What a page mark carries as this field's value. Raises ValueError, TypeError, ArithmeticError."""
    if field.type == "date":
        return _typed(field, date.fromisoformat(value).isoformat())
    number = Decimal(value)
    if not number.is_finite() or abs(number) > LARGEST:
        raise ValueError(value)
    return _typed(field, number)


def choices_of(fields: list[FieldCard], language: str) -> dict[str, Callable[[], list[tuple[str, str]]]]:
    """custom_<key> → its options with names, for a filter or a form."""
    return {f.input_name: partial(options_of, f, language) for f in fields if f.type in ("choice", "choices")}


def picks_of(fields: list[FieldCard]) -> dict[str, str]:
    """custom_<key> → the kind of record it names, of fields that ask for one."""
    return {f.input_name: "person" for f in fields if f.type == "person"}


def options_of(field: FieldCard, language: str) -> list[tuple[str, str]]:
    return [(o.code, named(o.name, o.name_ar, language)) for o in field.options if not o.archived]


def shown(field: FieldCard, value: Any, language: str) -> Any:
    """A stored value as a list cell or a fact shows it: Money, ISO date as date, words, flag, number."""
    if value is None:
        return None
    if field.type == "money":
        return Money(value["minor"], value["currency"])
    if field.type == "date":
        return date.fromisoformat(value)
    if field.type == "number":
        return rules.number(value)
    if field.type == "choices":
        names = {o.code: named(o.name, o.name_ar, language) for o in field.options}
        return [names.get(code, code) for code in value]
    return rules.as_text(field, value, language) if field.type == "choice" else value


def _minor(field: FieldCard, text: str) -> int:
    """A filter's amount is in major units of the currency it names, two decimals if none."""
    try:
        stored = rules.parse(field, text, currency="USD")
    except rules.Wrong as wrong:
        raise ValueError(text) from wrong
    return int(stored["minor"])


def _lowered(field: FieldCard, text: str) -> str:
    """Words inside custom values are not folded, only compared without case."""
    return text.strip().lower()


_PARSES: dict[str, Callable[[FieldCard, str], Any]] = {
    "money": _minor, "text": _lowered, "long_text": _lowered, "link": _lowered,
}  # fmt: skip


def _condition(field: FieldCard, operator: str, value: Any) -> Q:
    expression: Any = CustomValue(field)
    if operator == "empty":
        return Q(IsNull(expression, value))
    if field.type == "choices":
        codes = value if isinstance(value, list) else [value]
        found = Q()
        for code in codes:
            found |= Q(Exact(HasChoice(field, code), Value(True)))
        return ~found if operator == "not" else found
    value = [_typed(field, one) for one in value] if isinstance(value, list) else _typed(field, value)
    match operator:
        case "gte":
            return Q(GreaterThanOrEqual(expression, value))
        case "lte":
            return Q(LessThanOrEqual(expression, value))
        case "in":
            return Q(In(expression, value))
        case "not":
            return ~Q(Exact(expression, value)) | Q(IsNull(expression, True))
        case "has" | "starts":
            return Q(Contains(_Lowered(expression), value))
    return Q(Exact(expression, value))


class _Lowered(Func):
    function = "LOWER"
    output_field = TextField()


class _Typed(Value):
    """A parameter in the type that the stored value has."""

    def __init__(self, value: Any) -> None:
        super().__init__(value, output_field=_Raw())


class _Raw(TextField):  # type: ignore[type-arg]
    """Passes numbers to the database as they are."""

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value


def _typed(field: FieldCard, value: Any) -> _Typed:
    if field.type in NUMERIC:
        # SQLite compares JSON's numbers with numbers only; PostgreSQL's numeric takes the exact text.
        return _Typed(float(value) if connection.vendor == "sqlite" else value)
    if field.type == "yes_no":
        return _Typed(int(value) if connection.vendor == "sqlite" else str(value).lower())
    return _Typed(str(value))
