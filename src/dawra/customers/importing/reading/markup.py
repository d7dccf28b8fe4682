"""A workbook's XML, read in small pieces: no document types, no entities, no long pieces, no deep nesting.

expat 2.5 reads a long unfinished piece again with every block it is given: pieces are bounded, so time stays linear.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from dawra.customers.importing.reading.archives import skip
from dawra.customers.importing.reading.bounds import Limits, Unreadable

BLOCK = 1 << 16
DEEPEST = 64

Started = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]
Text = Callable[[str], None]


def local(name: str) -> str:
    """A name without its prefix: writers differ in what they call the namespace."""
    return name.rpartition(":")[2] if ":" in name else name


class Markup:
    """One part on its way through expat. head, at: only its first `head` bytes, then on from place `at`."""

    def __init__(
        self, part: IO[bytes], limits: Limits, *, started: Started, ended: Ended, text: Text | None = None,
        head: int = 0, at: int = 0,
    ) -> None:  # fmt: skip
        self._part, self._limits, self._head, self._at = part, limits, head, at
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refused
        parser.EntityDeclHandler = _refused
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    @property
    def place(self) -> int:
        """Where in the part the tag begins that is being told of."""
        index = self._parser.CurrentByteIndex
        return index if index < self._head else index - self._head + self._at

    def blocks(self) -> Iterator[int]:
        """Calls back for all of the part; yields after each block how many bytes were read. Raises Unreadable."""
        size = 0
        while True:
            block = self._part.read(min(BLOCK, self._head - size) if size < self._head else BLOCK)
            size += len(block)
            try:
                self._parser.Parse(block, not block)
            except (expat.ExpatError, LookupError, ValueError) as broken:
                raise Unreadable("broken_workbook") from broken
            if size - self._parser.CurrentByteIndex > self._limits.token + BLOCK:
                raise Unreadable("broken_workbook")
            if size == self._head:
                skip(self._part, self._at - self._head)
            yield size
            if not block:
                return


def read(part: IO[bytes], limits: Limits, *, started: Started, ended: Ended, text: Text | None = None) -> Iterator[int]:
    return Markup(part, limits, started=started, ended=ended, text=text).blocks()


def whole(part: IO[bytes], limits: Limits, *, started: Started, ended: Ended, text: Text | None = None) -> None:
    """The same for parts that are small in any good workbook. Raises Unreadable."""
    for size in read(part, limits, started=started, ended=ended, text=text):
        if size > limits.quiet:
            raise Unreadable("sheet_too_large")


def _refused(*_told: object) -> None:
    raise Unreadable("entities")
