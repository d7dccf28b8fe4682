"""Before the first row: which files, what they are, what is missing; then the import stands in the table, waiting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers.importing import reading
from dawra.customers.importing.opening import folder, part_of, shape_for, system_of
from dawra.customers.importing.reading import USUAL, Limits, Shape, Unreadable
from dawra.customers.importing.recognising import FORMATS, Format, Match, Part, recognise
from dawra.customers.importing.saying import sentence
from dawra.customers.importing.targets import TARGETS
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import FAILED, PAUSED, RUNNING, STOPPED, WAITING
from dawra.journal import jobs

SUFFIXES = (*reading.TABLES, ".csv.gz", ".tsv.gz", ".txt.gz", ".zip")
MOST_FILES = 20
GOES_ON = (WAITING, RUNNING, PAUSED, STOPPED, FAILED)
COUNT_UP_TO = 512 << 20
COUNT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Source:
    """A file to bring in. key: its random name where it was uploaded, "" where it lies on this machine."""

    path: Path
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that has been looked at. problem: why it cannot be read, as {code, facts}."""

    source: Source
    size: int
    sha256: str
    shape: Shape | None = None
    match: Match | None = None
    problem: dict[str, Any] = field(default_factory=dict)


def sources_in(paths: Sequence[Path]) -> list[Source]:
    """The files meant: each path itself, or what a folder or a zip holds. Raises Invalid."""
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and p.name.lower().endswith(SUFFIXES))
            found += [Source(p, p.name) for p in inside]
        elif path.is_file():
            found.append(Source(path, path.name))
        else:
            raise Invalid(_("There is no file or folder called %(path)s."), field="paths", path=str(path))
    found = laid_out(found, USUAL)
    if not found:
        raise Invalid(_("There is no CSV file there. Name CSV files, or a folder that holds some."), field="paths")
    if len(found) > MOST_FILES:
        for source in found:
            if source.key:
                source.path.unlink(missing_ok=True)
        raise Invalid(
            _("These are %(count)s files; bring in at most %(most)s at once."), count=len(found), most=MOST_FILES
        )
    return found


def laid_out(sources: Sequence[Source], limits: Limits) -> list[Source]:
    """Each zip as the tables in it, which from now on lie in the imports folder; any other file as it is.

    Raises: Invalid (an archive that cannot be unpacked); nothing stays behind
    """
    found: list[Source] = []
    try:
        for source in sources:
            if not _is_archive(source.path):
                found.append(source)
                continue
            members = reading.expand(source.path, folder(), limits)
            found += [Source(member.path, member.name, member.key) for member in members]
    except Unreadable as wrong:
        for member_source in found:
            if member_source not in sources:
                member_source.path.unlink(missing_ok=True)
        why = f"{source.name[:80]}: {sentence({'code': wrong.code, **wrong.facts})}"
        raise Invalid(why, field="files") from wrong
    return found


def _is_archive(path: Path) -> bool:
    try:
        return reading.is_archive(path)
    except Unreadable:
        return False  # what is wrong with it is said when it is looked at


def look(source: Source, limits: Limits = USUAL, *, what: str = "") -> Looked:
    """Reads only the beginning of the file, and its whole once for its fingerprint."""
    size, print_ = source.path.stat().st_size, _fingerprint(source.path)
    try:
        shape = reading.shape_of(source.path, limits)
    except Unreadable as wrong:
        return Looked(source, size, print_, problem={"code": wrong.code, **wrong.facts})
    return Looked(source, size, print_, shape, recognise(shape.headers, only=what))


def chosen(looked: Sequence[Looked]) -> tuple[Format, list[Looked], list[Looked]]:
    """The format of most of these files, the files in the order they are brought in, and those that do not belong.

    A file that only another system writes comes in as that; one that could be of either is of the most.
    Raises: Invalid when no file is recognised
    """
    votes: dict[str, float] = {}
    for one in looked:
        if one.match:
            votes[one.match.format.code] = votes.get(one.match.format.code, 0) + one.match.score
    if not votes:
        raise Invalid(_nothing(looked), field="files")
    format_ = FORMATS[max(votes, key=lambda code: votes[code])]
    alike = [_alike(one, format_) for one in looked]
    belong = [one for one in alike if one.match and (one.match.format is format_ or not format_.exact)]
    order = [part.code for part in format_.parts]
    if all(one.match and one.match.format is format_ for one in belong):
        belong.sort(key=lambda one: order.index(one.match.part.code) if one.match else 0)
    else:
        belong.sort(key=lambda one: rank(one.match.part) if one.match else 0)
    return format_, belong, [one for one in alike if one not in belong]


CLOSE = 0.3
"""A file is taken for one of the format that most files are of if that reads it nearly as well."""
_ORDER = (
    "user",
    "member",
    "company",
    "account",
    "partner",
    "person",
    "contact",
    "lead",
    "product",
    "deal",
    "opportunity",
)


def _alike(one: Looked, format_: Format) -> Looked:
    if one.shape is None or one.match is None or one.match.format is format_:
        return one
    again = recognise(one.shape.headers, only=format_.code)
    return replace(one, match=again) if again and again.score >= one.match.score - CLOSE else one


def rank(part: Part) -> int:
    """Across systems: who sells, companies, people, products, deals; then what was done about them."""
    target = part.target
    return _ORDER.index(target) if target in _ORDER else len(_ORDER) + target.startswith("activity")


def _nothing(looked: Sequence[Looked]) -> str:
    problems = [f"{one.source.name}: {sentence(one.problem)}" for one in looked if one.problem]
    unknown = _(
        "The columns of these files were not recognised. People need a name or an e-mail column, companies a name"
        " column; docs/import.md lists all of them."
    )
    return " ".join(problems).replace("%", "%%") or str(unknown)


def permissions(format_: Format, belong: Iterable[Looked]) -> set[str]:
    targets = {one.match.part.target for one in belong if one.match}
    return {"records.import"} | {TARGETS[target].permission for target in targets}


@transaction.atomic
def set_up(
    actor: Actor, *, format_: Format, belong: Sequence[Looked], others: Sequence[Looked], options: Mapping[str, Any]
) -> Import:
    """Put an import into the table, waiting. Its last batch writes the entry.

    Raises: Refused
    """
    for permission in permissions(format_, belong):
        actor.must(permission)
    import_ = Import.objects.create(
        system=format_.code,
        options=dict(options),
        via=actor.via,
        member_id=actor.member_id,
        created_at=actor.now,
        skipped_files=[{"name": one.source.name, "problem": one.problem} for one in others],
    )
    for position, one in enumerate(belong):
        if one.shape is None or one.match is None:
            continue
        ImportFile.objects.create(
            within=import_,
            position=position,
            name=one.source.name[:200],
            part=one.match.part.code,
            place="" if one.source.key else str(one.source.path.resolve()),
            key=one.source.key,
            size=one.size,
            sha256=one.sha256,
            encoding=one.shape.encoding,
            delimiter=one.shape.delimiter,
            headers=list(one.shape.headers),
            plan={} if one.match.format is format_ else {"system": one.match.format.code},
        )
    return import_


@transaction.atomic
def start(actor: Actor, *, import_: Import) -> None:
    """From waiting to running, once everything asked for has been answered. The last batch writes the entry.

    Raises: Refused, Invalid (a rate is missing)
    """
    actor.must("records.import")
    files = list(import_.files.select_related("within"))
    asked = [*(FORMATS[system_of(file)].ready for file in files), *(part_of(file).ready for file in files)]
    for ready in dict.fromkeys(asked):
        if ready:
            ready(actor, import_.options)
    Import.objects.filter(pk=import_.pk, state__in=GOES_ON).update(
        state=RUNNING, started_at=import_.started_at or actor.now, moved_at=actor.now, asked_stop=False,
        asked_pause=False, problem={},
    )  # fmt: skip
    import_.refresh_from_db()


@transaction.atomic
def begin(actor: Actor, *, import_: Import, rates: Mapping[str, str]) -> None:
    """Start an uploaded import in the background, or go on after a stop. The last batch writes the entry.

    Raises: Refused, Invalid (a rate is missing), Conflict (started already)
    """
    actor.must("records.import")
    if import_.state not in (WAITING, PAUSED, STOPPED, FAILED):
        raise Conflict(_("This import has already been started."))
    if rates:
        Import.objects.filter(pk=import_.pk).update(options={**import_.options, "rates": dict(rates)})
        import_.refresh_from_db()
    start(actor, import_=import_)
    jobs.enqueue("customers.import_files", import_id=str(import_.pk))


@transaction.atomic
def pause(actor: Actor, *, import_: Import) -> None:
    """Let an import rest after the batch under way; `begin` goes on. Nothing has ended, so no entry is written.

    Raises: Refused, Conflict (not running)
    """
    actor.must("records.import")
    if not Import.objects.filter(pk=import_.pk, state=RUNNING).update(asked_pause=True):
        raise Conflict(_("This import is not running."))


def unfinished(actor: Actor, format_: Format, belong: Sequence[Looked]) -> Import | None:
    """The newest import of exactly these files that was begun and never ended."""
    prints = sorted(one.sha256 for one in belong)
    begun = Import.objects.filter(
        system=format_.code, member=actor.member_id, state__in=[RUNNING, PAUSED, FAILED, STOPPED]
    )
    for import_ in begun.order_by("-created_at")[:20]:
        if sorted(import_.files.values_list("sha256", flat=True)) == prints:
            return import_
    return None


def count_rows(file: ImportFile, path: Path, limits: Limits) -> None:
    """So that progress can say how much is left; files too large to read twice go without."""
    if file.rows_total is None and file.size <= COUNT_UP_TO:
        try:
            shape = shape_for(file, limits)
            total = reading.count(path, shape, limits, seconds=COUNT_SECONDS)
        except Unreadable:
            return  # said when its turn comes
        if total is None:
            return
        ImportFile.objects.filter(pk=file.pk).update(rows_total=total)
        file.rows_total = total


def _fingerprint(path: Path) -> str:
    hashed = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hashed.update(block)
    return hashed.hexdigest()
