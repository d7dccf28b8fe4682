"""An XLSX file: its parts, its sheets by name, and which number formats mean dates."""

import posixpath
import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO

from dawra.customers.importing.reading import markup
from dawra.customers.importing.reading.archives import member_of
from dawra.customers.importing.reading.bounds import Limits, Unreadable
from dawra.customers.importing.reading.kinds import Archive
from dawra.customers.importing.reading.markup import local
from dawra.customers.importing.reading.numbers import kind_of_format
from dawra.customers.importing.reading.strings import Strings

_MOST_STYLES = 100_000


class Workbook:
    """sheets: {name: name of the part}, visible ones first. kinds: what each cell style shows, "" for plain."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._archive = Archive(path)
        self.since_1904 = False
        self.sheets: dict[str, str] = {}
        self.kinds: list[str] = []
        try:
            self._read()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    def sheet(self, name: str) -> IO[bytes]:
        return self._part(self.sheets[name])

    def strings(self) -> Strings:
        return Strings(self._part(self._strings) if self._strings else None, self._limits)

    def _read(self) -> None:
        if len(self._archive.infolist()) > self._limits.directory // 64:
            raise Unreadable("too_many_members", most=self._limits.directory // 64)
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._archive.infolist()}
        book = self._main()
        links = self._links(book)
        found: list[tuple[str, str, bool]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            name = local(name)
            if name == "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true", "on")
            elif name == "sheet" and len(found) <= self._limits.sheets:
                link = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
                found.append((attributes.get("name", ""), link, attributes.get("state", "visible") == "visible"))

        self._take(book, start)
        if len(found) > self._limits.sheets:
            raise Unreadable("too_many_sheets", most=self._limits.sheets)
        for name, link, _visible in sorted(found, key=lambda each: not each[2]):
            kind, target = links.get(link, ("", ""))
            if kind == "worksheet" and target in self._names:
                self.sheets.setdefault(name[:200], target)
        if not self.sheets:
            raise Unreadable("no_sheets")
        by_kind = {kind: target for kind, target in links.values() if target in self._names}
        self._strings = by_kind.get("sharedStrings", "")
        if styles := by_kind.get("styles"):
            self._read_styles(styles)

    def _main(self) -> str:
        """The part that names the sheets, wherever the package says it is."""
        for kind, target in self._links("").values():
            if kind == "officeDocument" and target in self._names:
                return target
        if "xl/workbook.xml" in self._names:
            return "xl/workbook.xml"
        raise Unreadable("broken_workbook")

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """{id: (kind, part it points to)}; what points outside the file is left out."""
        folder, name = posixpath.split(part)
        links: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
                links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], inside)

        rels = posixpath.join(folder, "_rels", f"{name}.rels").lower()
        if rels in self._names:
            self._take(rels, start)
        return links

    def _read_styles(self, part: str) -> None:
        codes: dict[int, str] = {}
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            name = local(name)
            inside.append(name)
            if len(inside) > markup.DEEPEST or len(codes) + len(self.kinds) > _MOST_STYLES:
                raise Unreadable("broken_workbook")
            number = attributes.get("numFmtId", "")
            if name == "numFmt" and number.isdecimal():
                codes[int(number[:9])] = attributes.get("formatCode", "")
            elif name == "xf" and inside[-2:-1] == ["cellXfs"]:
                known = int(number[:9]) if number.isdecimal() else 0
                self.kinds.append(kind_of_format(known, codes.get(known, "")))

        def end(_name: str) -> None:
            inside.pop()

        self._take(part, start, end)

    def _take(self, part: str, start: markup.Started, end: markup.Ended | None = None) -> None:
        depth = [0]

        def started(name: str, attributes: dict[str, str]) -> None:
            depth[0] += 1
            if depth[0] > markup.DEEPEST:
                raise Unreadable("broken_workbook")
            start(name, attributes)

        def ended(name: str) -> None:
            depth[0] -= 1
            if end:
                end(name)

        with self._part(part) as source:
            markup.whole(source, self._limits, started=started, ended=ended)

    def _part(self, name: str) -> IO[bytes]:
        info: zipfile.ZipInfo = self._names[name.lower()]
        return member_of(self._archive, info, self._limits)
