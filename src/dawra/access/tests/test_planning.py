"""What is filtered by is planned for its value; what is read by id is planned once."""

import pytest
from django.db import connection

from dawra.access.planning import planned_for_its_values


def test_only_what_stands_inside_is_planned_for_its_values(db: object) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans every statement anew")

    def kept() -> int:
        with connection.cursor() as cursor:
            for number in range(4):
                cursor.execute("SELECT %s::int + 27", [number])
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%% + 27'")
            return int(cursor.fetchone()[0])

    with planned_for_its_values():
        assert kept() == 0
    assert kept() == 1
