"""Everything known of one person, as one archive: for the person who asks what is known of them."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.holdings import HOLDS
from dawra.customers.actions.files import path_of
from dawra.customers.exporting import BOM
from dawra.customers.formulas import neutral
from dawra.customers.models import File, Person
from dawra.journal.actions import write
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue.customers import PersonHandedOut


@dataclass(frozen=True, slots=True)
class WholeFile:
    """file: an open temporary file at its beginning, gone when it is closed."""

    name: str
    file: IO[bytes]


def hand_out(actor: Actor, *, person_id: UUID) -> WholeFile:
    """A person wants to see what is known of them: JSON and CSV of every table, and the files.

    Whatever speaks of the person is in it, also what the member who hands it out may not see in lists.
    Writes: customers.person_handed_out.1
    Raises: Refused, NotFound
    """
    actor.must("customers.privacy")
    person: Person | None = Person.objects.visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound()
    files = list(File.objects.filter(pk__in=HOLDS[File](person_id).values("pk"), deleted_at__isnull=True))
    with transaction.atomic():
        write(actor, PersonHandedOut(person.pk, len(files), person.name), about=[person])
    tables = {model._meta.db_table: _rows(rows(person_id)) for model, rows in HOLDS.items()}
    return WholeFile(f"person-{person_id}", _packed(tables, files))


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows.order_by("pk").iterator(500)]


def _plain(row: Model) -> dict[str, Any]:
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        found[str(field.column)] = _text(value) if isinstance(value, bytes | memoryview) else as_plain(value)
    return found


def _text(value: bytes | memoryview) -> str:
    return bytes(value).decode("utf-8", "replace")


def _packed(tables: dict[str, list[dict[str, Any]]], files: list[File]) -> IO[bytes]:
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _about())
        archive.writestr("person.json", json.dumps(tables, ensure_ascii=False, indent=1))
        for table, rows in tables.items():
            if rows:
                archive.writestr(f"{table}.csv", _csv(rows))
        for file in files:
            if path_of(file.key).exists():
                archive.write(path_of(file.key), f"files/{file.pk}-{_safe(file.name)}")
    out.seek(0)
    return out


def _about() -> str:
    return _(
        "Everything this company keeps about one person in Dawra.\n\n"
        "person.json  all of it, one list per table\n"
        "*.csv        the same, a table each\n"
        "files/       attached files\n\n"
        "journal_entry.csv says what was done and when; times are in UTC."
    )


def _csv(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return BOM + text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return neutral(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _safe(name: str) -> str:
    return "".join(char if char.isalnum() or char in "._- " else "_" for char in name)[-120:]
