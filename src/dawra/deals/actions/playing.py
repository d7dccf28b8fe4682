"""The playbook: written stage by stage, never overwritten; and ticking what was done of it in a deal."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.access.ids import new_id
from dawra.deals import keeping, plays, rules
from dawra.deals.actions.moving import must_be_open
from dawra.deals.models import Pipeline, PipelineVersion, Play, Stage, StageVisit, StepDone
from dawra.deals.playbook_seeds import SEEDS
from dawra.deals.queries.playbook import kept_for
from dawra.deals.queries.playbook_pages import as_play, written_for
from dawra.journal import actions as journal
from dawra.journal.catalogue import playbooks as told
from dawra.journal.models import Entry

LONGEST_TODO, LONGEST_SCRIPT, LONGEST_NAME, LONGEST_ADDRESS = 4000, 8000, 160, 500
MOST_STEPS, MOST_MATERIAL = 20, 12
LIMITS = {"todo": LONGEST_TODO, "todo_ar": LONGEST_TODO, "script": LONGEST_SCRIPT, "script_ar": LONGEST_SCRIPT}


@dataclass(frozen=True, slots=True)
class StepSaid:
    """key: of the step it words anew, "" for a new one. by: what meets it (plays.MEETS), "" = a tick"""

    name: str
    name_ar: str = ""
    required: bool = True
    by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlaySaid:
    """What one stage's page says; one of the languages is enough. material: (name, address)"""

    todo: str = ""
    todo_ar: str = ""
    script: str = ""
    script_ar: str = ""
    steps: tuple[StepSaid, ...] = ()
    material: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def write_play(
    actor: Actor, *, stage_id: UUID, said: PlaySaid, seen: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Say anew what to do in a stage; what was done in deals keeps the words it was done under. None if nothing differs.

    seen:    how often it had been written when the writer read it (StagePage.written)
    Writes:  deals.play_written.1
    Raises:  Refused, NotFound, Invalid, Stale
    """
    actor.must("deals.pipelines")
    stage = Stage.objects.select_related("version__pipeline").filter(pk=stage_id, type=rules.OPEN).first()
    if stage is None:
        raise NotFound()
    drawn = stage.version
    rows = written_for(drawn, stage.code)
    if seen is not None and seen != len(rows):
        raise Stale(record="play", id=stage.pk, version=len(rows), theirs={}, yours={})
    stands = _in_force(rows, stage.code, drawn.number)
    values = _checked(said, rows, stands)
    if values == (_values(stands) if stands else _values(Play())):
        return None
    play = _put(actor, drawn, stage.code, rows, values)
    fact = told.PlayWritten(
        drawn.pipeline_id, drawn.pk, stage.name, stage.code, play.pk, stands.pk if stands else None, len(rows) + 1
    )
    return journal.write(actor, fact, about=[drawn.pipeline], cause=cause)


@transaction.atomic
def write_as_before(actor: Actor, *, entry: Entry) -> Entry | None:
    """Part of taking back: what was in force before is written again, word for word.

    Writes:  deals.play_written.1
    Raises:  Refused, NotFound, Conflict (written anew since)
    """
    actor.must("deals.pipelines")
    facts: Mapping[str, Any] = entry.facts
    stage = Stage.objects.filter(version_id=UUID(facts["version_id"]), code=facts["stage_code"]).first()
    play = Play.objects.select_related("drawn").filter(pk=UUID(facts["play_id"])).first()
    if stage is None or play is None:
        raise NotFound()
    rows = written_for(play.drawn, play.code)
    if _in_force(rows, play.code, play.drawn.number) != play:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    before = next((row for row in rows if str(row.pk) == facts["before_id"]), None)
    return write_play(actor, stage_id=stage.pk, said=said_by(before) if before else PlaySaid(), cause=entry)


@transaction.atomic
def load_starter_plays(actor: Actor, *, pipeline_id: UUID) -> int:
    """The playbook the house brings along, in both languages and marked as starter, for stages nothing is written for.

    Writes:  deals.starter_plays_loaded.1 (nothing if all are written)
    Raises:  Refused, NotFound
    """
    actor.must("deals.pipelines")
    pipeline = Pipeline.objects.filter(pk=pipeline_id).first()
    drawn = PipelineVersion.objects.filter(pipeline=pipeline).order_by("published_at", "number").last()
    if pipeline is None or drawn is None:
        raise NotFound()
    codes = set(Stage.objects.filter(version=drawn, type=rules.OPEN).values_list("code", flat=True))
    rows = written_for(drawn)
    missing = []
    for seed in SEEDS:
        stands = _in_force(rows, seed.code, drawn.number)
        if seed.code in codes and (stands is None or as_play(stands).is_empty):
            number = (
                max((row.number for row in rows if row.drawn_id == drawn.pk and row.code == seed.code), default=0) + 1
            )
            missing.append(Play(drawn=drawn, code=seed.code, number=number, written_at=actor.now, **seed.values()))
    if missing:
        Play.objects.bulk_create(missing)
        fact = told.StarterPlaysLoaded(pipeline.pk, pipeline.name, len(missing))
        journal.write(actor, fact, about=[pipeline])
    return len(missing)


@transaction.atomic
def remove_starter_plays(actor: Actor, *, pipeline_id: UUID) -> Entry | None:
    """The pages of the starter playbook that nobody wrote anew go; what was ticked in deals stays. None if there are none.

    Writes:  deals.starter_plays_removed.1
    Raises:  Refused, NotFound
    """
    actor.must("deals.pipelines")
    pipeline = Pipeline.objects.filter(pk=pipeline_id).first()
    drawn = PipelineVersion.objects.filter(pipeline=pipeline).order_by("published_at", "number").last()
    if pipeline is None or drawn is None:
        raise NotFound()
    rows = written_for(drawn)
    stand = [_in_force(rows, code, drawn.number) for code in sorted({row.code for row in rows})]
    starters = [row for row in stand if row is not None and row.is_starter]
    if not starters:
        return None
    _put_all(actor, drawn, rows, [(row.code, False, _values(Play())) for row in starters])
    ids = tuple(str(row.pk) for row in starters)
    fact = told.StarterPlaysRemoved(pipeline.pk, pipeline.name, drawn.pk, len(starters), ids)
    return journal.write(actor, fact, about=[pipeline])


@transaction.atomic
def bring_starter_plays_back(actor: Actor, *, entry: Entry) -> Entry:
    """Part of taking back: the pages are written again as starters, for the stages nothing was written for since.

    Writes:  deals.starter_plays_loaded.1
    Raises:  Refused, NotFound, Conflict (each of its stages was written anew since)
    """
    actor.must("deals.pipelines")
    drawn = PipelineVersion.objects.filter(pk=UUID(entry.facts["version_id"])).select_related("pipeline").first()
    if drawn is None:
        raise NotFound()
    rows = written_for(drawn)
    again = []
    for row in Play.objects.filter(pk__in=[UUID(one) for one in entry.facts["play_ids"]]).order_by("code", "pk"):
        stands = _in_force(rows, row.code, drawn.number)
        if stands is None or as_play(stands).is_empty:
            again.append((row.code, True, _values(row)))
    if not again:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    _put_all(actor, drawn, rows, again)
    fact = told.StarterPlaysLoaded(drawn.pipeline_id, drawn.pipeline.name, len(again))
    return journal.write(actor, fact, about=[drawn.pipeline], cause=entry)


@dataclass(frozen=True, slots=True)
class Ticking:
    """code: of the stage, step: key of the step. at, by: as it had been done, where that is put back"""

    code: str
    step: str
    done: bool
    at: datetime | None = None
    by: str = ""


@transaction.atomic
def tick_step(actor: Actor, *, deal_id: UUID, said: Ticking, cause: Entry | None = None) -> Entry | None:
    """A step of the playbook is done in a deal, or not after all. None if it stands so already.

    Writes:  deals.step_done.1 or deals.step_not_done.1
    Raises:  Refused, NotFound (deal, or no such step in its playbook), DealClosed
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    must_be_open(deal)
    kept = kept_for(deal)
    play = plays.in_force(kept.plays, said.code, kept.drawn)
    step = next((one for one in (play.steps if play else ()) if one.key == said.step), None)
    if play is None or step is None:
        raise NotFound()
    ids, was = (
        (deal.pk, deal.name, said.code, step.key, step.name or step.name_ar),
        kept.ticks.get((said.code, said.step)),
    )
    if (was is not None) == said.done:
        return None
    if was is not None:
        StepDone.objects.filter(deal=deal, code=said.code, step=said.step).delete()
        gone = told.StepUnticked(*ids, done_at=was.at.isoformat(), by=was.by)
        return journal.write(actor, gone, about=[deal], cause=cause)
    visits = StageVisit.objects.filter(deal=deal, stage__code=said.code).order_by("-entered_at", "-id")
    _row, is_new = StepDone.objects.get_or_create(
        deal=deal, code=said.code, step=said.step,
        defaults={
            "play_id": play.id, "visit": visits.first(), "by": said.by, "done_at": said.at or actor.now,
            "done_by_id": actor.member_id,
        },
    )  # fmt: skip
    return journal.write(actor, told.StepTicked(*ids), about=[deal], cause=cause) if is_new else None


def said_by(row: Play) -> PlaySaid:
    """What a page says, as its writer would say it."""
    return PlaySaid(
        **{name: getattr(row, name) for name in LIMITS},
        steps=tuple(StepSaid(s.name, s.name_ar, s.required, s.by, s.key) for s in plays.steps_of(row.steps)),
        material=tuple((m.name, m.address) for m in plays.material_of(row.material)),
    )


def _in_force(rows: list[Play], code: str, number: int) -> Play | None:
    found = plays.in_force([as_play(row) for row in rows], code, number)
    return next((row for row in rows if found is not None and row.pk == found.id), None)


def _put(actor: Actor, drawn: PipelineVersion, code: str, rows: list[Play], values: dict[str, Any]) -> Play:
    number = max((row.number for row in rows if row.drawn_id == drawn.pk), default=0) + 1
    row = Play(drawn=drawn, code=code, number=number, written_at=actor.now, written_by_id=actor.member_id, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as somebody_was_faster:
        raise Stale(record="play", id=drawn.pk, version=len(rows) + 1, theirs={}, yours={}) from somebody_was_faster
    return row


def _put_all(
    actor: Actor, drawn: PipelineVersion, rows: list[Play], pages: list[tuple[str, bool, dict[str, Any]]]
) -> None:
    """pages: (stage's code, is it a starter, what it says). rows: all that was written of this drawing and those before."""
    number = max((row.number for row in rows if row.drawn_id == drawn.pk), default=0)
    by = {"written_at": actor.now, "written_by_id": actor.member_id}
    Play.objects.bulk_create(
        Play(drawn=drawn, code=code, number=number + 1, is_starter=is_starter, **by, **values)
        for code, is_starter, values in pages
    )


def _values(row: Play) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*LIMITS, "steps", "material")}


def _checked(said: PlaySaid, rows: list[Play], stands: Play | None) -> dict[str, Any]:
    """rows: all that was ever written of the stage; a key of none of them would tie a step to what it is not."""
    known = {step.key for row in rows for step in plays.steps_of(row.steps)}
    same = {(s.name, s.name_ar): s.key for s in plays.steps_of(stands.steps if stands else ())}
    values: dict[str, Any] = {}
    for name, most in LIMITS.items():
        values[name] = getattr(said, name).replace("\r\n", "\n").strip()
        if len(values[name]) > most:
            raise Invalid(_("This holds at most %(most)s characters."), field=name, most=most)
    if len(said.steps) > MOST_STEPS:
        raise Invalid(_("A stage holds at most %(most)s steps."), field="steps", most=MOST_STEPS)
    if len(said.material) > MOST_MATERIAL:
        raise Invalid(_("A stage holds at most %(most)s links."), field="material", most=MOST_MATERIAL)
    keys = [step.key for step in said.steps if step.key]
    if len(keys) != len(set(keys)) or not set(keys) <= known:
        raise Invalid(_("A step is worded anew under its own key, or is a new one without a key."), field="steps")
    values["steps"] = [_step(step, same) for step in said.steps]
    if len({step["key"] for step in values["steps"]}) != len(said.steps):
        raise Invalid(_("Two steps have the same name."), field="steps")
    values["material"] = [_material(name, address) for name, address in said.material]
    return values


def _step(said: StepSaid, same: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """same: keys of the steps in force by their names: one that comes without a key and is called the same is the same."""
    name, name_ar = said.name.strip()[:LONGEST_NAME], said.name_ar.strip()[:LONGEST_NAME]
    if not (name or name_ar):
        raise Invalid(_("Each step needs a name, in one of the languages."), field="steps")
    if said.by not in plays.MEETS:
        raise Invalid(_("Choose what meets the step."), field="steps")
    key = said.key or same.get((name, name_ar)) or new_id().hex[-12:]
    return asdict(plays.Step(key, name, name_ar, said.required, said.by))


def _material(name: str, address: str) -> dict[str, str]:
    address = address.strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or len(address) > LONGEST_ADDRESS:
        raise Invalid(_("A link begins with https:// and names a place."), field="material")
    return {"name": name.strip()[:LONGEST_NAME] or address[:LONGEST_NAME], "address": address}
