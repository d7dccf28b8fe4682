"""Where the command line enters: `dawra import PATH…`."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer, Conflict, Invalid
from dawra.customers.importing import arriving, dictating, judging, looking, starting, taking_back, uploads
from dawra.customers.importing.opening import plan_of, system_of
from dawra.customers.importing.reading import USUAL
from dawra.customers.importing.recognising import normal
from dawra.customers.importing.reporting import ImportReport, Progress, report_of
from dawra.customers.importing.running import Run
from dawra.customers.models import Import, ImportFile


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line says of the files beyond what they say themselves.

    what:     code of the format or the part, if it should not be recognised by the headers
    plans:    file name → what to read otherwise than proposed, see dictating
    columns:  header → field, in whatever file has it
    policy:   create, update, or "" for both. on_match: for every column, "" for as usual
    guess:    take columns that only their values speak for
    """

    what: str = ""
    plans: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""
    on_match: str = ""
    guess: bool = False
    rates: Mapping[str, Decimal] = field(default_factory=dict)


def run(
    actor: Actor,
    paths: Sequence[Path],
    *,
    progress: Callable[[Progress], None] | None = None,
    rates: Mapping[str, Decimal] | None = None,
    what: str = "",
    told: Told | None = None,
) -> ImportReport:
    """Bring in files, or folders of files, and say what became of every row.

    Run again after a crash, it goes on at the last committed batch; run again after the end, it changes nothing.

    paths:    CSV or XLSX files, also packed as .gz or .zip; a folder stands for the files in it
    rates:    {"USD": Decimal("3.75")}: what one unit is worth in the company's currency, where no rate is kept yet
    what:     code of the format, if it should not be recognised by the headers ("people", "companies", "maven_crm")
    progress: called after each batch
    Raises:   Refused, Invalid (not recognised, too large, a rate is missing), Conflict (another run is on it)
    """
    actor, import_, resumed = _set_up(actor, paths, told or Told(what, rates=rates or {}))
    starting.start(actor, import_=import_)
    Run(actor, import_.pk, watch=progress).go()
    return report_of(import_.pk, resumed=resumed)


def plans(actor: Actor, paths: Sequence[Path], *, told: Told) -> dict[str, Any]:
    """How the files would be read, by their names: to be kept, corrected and given back. Nothing stays behind."""
    actor, import_, _resumed = _set_up(actor, paths, told, fresh=True)
    try:
        return {file.name: plan_of(file).plain() for file in import_.files.select_related("within")}
    finally:
        uploads.end_early(actor, import_)


def dry_run(actor: Actor, paths: Sequence[Path], *, told: Told) -> judging.DryRun:
    """What an import would do. Nothing stays behind. Raises as run does."""
    actor, import_, _resumed = _set_up(actor, paths, told, fresh=True)
    try:
        token = judging.begin_dry_run(actor, import_=import_)
        judging.Judging(actor, import_.pk, token).go()
        import_.refresh_from_db()
        while import_.dry_run.get("state") == judging.RUNNING:  # a worker was faster
            time.sleep(0.2)
            import_.refresh_from_db()
        return judging.dry_run(import_)
    finally:
        import_.refresh_from_db()
        uploads.end_early(actor, import_)


def end(actor: Actor, import_id: UUID) -> str:
    """End an import. Gives "stopped" at rest, "running" while a batch is under way, "thrown_away" before the start.

    Raises: Refused, NotFound, Conflict (it has ended)
    """
    import_ = looking.one(actor, import_id)
    if looking.ended(import_):
        raise Conflict(_("This import has already ended."))
    if uploads.end_early(actor, import_):
        return "thrown_away"
    import_.refresh_from_db()
    return import_.state


def undo(actor: Actor, import_id: UUID, *, edited: bool = False) -> tuple[taking_back.Undo, list[tuple[str, int, str]]]:
    """Take an import back now. Gives what became of it, and (file, line, why) of rows that were left as they are.

    Raises: Refused, NotFound, Conflict (under way, older than 30 days, taken back already)
    """
    import_ = looking.one(actor, import_id)
    taking_back.begin_undo(actor, import_=import_, edited=edited)
    taking_back.TakingBack(actor, import_.pk).go()
    import_.refresh_from_db()
    left = [(row.file.name, row.line, row.undone) for row in taking_back.left_rows(import_)]
    return taking_back.undo_of(import_), left


def _set_up(actor: Actor, paths: Sequence[Path], told: Told, *, fresh: bool = False) -> tuple[Actor, Import, bool]:
    """(who signs, the import, whether it was begun before). fresh: never one that was begun."""
    actor.must("records.import")
    actor = replace(actor, via="import")
    options = {"rates": {code.upper(): format(rate, "f") for code, rate in told.rates.items()}}
    sources = starting.sources_in(paths)
    unpacked = [source.key for source in sources if source.key]
    try:
        looked = [starting.look(source, what=told.what) for source in sources]
        if told.guess or told.plans or told.columns:
            looked = arriving.guessed(looked, told.what, USUAL)
        format_, belong, others = starting.chosen(looked)
    except Answer:
        uploads.discard(unpacked)
        raise
    import_ = None if fresh else starting.unfinished(actor, format_, belong)
    if import_ is not None:
        # What was unpacked before a crash lies there still.
        uploads.discard(unpacked)
        return actor, import_, True
    needed = {one.source.key for one in belong}
    uploads.discard([key for key in unpacked if key not in needed])
    import_ = starting.set_up(actor, format_=format_, belong=belong, others=others, options=options)
    try:
        _plan(actor, import_, told)
    except Answer:
        uploads.end_early(actor, import_)
        raise
    return actor, import_, False


def _plan(actor: Actor, import_: Import, told: Told) -> None:
    """Proposed, then as somebody says: the reading first, as it proposes anew; then columns."""
    said = {file.pk: told.plans.get(file.name) for file in import_.files.all()}
    for file in import_.files.all():
        if (meant := said[file.pk]) and (reading := _reading(file, meant)) != arriving.Reading():
            arriving.read_again(actor, import_=import_, file_id=file.pk, told=reading, limits=USUAL)
            import_.refresh_from_db()
    if told.guess:
        arriving.put_plans(actor, import_, USUAL)
    else:
        dictating.by_headings(actor, import_, USUAL)
    files = list(import_.files.all())
    if missing := [name for name in told.columns if not any(_has(file, name) for file in files)]:
        raise Invalid(_("The file has no column “%(name)s”."), field="columns", name=missing[0][:80])
    wanted = {}
    for file in files:
        meant = dict(said[file.pk] or {})
        more = [{"header": name, "field": filled} for name, filled in told.columns.items() if _has(file, name)]
        every = [{"index": one.index, "on_match": told.on_match} for one in plan_of(file).columns if told.on_match]
        meant["columns"] = [*(meant.get("columns") or ()), *more, *every]
        meant |= {"create": told.policy == "create", "update": told.policy == "update"} if told.policy else {}
        wanted[file.pk] = meant
    dictating.dictate(actor, import_=import_, said=wanted, limits=USUAL)


def _has(file: ImportFile, name: str) -> bool:
    return normal(name) in {normal(header) for header in file.headers}


def _reading(file: ImportFile, meant: Mapping[str, Any]) -> arriving.Reading:
    """What a plan says of the reading, as far as it differs from what was found out."""
    encoding, delimiter = str(meant.get("encoding") or ""), str(meant.get("delimiter") or "")
    here = f"{system_of(file)}/{file.part}"
    sort = f"{meant.get('system') or system_of(file)}/{meant.get('part') or file.part}"
    told = arriving.Reading(
        encoding if encoding != file.encoding else "", delimiter if delimiter != file.delimiter else "",
        str(meant.get("sheet") or ""), sort if sort != here else "",
    )  # fmt: skip
    return replace(told, sheet="") if told.sheet == file.plan.get("sheet", "") else told
