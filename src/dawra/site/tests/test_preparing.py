"""Whoever brings the tables up to date does so alone."""

import pytest
from django.db import connection

from dawra.site.operation.preparing import LOCK, alone

pytestmark = pytest.mark.django_db


def _is_free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def test_the_lock_is_that_of_a_transaction_so_that_a_pooler_passes_it_on_rightly():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is locked by a file")
    with alone():
        assert not _is_free()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
                " WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objid = %s",
                [LOCK],
            )
            assert cursor.fetchone() == (1,)
    assert _is_free()
