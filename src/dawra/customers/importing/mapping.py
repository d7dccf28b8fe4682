"""From cells to typed values: each column by its reader, what is wrong collected per row."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from dawra.customers.importing.plan import ColumnPlan, FilePlan
from dawra.customers.importing.reading import Row, letter
from dawra.customers.importing.recognising import Column, Part
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Parsed
from dawra.customers.importing.values import Cell, Wrong
from dawra.figures.money import Money

# An apostrophe before these was put there by an export, so that a spreadsheet does not take the cell for a formula.
_NEUTRALISED = frozenset("=+-@")
_FIRST = frozenset({"country", "currency"})


@dataclass(slots=True)
class _Slot:
    index: int
    header: str
    column: Column
    cell: Cell


class Mapping:
    """Reads the rows of one file. country: whose phone numbers are meant where none is written."""

    def __init__(self, part: Part, plan: FilePlan, *, file_key: str, currency: str, country: str) -> None:
        by_field = {column.field: column for column in part.all_columns()}
        self._currency, self._country = plan.currency or currency, plan.country or country
        self._slots = [
            _Slot(one.index, one.header, by_field[one.field], Cell(one.header, self._currency, "", one.options))
            for one in plan.columns
            if one.field in by_field
        ]
        self._headers = {slot.column.field: slot.header for slot in reversed(self._slots)}
        # Country and currency are read first: they tell how the row's phone numbers and amounts are meant.
        self._slots.sort(key=lambda slot: slot.column.field not in _FIRST)
        self._part, self._file_key = part, file_key
        self._columns: tuple[ColumnPlan, ...] = plan.columns
        self._salt = plan.fingerprint

    @property
    def ignored(self) -> list[str]:
        used = {slot.index for slot in self._slots}
        return [one.header for one in self._columns if one.index not in used and one.header]

    def header_of(self, field: str) -> str:
        return self._headers.get(field, "")

    def headed(self, said: Said) -> dict[str, Any]:
        """Targets speak of fields; people know the columns of their file."""
        plain = said.plain()
        if said.column:
            plain["column"] = self._headers.get(said.column, said.column)
        return plain

    def read(self, row: Row) -> tuple[Parsed, Said | None]:
        """The row's values, and the first thing that makes it unusable if there is one."""
        parsed = Parsed(row.number, row.line, row.cells, "", "", {})
        parsed.said += [Said(code, self._named(at), {"value": row.cells[at][:80]}) for at, code in row.notes]
        if row.problem:
            return parsed, Said(row.problem, self._named(row.column))
        wrong: Said | None = None
        country, currency = self._country, self._currency
        for slot in self._slots:
            written = _written(row.cells, slot.index)
            if not written:
                if slot.column.required:
                    wrong = wrong or Said("missing", slot.header)
                continue
            cell = slot.cell  # one object a column, however many rows
            cell.country, cell.currency, cell.said = country, currency, parsed.said
            try:
                value = slot.column.read(written, cell)
            except Wrong as problem:
                wrong = wrong or Said(problem.code, slot.header, problem.facts)
                continue
            if slot.column.field == "country":
                country = value
            elif slot.column.field == "currency":
                currency = value or currency
            if value not in ("", [], None):
                self._put(parsed.values, slot.column.field, value)
        if wrong is None:
            parsed.key = self._part.key(parsed.values, self._file_key, row.number)[:200]
            parsed.digest = digest_of(row.cells, self._salt)
        return parsed, wrong

    def _named(self, index: int) -> str:
        """The name of the column at fault, its letter if it has none; "" where the whole row is meant."""
        if index < 0:
            return ""
        return next((one.header for one in self._columns if one.index == index and one.header), letter(index))

    def _put(self, values: dict[str, Any], name: str, value: Any) -> None:
        if name.startswith("custom."):
            values.setdefault("custom", {})[name.removeprefix("custom.")] = value
            return
        if isinstance(value, Money):  # field "amount_minor" fills "amount_currency" as well
            values[f"{name.removesuffix('_minor')}_currency"] = value.currency
            value = value.minor
        if name in values and isinstance(value, list):
            value = [*values[name], *value]  # a second column of phones, mails, tags
        values[name] = value


def _written(cells: tuple[str, ...], index: int) -> str:
    written = cells[index].strip() if index < len(cells) else ""
    return written[1:] if written[:1] == "'" and written[1:2] in _NEUTRALISED else written


def digest_of(cells: tuple[str, ...], salt: bytes = b"") -> str:
    """salt: of the plan: the same row read otherwise is another row."""
    return blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=16, salt=salt).hexdigest()
