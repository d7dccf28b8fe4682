"""The library of answers to objections: written, written anew, put away; and what it starts with."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused, Stale
from dawra.deals.answer_seeds import STARTERS
from dawra.deals.models import Answer, AnswerVersion, Reply
from dawra.deals.models.objection import CATEGORIES
from dawra.journal import actions as journal
from dawra.journal.catalogue import objections as told
from dawra.journal.models import Entry

LONGEST_ANSWER = 4000
MOST_ANSWERS = 1000
TEXTS = ("name", "name_ar", "words", "words_ar")


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """name: how it is called in a few words; words: what to say. One of the languages is enough."""

    category: str
    name: str = ""
    words: str = ""
    name_ar: str = ""
    words_ar: str = ""
    label: str = ""


@transaction.atomic
def write_answer(
    actor: Actor, *, said: AnswerSaid, answer_id: UUID | None = None, version: int | None = None
) -> Answer:
    """A new answer of one's own, or a new version of one. What was answered so far keeps the version it used.

    Who sells writes their own; who sets deals up writes any.
    Writes:  deals.answer_written.1 (nothing if no word differs)
    Raises:  Refused, NotFound, Invalid, Conflict (too many), Stale
    """
    actor.must("deals.work")
    texts = _checked(said)
    label = said.label.strip()[:60] if said.category == "own" else ""
    if answer_id is None:
        if Answer.objects.count() >= MOST_ANSWERS:
            raise Conflict(_("The library holds at most %(most)s answers."), most=MOST_ANSWERS)
        answer = Answer.objects.create(
            category=said.category, label=label, owner_id=actor.member_id, created_at=actor.now
        )
        before = 0
    else:
        answer = _fetch(actor, answer_id, version)
        before = answer.number
        stands = AnswerVersion.objects.filter(answer=answer, number=before).values(*TEXTS).first()
        if stands == texts and (answer.category, answer.label) == (said.category, label):
            return answer
        _change(answer, category=said.category, label=label, number=_last_number(answer) + 1)
    AnswerVersion.objects.create(
        answer=answer, number=answer.number, written_at=actor.now, written_by_id=actor.member_id, **texts
    )
    _tell_written(actor, answer, before)
    return answer


@transaction.atomic
def retire_answer(
    actor: Actor, *, answer_id: UUID, retired: bool, version: int | None = None, cause: Entry | None = None
) -> Answer:
    """Offer an answer no longer, or again; where it was used it stays to be read.

    Writes:  deals.answer_retired.1 or deals.answer_in_use.1 (nothing if it stands so already)
    Raises:  Refused, NotFound, Stale
    """
    actor.must("deals.work")
    answer = _fetch(actor, answer_id, version)
    if (answer.retired_at is not None) == retired:
        return answer
    _change(answer, retired_at=actor.now if retired else None)
    fact = (told.AnswerRetired if retired else told.AnswerInUse)(answer.pk, name_of(answer))
    journal.write(actor, fact, about=[], cause=cause)
    return answer


@transaction.atomic
def go_back_to_version(actor: Actor, *, answer_id: UUID, number: int, from_number: int, cause: Entry) -> Answer:
    """Part of taking back: the version before counts again, the later one goes if nobody used it.

    Writes:  deals.answer_written.1, or deals.answer_retired.1 where there was none before
    Raises:  Refused, NotFound, Conflict (written anew since)
    """
    actor.must("deals.work")
    answer = _fetch(actor, answer_id, None)
    if answer.number != from_number:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    if number == 0:
        return retire_answer(actor, answer_id=answer_id, retired=True, cause=cause)
    _change(answer, number=number)
    _tell_written(actor, answer, from_number, cause)
    return answer


@transaction.atomic
def load_starters(actor: Actor) -> int:
    """The answers the house brings along, in both languages and marked as starters; those that are there stay.

    Writes:  deals.starter_answers_loaded.1 (nothing if all are there)
    Raises:  Refused
    """
    actor.must("deals.pipelines")
    there = set(AnswerVersion.objects.filter(answer__is_starter=True, number=1).values_list("answer__category", "name"))
    missing = [seed for seed in STARTERS if (seed.category, seed.name) not in there]
    for seed in missing:
        answer = Answer.objects.create(category=seed.category, is_starter=True, created_at=actor.now)
        texts = {name: getattr(seed, name) for name in TEXTS}
        AnswerVersion.objects.create(answer=answer, number=1, written_at=actor.now, **texts)
    Answer.objects.filter(is_starter=True).update(retired_at=None)
    if missing:
        journal.write(actor, told.StarterAnswersLoaded(len(missing)), about=[])
    return len(missing)


@transaction.atomic
def remove_starters(actor: Actor) -> int:
    """The starter answers go; those that were used in a deal are put away instead.

    Writes:  deals.starter_answers_removed.1 (nothing if there are none)
    Raises:  Refused
    """
    actor.must("deals.pipelines")
    starters = Answer.objects.filter(is_starter=True, retired_at__isnull=True)
    count = starters.count()
    if count:
        used = Exists(Reply.objects.filter(answer_id=OuterRef("pk")))
        starters.exclude(used).delete()
        starters.update(retired_at=actor.now)
        journal.write(actor, told.StarterAnswersRemoved(count), about=[])
    return count


def name_of(answer: Answer) -> str:
    """What an entry calls an answer: its name in the current version. 1 query."""
    rows = AnswerVersion.objects.filter(answer=answer, number=answer.number).values_list("name", "name_ar")
    return next((name or name_ar for name, name_ar in rows), answer.category)


def _fetch(actor: Actor, answer_id: UUID, version: int | None) -> Answer:
    answer = Answer.objects.filter(pk=answer_id).first()
    if answer is None:
        raise NotFound()
    if not actor.may("deals.pipelines") and (answer.owner_id is None or answer.owner_id != actor.member_id):
        raise Refused(_("Only who owns this answer, or who sets deals up, can change it."))
    if version is not None and version != answer.version:
        raise Stale(record="answer", id=answer.pk, version=answer.version, theirs={}, yours={})
    return answer


def _change(answer: Answer, **values: object) -> None:
    """Where nobody was faster. Raises Stale."""
    rows = Answer.objects.filter(pk=answer.pk, version=answer.version)
    if not rows.update(**values, version=answer.version + 1):
        raise Stale(record="answer", id=answer.pk, version=answer.version + 1, theirs={}, yours={})
    answer.refresh_from_db()


def _checked(said: AnswerSaid) -> dict[str, str]:
    if said.category not in CATEGORIES:
        raise Invalid(_("Choose what the objection is about."), field="category")
    if said.category == "own" and not said.label.strip():
        raise Invalid(_("Say in a word what an objection of your own kind is about."), field="label")
    texts = {name: getattr(said, name).strip()[: 120 if "name" in name else LONGEST_ANSWER] for name in TEXTS}
    if not (texts["name"] or texts["name_ar"]):
        raise Invalid(_("An answer needs a name, in one of the languages."), field="name")
    if not (texts["words"] or texts["words_ar"]):
        raise Invalid(_("Write what to say, in one of the languages."), field="words")
    return texts


def _last_number(answer: Answer) -> int:
    number = AnswerVersion.objects.filter(answer=answer).order_by("-number").values_list("number", flat=True).first()
    return number or 0


def _tell_written(actor: Actor, answer: Answer, before: int, cause: Entry | None = None) -> Entry:
    fact = told.AnswerWritten(answer.pk, name_of(answer), answer.number, before)
    return journal.write(actor, fact, about=[], cause=cause)
