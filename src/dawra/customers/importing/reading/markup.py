"""A workbook's XML, read in small pieces: no document types, no entities, no long pieces, no deep nesting.

expat 2.5 reads a long unfinished piece again with every block it is given: pieces are bounded, so time stays linear.
"""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from dawra.customers.importing.reading.bounds import Limits, Unreadable

BLOCK = 1 << 16
DEEPEST = 64

Started = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]
Text = Callable[[str], None]


def local(name: str) -> str:
    """A name without its prefix: writers differ in what they call the namespace."""
    return name.rpartition(":")[2] if ":" in name else name


def read(part: IO[bytes], limits: Limits, *, started: Started, ended: Ended, text: Text | None = None) -> Iterator[int]:
    """Calls back for all of the part; yields after each block how many bytes were read. Raises Unreadable."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refused
    parser.EntityDeclHandler = _refused
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    size = 0
    while True:
        block = part.read(BLOCK)
        size += len(block)
        try:
            parser.Parse(block, not block)
        except (expat.ExpatError, LookupError, ValueError) as broken:
            raise Unreadable("broken_workbook") from broken
        if size - parser.CurrentByteIndex > limits.token + BLOCK:
            raise Unreadable("broken_workbook")
        yield size
        if not block:
            return


def whole(part: IO[bytes], limits: Limits, *, started: Started, ended: Ended, text: Text | None = None) -> None:
    """The same for parts that are small in any good workbook. Raises Unreadable."""
    for size in read(part, limits, started=started, ended=ended, text=text):
        if size > limits.quiet:
            raise Unreadable("sheet_too_large")


def _refused(*_told: object) -> None:
    raise Unreadable("entities")
