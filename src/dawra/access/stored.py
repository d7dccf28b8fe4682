"""Reading columns as the database keeps them, for lists that go straight to JSON.

Ids and moments would become objects only to be written out as text again: that is most of what a long list costs. So the
database hands them over as text; SQLite and PostgreSQL write it differently, and the functions here read both.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast


def stored(*columns: str) -> dict[str, Any]:
    """For .annotate(**stored("owner_id")): the column as text, under its name and an underscore."""
    return {f"{column}_": Cast(column, TextField()) for column in columns}


def id_text(value: str | None) -> str | None:
    """An id as the API writes it; SQLite keeps it without hyphens."""
    if value is None or len(value) != 32:
        return value
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def moment_text(value: str | None) -> str | None:
    """A moment as the API writes it: ISO 8601, UTC, with all six digits of a second's fraction or none.

    SQLite keeps 2026-11-23 09:05:00.120000, PostgreSQL writes 2026-11-23 09:05:00.12+00.
    """
    if value is None:
        return None
    day, time = value[:10], value[11:]
    if time.endswith("+00"):
        time = time[:-3]
        if len(time) > 8:
            time = time.ljust(15, "0")
    elif "+" in time or "-" in time:  # a connection that was told another zone
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    return f"{day}T{time}+00:00"
