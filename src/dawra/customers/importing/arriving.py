"""A file that has just arrived: what it could be, how it could be read, and reading it otherwise where that was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.customers.importing import reading
from dawra.customers.importing.guessing import profile, settle
from dawra.customers.importing.opening import part_of, place_of, shape_for, system_of
from dawra.customers.importing.plan import GUESSED, FilePlan, proposed
from dawra.customers.importing.planning import SAMPLES
from dawra.customers.importing.reading import Limits, Shape, Unreadable
from dawra.customers.importing.recognising import FORMATS, Match, Part, matched, recognise
from dawra.customers.importing.remembered import applied, recalled
from dawra.customers.importing.saying import sentence
from dawra.customers.importing.starting import Looked, rank
from dawra.customers.importing.targets import TARGETS
from dawra.customers.models import Import, ImportFile, SavedMapping
from dawra.customers.models.importing import WAITING

GLANCED = 200
"""Rows by which the kind of an unknown file is guessed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person says a file is to be read; "" for as it was found out. sort: "system/part"."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file. cells: the filled values of each column."""

    shape: Shape
    rows: tuple[reading.Row, ...]
    cells: tuple[tuple[str, ...], ...]


def sample(file: ImportFile, limits: Limits, most: int = SAMPLES) -> Sample:
    """Raises Unreadable, FileNotFoundError; reads the file's beginning."""
    shape = shape_for(file, limits)
    rows = reading.batch(reading.rows(place_of(file), shape, limits), most, limits)
    # A row that is broken as a whole proves nothing about its columns.
    cells = _cells([row.cells for row in rows if not row.problem], len(shape.headers))
    return Sample(shape, tuple(rows), _with_labels(file, shape, cells))


def _with_labels(file: ImportFile, shape: Shape, cells: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """With the labels that a dry run has met further down, so that they are asked as well."""
    met = file.within.dry_run.get("files", {}).get(str(file.pk), {}).get("labels", {})
    if not met:
        return cells
    more = [
        [text for text, count in met.get(header, {}).items() for _time in range(min(count, 50))]
        for header in shape.headers
    ]
    return tuple((*one, *(text for text in late if text not in one)) for one, late in zip(cells, more, strict=True))


def guessed(looked: Sequence[Looked], what: str, limits: Limits) -> list[Looked]:
    """Files with headings somebody has matched before are what they were then; unknown ones what their values look like.

    An unknown file beside known ones joins them only if it plainly holds people or companies.
    """
    found = [
        one if one.shape is None or what else replace(one, match=_before(one.shape) or one.match) for one in looked
    ]
    alone = not any(one.match for one in found)
    if any(one.match and one.match.format.exact for one in found):
        return found  # such a set is complete by itself
    return [
        one if one.match or one.shape is None else replace(one, match=_guess(one, what, limits, plainly=not alone))
        for one in found
    ]


def first_plan(file: ImportFile, limits: Limits) -> tuple[FilePlan, SavedMapping | None]:
    """By its headings, its values, and the mapping kept for such a file, which is given too. Raises Unreadable."""
    seen = sample(file, limits)
    part = part_of(file)
    match = Match(FORMATS[system_of(file)], part, matched(part.all_columns(), seen.shape.headers), 0)
    plan = proposed(match, seen.shape, [row.cells for row in seen.rows if not row.problem])
    kept = recalled(seen.shape.headers, file.part)
    return (applied(kept.plan, plan, seen.cells), kept) if kept else (plan, None)


def put_plans(actor: Actor, import_: Import, limits: Limits) -> None:
    """Propose a plan for each file that has none. A file that cannot be read any more says so where it is looked at."""
    for file in import_.files.select_related("within"):
        if file.plan.get("columns"):
            continue
        try:
            plan, kept = first_plan(file, limits)
        except (Unreadable, FileNotFoundError):
            continue
        told = plan.plain() | ({"remembered": kept.name} if kept else {})
        ImportFile.objects.filter(pk=file.pk, within__state=WAITING).update(plan=told)
        if kept:
            SavedMapping.objects.filter(pk=kept.pk).update(used_at=actor.now)


def read_again(actor: Actor, *, import_: Import, file_id: UUID, told: Reading, limits: Limits) -> None:
    """Read a waiting file in another encoding, cut otherwise, another sheet of it, or as other things. Plans begin anew.

    Raises: Refused, NotFound, Conflict (started already), Invalid (cannot be read so)
    """
    actor.must("records.import")
    file = import_.files.select_related("within").filter(pk=file_id).first()
    if file is None:
        raise NotFound()
    system, part = _sort(told.sort) if told.sort else (system_of(file), file.part)
    try:
        shape = reading.shape_of(
            place_of(file), limits, encoding="" if told.encoding == "xlsx" else told.encoding, delimiter=told.delimiter,
            sheet=told.sheet,
        )  # fmt: skip
    except Unreadable as wrong:
        raise Invalid(sentence({"code": wrong.code, **wrong.facts}).replace("%", "%%"), field="encoding") from wrong
    if told.sort:
        actor.must(TARGETS[FORMATS[system].part(part).target].permission)
    elif new := recognise(shape.headers, only=system):
        part = new.part.code  # other headings, perhaps another sort
    _keep(actor, import_, file, shape, (system, part))
    put_plans(actor, import_, limits)


@transaction.atomic
def _keep(actor: Actor, import_: Import, file: ImportFile, shape: Shape, sort: tuple[str, str]) -> None:
    system, part = sort
    # Of one file alone, the import is of its system; beside others, only the file is.
    of_import = import_.system if import_.files.exclude(pk=file.pk).exists() else system
    if not Import.objects.filter(pk=import_.pk, state=WAITING).update(system=of_import, dry_run={}):
        raise Conflict(_("This import has already been started."))
    ImportFile.objects.filter(pk=file.pk).update(
        encoding=shape.encoding, delimiter=shape.delimiter, headers=list(shape.headers), part=part, rows_total=None,
        plan={"system": system} | ({"sheet": shape.sheet} if shape.sheet else {}),
    )  # fmt: skip
    _in_order(import_)


def _sort(written: str) -> tuple[str, str]:
    system, _slash, part = written.partition("/")
    if system not in FORMATS or part not in {one.code for one in FORMATS[system].parts}:
        raise Invalid(_("There is no such kind of file."), field="sort")
    return system, part


def _in_order(import_: Import) -> None:
    """What others refer to comes in first, also once a file has been said to be something else."""
    files = list(import_.files.select_related("within").order_by("position"))
    order = sorted(files, key=lambda file: rank(part_of(file)))
    if order != files:
        for place, file in enumerate(order):  # aside first: no two files have one place at any moment
            ImportFile.objects.filter(pk=file.pk).update(position=1000 + place)
        for place, file in enumerate(order):
            ImportFile.objects.filter(pk=file.pk).update(position=place)


def _before(shape: Shape) -> Match | None:
    kept = recalled(shape.headers)
    if kept is None:
        return None
    part = FORMATS[kept.system].part(kept.part)
    return Match(FORMATS[kept.system], part, matched(part.all_columns(), shape.headers), 2.0)


def _guess(one: Looked, what: str, limits: Limits, *, plainly: bool) -> Match | None:
    shape = one.shape
    assert shape is not None
    try:
        rows = [row.cells for row in reading.batch(reading.rows(one.source.path, shape, limits), GLANCED, limits)]
    except Unreadable:
        return None
    cells = _cells(rows, len(shape.headers))
    found: list[tuple[bool, float, Match]] = []
    for part in sorted(FORMATS[GUESSED].parts, key=_likelihood):
        if what and what not in (part.code, GUESSED):
            continue
        columns = part.all_columns()
        best = settle([profile(h, cells[at], columns) for at, h in enumerate(shape.headers)], part.needs)
        fields = tuple(guess.field if guess else "" for guess in best)
        is_whole = _is_whole(part, set(fields))
        sure = sum(guess.confidence for guess in best if guess) / max(len(fields), 1)
        found.append((is_whole, sure, Match(FORMATS[GUESSED], part, fields, min(sure, 1.0) / 2)))
    whole, _sure, match = max(found, key=lambda kept: kept[:2], default=(False, 0.0, None))
    return match if whole or not plainly else None


def _likelihood(part: Part) -> int:
    """Where nothing tells, a file is of people, then of companies."""
    return ("people", "companies").index(part.code) if part.code in ("people", "companies") else 2


def _is_whole(part: Part, filled: set[str]) -> bool:
    return filled.issuperset(part.needs) and (not part.any_of or bool(filled.intersection(part.any_of)))


def _cells(rows: Sequence[Sequence[str]], width: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[at] for row in rows if at < len(row) and row[at].strip()) for at in range(width))
