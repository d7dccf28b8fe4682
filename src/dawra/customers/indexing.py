"""Indexes over custom fields, made and dropped by a job: never inside the request that defines the field."""

from datetime import datetime

from django.db import connection

from dawra.customers.models import FieldDef
from dawra.customers.queries.fields import INDEXED, TABLES, card, value_sql
from dawra.customers.rules import FieldCard
from dawra.journal.jobs import job


@job("customers.index_field")
def index_field(now: datetime, *, field_id: str) -> None:
    """Make the index of a field in use, drop that of an archived one. May run twice."""
    row = FieldDef.objects.filter(pk=field_id).first()
    if row is None or row.type not in INDEXED:
        return
    field = card(row)
    statements = [f"DROP INDEX {_outside()}IF EXISTS {index_name(field)}"]
    if not field.archived:
        # An index whose making was interrupted on PostgreSQL stays behind unusable, so it is always made anew.
        statements.append(_made(field))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def index_name(field: FieldCard) -> str:
    return f"custom_{field.record_kind}_{field.key}"


def _made(field: FieldCard) -> str:
    table = TABLES[field.record_kind]
    value = value_sql(connection.vendor, field, table).replace(f"{table}.", "")
    return (
        f'CREATE INDEX {_outside()}IF NOT EXISTS {index_name(field)} ON "{table}" (({value}), "id")'
        ' WHERE "deleted_at" IS NULL'
    )


def _outside() -> str:
    """PostgreSQL builds beside the writers, which it can only outside a transaction."""
    return "CONCURRENTLY " if connection.vendor == "postgresql" and not connection.in_atomic_block else ""
