"""Reading columns as the database keeps them, for lists that go straight to JSON.

SQLite keeps ids as 32 hex digits and moments as text; turning each into an object, only to write it out as text again, is
most of what a long list costs there. PostgreSQL's driver makes the objects in C, so nothing is gained or lost.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, TextField


def stored(*columns: str) -> dict[str, Any]:
    """For .values(**stored("owner_id")): the raw column under its name and an underscore."""
    return {f"{column}_": ExpressionWrapper(F(column), output_field=TextField()) for column in columns}


def id_text(value: str | UUID | None) -> str | None:
    """An id as the API writes it."""
    if value is None:
        return None
    if isinstance(value, str):
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    return str(value)


def id_hex(value: str | UUID) -> str:
    """An id to compare by, whichever way it was read."""
    return value if isinstance(value, str) else value.hex


def moment_text(value: str | datetime | None) -> str | None:
    """A moment as the API writes it: ISO 8601, UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        return f"{value[:10]}T{value[11:]}+00:00"
    return value.isoformat()
