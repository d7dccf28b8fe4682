"""Which questions PostgreSQL plans for the values they are asked with.

A connection's statements are planned once and asked again with other values (site/environment.py, PREPARED). That is right
for what is read by id. What somebody filters by may be frequent or rare: in the order of names, the fifty first of a sixth
of all people are found by reading a few hundred; of a stage that nobody is in, by reading everybody. Such questions are
planned each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def planned_for_its_values() -> Iterator[None]:
    """Every statement inside is planned for its own values. Nothing but a flag of the connection changes."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    driver: Any = connection.connection
    before = driver.prepare_threshold
    driver.prepare_threshold = None
    try:
        yield
    finally:
        driver.prepare_threshold = before
