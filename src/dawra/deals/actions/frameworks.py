"""Frameworks to qualify by: written, written anew, put away, chosen for a pipeline; and what a workspace starts with."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.deals.framework_seeds import STARTERS
from dawra.deals.models import Framework, FrameworkVersion, Pipeline
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue import qualification as told
from dawra.journal.models import Entry

MOST_FRAMEWORKS = 50
MOST_CRITERIA = 15
LONGEST = {"name": 80, "name_ar": 80, "question": 300, "question_ar": 300, "good": 400, "good_ar": 400}
HEADS = {"name": 80, "name_ar": 80, "about": 400, "about_ar": 400}


@dataclass(frozen=True, slots=True)
class CriterionSaid:
    """code: of one that is there, "" for a new one. question: to ask the buyer. good: what a good answer contains.

    weight: 1 to 100, only the proportion counts. One of the languages is enough
    """

    name: str = ""
    weight: int = 10
    question: str = ""
    good: str = ""
    name_ar: str = ""
    question_ar: str = ""
    good_ar: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkSaid:
    criteria: Sequence[CriterionSaid]
    name: str = ""
    name_ar: str = ""
    about: str = ""
    about_ar: str = ""


@transaction.atomic
def write_framework(
    actor: Actor, *, said: FrameworkSaid, framework_id: UUID | None = None, version: int | None = None
) -> Framework:
    """A framework of one's own, or a new version of one; what was answered so far keeps the question it answered.

    Open deals are scored anew in the background, closed ones keep their score.
    Writes:  deals.framework_written.1 (nothing if nothing differs)
    Raises:  Refused, NotFound, Invalid, Conflict (too many), Stale
    """
    actor.must("deals.pipelines")
    heads = _heads(said)
    if framework_id is None:
        if Framework.objects.count() >= MOST_FRAMEWORKS:
            raise Conflict(_("There are at most %(most)s frameworks."), most=MOST_FRAMEWORKS)
        framework = Framework.objects.create(
            criteria=_criteria(said.criteria, (), set(), 1), created_at=actor.now, **heads
        )
        before = 0
    else:
        framework = _fetch(framework_id, version)
        before = framework.number
        versions = list(FrameworkVersion.objects.filter(framework=framework).order_by("number"))
        number = versions[-1].number + 1
        ever = {one["code"] for drawn in versions for one in drawn.criteria}
        criteria = _criteria(said.criteria, framework.criteria, ever, number)
        if criteria == framework.criteria and heads == {name: getattr(framework, name) for name in HEADS}:
            return framework
        _change(framework, criteria=criteria, number=number, **heads)
    _keep_version(actor, framework)
    _score_anew(Pipeline.objects.filter(framework=framework))
    journal.write(actor, told.FrameworkWritten(framework.pk, str(framework), framework.number, before), about=[])
    return framework


@transaction.atomic
def go_back_to_version(actor: Actor, *, framework_id: UUID, number: int, from_number: int, cause: Entry) -> Framework:
    """Part of taking back: the version before counts again.

    Writes:  deals.framework_written.1, or deals.framework_retired.1 where there was none before
    Raises:  Refused, NotFound, Conflict (written anew since, in use)
    """
    actor.must("deals.pipelines")
    framework = _fetch(framework_id, None)
    if framework.number != from_number:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    if number == 0:
        return retire_framework(actor, framework_id=framework_id, retired=True, cause=cause)
    stood = FrameworkVersion.objects.get(framework=framework, number=number)
    _change(framework, number=number, criteria=stood.criteria, **{name: getattr(stood, name) for name in HEADS})
    _score_anew(Pipeline.objects.filter(framework=framework))
    fact = told.FrameworkWritten(framework.pk, str(framework), number, from_number)
    journal.write(actor, fact, about=[], cause=cause)
    return framework


@transaction.atomic
def retire_framework(
    actor: Actor, *, framework_id: UUID, retired: bool, version: int | None = None, cause: Entry | None = None
) -> Framework:
    """Offer a framework no longer, or again; what was answered by it stays.

    Writes:  deals.framework_retired.1 or deals.framework_in_use.1 (nothing if it stands so already)
    Raises:  Refused, NotFound, Stale, Conflict (a pipeline uses it)
    """
    actor.must("deals.pipelines")
    framework = _fetch(framework_id, version)
    if (framework.retired_at is not None) == retired:
        return framework
    if retired and Pipeline.objects.filter(framework=framework).exists():
        raise Conflict(_("A pipeline uses this framework. Choose another one there first."))
    _change(framework, retired_at=actor.now if retired else None)
    fact = (told.FrameworkRetired if retired else told.FrameworkInUse)(framework.pk, str(framework))
    journal.write(actor, fact, about=[], cause=cause)
    return framework


@transaction.atomic
def choose_framework(
    actor: Actor, *, pipeline_id: UUID, framework_id: UUID | None, cause: Entry | None = None
) -> Entry | None:
    """By what the deals of a pipeline are qualified, or by nothing; answers to another framework wait for its return.

    Writes:  deals.framework_chosen.1 (None if it stands so already)
    Raises:  Refused, NotFound, Conflict (put away)
    """
    actor.must("deals.pipelines")
    pipeline = Pipeline.objects.filter(pk=pipeline_id).first()
    if pipeline is None:
        raise NotFound()
    framework = _fetch(framework_id, None) if framework_id else None
    if framework is not None and framework.retired_at is not None:
        raise Conflict(_("This framework is put away. Bring it back into use first."))
    before = pipeline.framework_id
    if before == framework_id:
        return None
    Pipeline.objects.filter(pk=pipeline_id).update(framework=framework)
    _score_anew([pipeline])
    fact = told.FrameworkChosen(
        pipeline.pk, pipeline.name, framework_id, str(framework) if framework else "", before
    )  # fmt: skip
    return journal.write(actor, fact, about=[pipeline], cause=cause)


@transaction.atomic
def load_starter_frameworks(actor: Actor) -> int:
    """BANT, MEDDICC and CHAMP in both languages, marked as starters; those that are there stay.

    Writes:  deals.starter_frameworks_loaded.1 (nothing if all are there)
    Raises:  Refused
    """
    actor.must("deals.pipelines")
    there = set(FrameworkVersion.objects.filter(framework__is_starter=True, number=1).values_list("name", flat=True))
    missing = [seed for seed in STARTERS if seed.name not in there]
    for seed in missing:
        heads = {name: getattr(seed, name) for name in HEADS}
        criteria = [{**asdict(one), "since": 1} for one in seed.criteria]
        framework = Framework.objects.create(criteria=criteria, is_starter=True, created_at=actor.now, **heads)
        _keep_version(actor, framework)
    if missing:
        journal.write(actor, told.StarterFrameworksLoaded(len(missing)), about=[])
    return len(missing)


# What the acts have in common


def _fetch(framework_id: UUID, version: int | None) -> Framework:
    framework = Framework.objects.filter(pk=framework_id).first()
    if framework is None:
        raise NotFound()
    if version is not None and version != framework.version:
        raise Stale(record="framework", id=framework.pk, version=framework.version, theirs={}, yours={})
    return framework


def _change(framework: Framework, **values: object) -> None:
    """Where nobody was faster. Raises Stale."""
    rows = Framework.objects.filter(pk=framework.pk, version=framework.version)
    if not rows.update(**values, version=framework.version + 1):
        raise Stale(record="framework", id=framework.pk, version=framework.version + 1, theirs={}, yours={})
    framework.refresh_from_db()


def _keep_version(actor: Actor, framework: Framework) -> None:
    heads = {name: getattr(framework, name) for name in HEADS}
    FrameworkVersion.objects.create(
        framework=framework, number=framework.number, criteria=framework.criteria, written_at=actor.now,
        written_by_id=actor.member_id, **heads,
    )  # fmt: skip


def _score_anew(pipelines: Any) -> None:
    for pipeline in pipelines:
        jobs.enqueue("deals.requalify", pipeline_id=str(pipeline.pk), after="")


def _heads(said: FrameworkSaid) -> dict[str, str]:
    heads = {name: getattr(said, name).strip()[:longest] for name, longest in HEADS.items()}
    if not (heads["name"] or heads["name_ar"]):
        raise Invalid(_("A framework needs a name, in one of the languages."), field="name")
    return heads


def _criteria(
    said: Sequence[CriterionSaid], stand: Sequence[Mapping[str, Any]], ever: set[str], number: int
) -> list[dict[str, Any]]:
    """As they are kept. A code means one thing for good; since: when its words last changed. Raises Invalid."""
    if not 1 <= len(said) <= MOST_CRITERIA:
        raise Invalid(_("A framework has 1 to %(most)s criteria."), field="criteria", most=MOST_CRITERIA)
    now = {one["code"]: one for one in stand}
    called = {(one["name"], one["name_ar"]): one["code"] for one in stand}
    taken, kept = set(ever), []
    for one in said:
        texts = {name: getattr(one, name).strip()[:longest] for name, longest in LONGEST.items()}
        if not (texts["name"] or texts["name_ar"]):
            raise Invalid(_("Each criterion needs a name, in one of the languages."), field="criteria")
        if not 1 <= one.weight <= 100:
            raise Invalid(_("A weight is a whole number from 1 to 100."), field="criteria")
        if one.code and one.code not in now:
            raise Invalid(_("This criterion is not part of the framework."), field="criteria")
        code = (
            one.code or called.get((texts["name"], texts["name_ar"])) or _code(texts["name"] or texts["name_ar"], taken)
        )
        before = now.get(code)
        same = before is not None and all(before.get(name, "") == texts[name] for name in LONGEST)
        kept.append(
            {"code": code, "weight": one.weight, **texts, "since": before["since"] if before and same else number}
        )
        taken.add(code)
    if len({one["code"] for one in kept}) < len(kept):
        raise Invalid(_("Each criterion stands once."), field="criteria")
    return kept


def _code(name: str, taken: set[str]) -> str:
    plain = slugify(fold(name)).replace("-", "_")[:30] or "criterion"
    return next(code for n in range(1, 1000) if (code := plain if n == 1 else f"{plain}_{n}") not in taken)
