"""A workbook's shared texts: read only as far as cells point, and kept outside memory when they are many."""

import re
from array import array
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from dawra.customers.importing.reading import markup
from dawra.customers.importing.reading.bounds import Limits, Unreadable

_IN_MEMORY = 32 << 20
# How a workbook writes characters that XML cannot hold, such as _x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Two halves of one character become it again; a half alone stays and is told of.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Strings:
    """strings[i] is the i-th shared text, cut where a cell would be too long anyway."""

    def __init__(self, part: IO[bytes] | None, limits: Limits) -> None:
        self._limits = limits
        self._offsets = array("Q", [0])
        self._kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 – closed by close()
        self._depth = self._silent = self._size = 0
        self._is_text = False
        self._pieces: list[str] = []
        self._part = part
        self._more: Iterator[int] = (
            markup.read(part, limits, started=self._start, ended=self._end, text=self._take) if part else iter(())
        )

    def __getitem__(self, index: int) -> str:
        while index + 1 >= len(self._offsets):
            if next(self._more, None) is None:
                raise Unreadable("broken_workbook")
        self._kept.seek(self._offsets[index])
        data = self._kept.read(self._offsets[index + 1] - self._offsets[index])
        return data.decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._kept.close()
        if self._part:
            self._part.close()

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > markup.DEEPEST:
            raise Unreadable("broken_workbook")
        name = markup.local(name)
        if name == "si":
            self._pieces, self._size = [], 0
        elif name == "rPh":
            self._silent += 1
        elif name == "t":
            self._is_text = not self._silent

    def _take(self, text: str) -> None:
        if self._is_text and self._size <= self._limits.field:
            self._pieces.append(text)
            self._size += len(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        name = markup.local(name)
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._silent = max(0, self._silent - 1)
        elif name == "si":
            data = unescaped("".join(self._pieces)).encode("utf-8", "surrogatepass")
            self._kept.seek(self._offsets[-1])
            self._kept.write(data)
            self._offsets.append(self._offsets[-1] + len(data))
            if len(self._offsets) > self._limits.strings:
                raise Unreadable("sheet_too_large")
