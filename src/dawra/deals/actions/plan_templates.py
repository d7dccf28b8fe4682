"""Templates of close plans: written, changed, put away, or taken from the plan of a deal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.deals.close_plan_seeds import UsualStep
from dawra.deals.models import Pipeline, PlanTemplate
from dawra.deals.models.plan import ANCHORS, SIDES, START
from dawra.deals.queries import plan_templates
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import close_plans as told
from dawra.journal.models import Entry

MOST_TEMPLATES, MOST_STEPS, MOST_DAYS = 50, 30, 730
LONGEST_NAME, LONGEST_TITLE = 80, 200
COLUMNS = ("name", "name_ar", "pipeline_id", "steps")


@dataclass(frozen=True, slots=True)
class TemplateSaid:
    """One language is enough for the name and for each step. pipeline_id: None = for the deals of every pipeline."""

    steps: Sequence[UsualStep]
    name: str = ""
    name_ar: str = ""
    pipeline_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """entry: None if nothing differed."""

    template: PlanTemplate
    entry: Entry | None


@transaction.atomic
def write_template(
    actor: Actor,
    *,
    said: TemplateSaid,
    template_id: UUID | None = None,
    version: int | None = None,
    cause: Entry | None = None,
) -> Kept:
    """Keep the steps a close plan may begin with, or change them; plans that have begun stay as they are.

    Steps stand in the order of their days: those from the start first.
    Writes:  deals.plan_template_written.1 (nothing if nothing differs)
    Raises:  Refused, NotFound, Invalid, Conflict (too many), Stale
    """
    actor.must("deals.pipelines")
    wanted = _checked(said)
    by = {"changed_at": actor.now, "changed_by_id": actor.member_id}
    if template_id is None:
        if PlanTemplate.objects.filter(retired_at__isnull=True).count() >= MOST_TEMPLATES:
            raise Conflict(_("There are at most %(most)s templates. Put one away first."), most=MOST_TEMPLATES)
        row = PlanTemplate.objects.create(created_at=actor.now, **wanted, **by)
        before: dict[str, Any] = {}
    else:
        row = _fetch(template_id, version)
        stands = {name: getattr(row, name) for name in COLUMNS}
        if stands == wanted:
            return Kept(row, None)
        before = {name: as_plain(value) for name, value in stands.items()}
        _change(row, is_sample=False, **wanted, **by)
    after = {name: as_plain(value) for name, value in wanted.items()}
    fact = told.PlanTemplateWritten(row.pk, str(row), before, after)
    return Kept(row, journal.write(actor, fact, about=[], cause=cause))


@transaction.atomic
def keep_plan(actor: Actor, *, deal_id: UUID, name: str, name_ar: str = "", everywhere: bool = False) -> Kept:
    """The plan of a deal becomes a template, its days counted back from the day the deal is to close.

    everywhere: for the deals of every pipeline, not only of this deal's
    Writes:  deals.plan_template_written.1
    Raises:  Refused, NotFound, Conflict (there is no plan, or too many templates), Invalid
    """
    actor.must("deals.pipelines")
    taken = plan_templates.taken_from(actor, deal_id)
    if not taken.steps:
        raise Conflict(_("This deal has no close plan yet."))
    pipeline_id = None if everywhere else taken.pipeline_id
    return write_template(actor, said=TemplateSaid(taken.steps, name, name_ar, pipeline_id))


@transaction.atomic
def retire_template(
    actor: Actor, *, template_id: UUID, retired: bool, version: int | None = None, cause: Entry | None = None
) -> Kept:
    """Offer a template no longer, or again; plans that began with it stay.

    Writes:  deals.plan_template_retired.1 or deals.plan_template_in_use.1 (nothing if it stands so already)
    Raises:  Refused, NotFound, Stale
    """
    actor.must("deals.pipelines")
    row = _fetch(template_id, version)
    if (row.retired_at is not None) == retired:
        return Kept(row, None)
    _change(row, retired_at=actor.now if retired else None)
    fact = (told.PlanTemplateRetired if retired else told.PlanTemplateInUse)(row.pk, str(row))
    return Kept(row, journal.write(actor, fact, about=[], cause=cause))


@transaction.atomic
def put_back(actor: Actor, *, entry: Entry) -> Kept:
    """Part of taking back: it says what it said before; a new one is put away.

    Writes:  deals.plan_template_written.1 or deals.plan_template_retired.1
    Raises:  Refused, NotFound, Conflict (changed again since, or its pipeline is gone)
    """
    actor.must("deals.pipelines")
    template_id, before = UUID(entry.facts["template_id"]), entry.facts["before"]
    row = _fetch(template_id, None)
    if {name: as_plain(getattr(row, name)) for name in COLUMNS} != entry.facts["after"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    if not before:
        return retire_template(actor, template_id=template_id, retired=True, cause=entry)
    of = UUID(before["pipeline_id"]) if before["pipeline_id"] else None
    steps = tuple(UsualStep(**step) for step in before["steps"])
    said = TemplateSaid(steps, before["name"], before["name_ar"], of)
    return write_template(actor, said=said, template_id=template_id, cause=entry)


def _fetch(template_id: UUID, version: int | None) -> PlanTemplate:
    row = PlanTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise NotFound()
    if version is not None and version != row.version:
        raise _stale(row)
    return row


def _stale(row: PlanTemplate) -> Stale:
    return Stale(record="plan_template", id=row.pk, version=row.version, theirs={}, yours={})


def _change(row: PlanTemplate, **values: Any) -> None:
    """Where nobody was faster. Raises Stale."""
    rows = PlanTemplate.objects.filter(pk=row.pk, version=row.version)
    if not rows.update(**values, version=row.version + 1):
        raise _stale(PlanTemplate.objects.get(pk=row.pk))
    row.refresh_from_db()


def _checked(said: TemplateSaid) -> dict[str, Any]:
    """As it is kept. Raises Invalid."""
    names = {name: _line(getattr(said, name), LONGEST_NAME, name) for name in ("name", "name_ar")}
    if not any(names.values()):
        raise Invalid(_("A template needs a name, in one of the languages."), field="name")
    if said.pipeline_id and not Pipeline.objects.filter(pk=said.pipeline_id).exists():
        raise Invalid(_("There is no such pipeline."), field="pipeline_id")
    if not 1 <= len(said.steps) <= MOST_STEPS:
        raise Invalid(_("A template has 1 to %(most)s steps."), field="steps", most=MOST_STEPS)
    steps = [_step(one) for one in said.steps]
    steps.sort(key=lambda one: (one["anchor"] != START, one["days"] if one["anchor"] == START else -one["days"]))
    return {**names, "pipeline_id": said.pipeline_id, "steps": steps}


def _step(one: UsualStep) -> dict[str, Any]:
    kept = asdict(one) | {name: _line(getattr(one, name), LONGEST_TITLE, "steps") for name in ("title", "title_ar")}
    if not (kept["title"] or kept["title_ar"]):
        raise Invalid(_("Say what is to be done, in one of the languages."), field="steps")
    if one.side not in SIDES or one.anchor not in ANCHORS:
        raise Invalid(_("A step is ours or theirs, and counts from the start or back from the close."), field="steps")
    if not 0 <= one.days <= MOST_DAYS:
        raise Invalid(_("Days are a whole number from 0 to %(most)s."), field="steps", most=MOST_DAYS)
    return kept


def _line(text: str, most: int, field: str) -> str:
    plain = " ".join(text.replace("\0", "").split())
    if len(plain) > most:
        raise Invalid(_("This holds at most %(most)s characters."), field=field, most=most)
    return plain
