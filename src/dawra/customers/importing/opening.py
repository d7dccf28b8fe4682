"""A file of an import, ready to be read: where it lies, how it is written, how its rows are understood, who keeps them."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from dawra.access.actor import Actor
from dawra.customers.importing import reading
from dawra.customers.importing.mapping import Mapping
from dawra.customers.importing.plan import FilePlan, of_headers, read_plan
from dawra.customers.importing.reading import Limits, Row, Shape, Unreadable
from dawra.customers.importing.recognising import FORMATS, Part
from dawra.customers.importing.remembering import Memory
from dawra.customers.importing.targets import TARGETS, Keeper, Target, Work
from dawra.customers.models import ImportFile
from dawra.team.queries.people import habits

MARKS = ".marks"


def folder() -> Path:
    return Path(settings.DAWRA_HOME) / "imports"


def place_of(file: ImportFile) -> Path:
    return folder() / file.key if file.key else Path(file.place)


def shape_for(file: ImportFile, limits: Limits) -> Shape:
    """How the file is written, as it was found out or decided. Raises Unreadable, also if it is another file by now."""
    kept = file.plan
    shape = reading.shape_of(
        place_of(file),
        limits,
        encoding=kept.get("encoding") or file.encoding,
        delimiter=kept.get("delimiter") or file.delimiter,
        sheet=kept.get("sheet", ""),
    )
    if list(shape.headers) != file.headers:
        raise Unreadable("changed_file")
    return shape


def rows_of(file: ImportFile, shape: Shape, limits: Limits, *, after: int) -> Iterator[Row]:
    """The rows from the one after row number `after`; of an upload, places to go on from are remembered beside it."""
    marks = folder() / f"{file.key}{MARKS}" if file.key else None
    return reading.rows(place_of(file), shape, limits, after=after, marks=marks)


def system_of(file: ImportFile) -> str:
    """The format this file is of; files of one import may come from several systems."""
    return str(file.plan.get("system") or file.within.system)


def part_of(file: ImportFile) -> Part:
    return FORMATS[system_of(file)].part(file.part)


def plan_of(file: ImportFile) -> FilePlan:
    """What was decided about the file; by its headers alone where nobody was asked."""
    if file.plan.get("columns"):
        return read_plan(file.plan)
    return of_headers(system_of(file), part_of(file), file.headers)


def mapping_of(file: ImportFile, shape: Shape) -> Mapping:
    """How the rows of this file are read in this company. 2 queries."""
    company = habits()
    part = part_of(file)
    currency = part.currency or company.base_currency
    return Mapping(part, plan_of(file), file_key=file.sha256, currency=currency, country=company.default_country)


def target_of(file: ImportFile) -> Target:
    return TARGETS[part_of(file).target]


def keeper_of(file: ImportFile, actor: Actor, memory: Memory | None = None) -> Keeper:
    """memory: in a dry run, what it would have made so far."""
    within = file.within
    begun = within.started_at or actor.now
    policy = plan_of(file).policy
    return target_of(file).open(Work(actor, system_of(file), within.options, within.pk, begun, policy, memory))
