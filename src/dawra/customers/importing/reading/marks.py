"""Where rows begin, kept beside a large file, so that reading on after row 900,000 does not read 900,000 rows again."""

from bisect import bisect_right
from hashlib import sha256
from pathlib import Path

from dawra.customers.importing.reading.bounds import Limits, Shape

# (number of the row before, then whatever the reader of that form needs to go on)
Mark = tuple[int, ...]
_SIZE = 5


class Marks:
    """Marks of one file as it is now, read as it is now; of another file or another reading they count for nothing."""

    def __init__(self, path: Path, source: Path, shape: Shape, limits: Limits) -> None:
        state = source.stat()
        told = f"{state.st_size} {state.st_mtime_ns} {shape!r} {limits!r}"
        self._path, self._seal = path, sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        self._every = limits.marks
        self._known = self._read()
        self._next = (self._known[-1][0] if self._known else 0) + self._every

    def nearest(self, after: int) -> Mark | None:
        """The last mark that skips no row after number `after`."""
        at = bisect_right(self._known, after, key=lambda mark: mark[0])
        return self._known[at - 1] if at else None

    def is_due(self, number: int) -> bool:
        return number >= self._next

    def put(self, mark: Mark) -> None:
        if not self._known:
            self._path.write_text(f"{self._seal}\n", encoding="ascii")
        with self._path.open("a", encoding="ascii") as file:
            file.write(" ".join(map(str, mark)) + "\n")
        self._known.append(mark)
        self._next = mark[0] + self._every

    def _read(self) -> list[Mark]:
        try:
            lines = self._path.read_text(encoding="ascii").split("\n")
        except (FileNotFoundError, UnicodeDecodeError):
            return []
        if lines[0] != self._seal:
            return []
        # What stands after the last line end was cut off by a crash.
        try:
            found = {tuple(int(word) for word in line.split()) for line in lines[1:-1] if line}
        except ValueError:
            return []
        return sorted(mark for mark in found if len(mark) == _SIZE)
