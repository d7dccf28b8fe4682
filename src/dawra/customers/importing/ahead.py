"""Reading ahead: while the database writes one batch, the next one is read and understood in a thread of its own.

The thread asks the database nothing. Its mapping is its own: the cells of a mapping belong to the row under way.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from dawra.customers.importing import reading
from dawra.customers.importing.mapping import Mapping
from dawra.customers.importing.reading import Limits, Row
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Parsed

Understood = list[tuple[Parsed, Said | None]]


class Ahead:
    """Batches of rows with what they say, in order. Raises what reading raises, when its turn comes."""

    def __init__(self, rows: Iterator[Row], mapping: Mapping, most: int, limits: Limits) -> None:
        self._rows, self._mapping, self._most, self._limits = rows, mapping, most, limits
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reading-ahead")
        self._next: Future[tuple[list[Row], Understood]] = self._thread.submit(self._take)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._thread.shutdown(wait=True)
        self._rows.close()  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[tuple[list[Row], Understood]]:
        while (taken := self._next.result())[0]:
            self._next = self._thread.submit(self._take)
            yield taken

    def _take(self) -> tuple[list[Row], Understood]:
        rows = reading.batch(self._rows, self._most, self._limits)
        return rows, [self._mapping.read(row) for row in rows]
