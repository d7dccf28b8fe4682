"""Taking back what was noted about objections, and what was written in the library of answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.deals.actions import answers, objecting
from dawra.deals.models import Objection
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("deals.objection_logged.1", "deals.objection_restored.1")
def take_objection_away(actor: Actor, entry: Entry) -> None:
    objecting.delete_objection(actor, objection_id=_id(entry), cause=entry)


@reverses("deals.objection_deleted.1")
def bring_objection_back(actor: Actor, entry: Entry) -> None:
    objecting.restore_objection(actor, objection_id=_id(entry), cause=entry)


@reverses("deals.objection_edited.1")
def put_objection_back(actor: Actor, entry: Entry) -> None:
    """Only while each value is still the one that was written then."""
    objection = Objection.fetch(actor, _id(entry))
    values: dict[str, Any] = {}
    for name, (before, after) in entry.facts["changes"].items():
        if as_plain(getattr(objection, name)) != after:
            raise Conflict(_("This has been changed again since, so it can no longer be taken back."), field=name)
        values[name] = _read(name, before)
    objecting.edit_objection(actor, objection_id=objection.pk, values=values, cause=entry)


@reverses("deals.objection_answered.1")
def take_reply_away(actor: Actor, entry: Entry) -> None:
    objecting.remove_reply(actor, objection_id=_id(entry), reply_id=UUID(entry.facts["reply_id"]), cause=entry)


@reverses("deals.objection_judged.1")
def judge_as_before(actor: Actor, entry: Entry) -> None:
    objecting.judge_reply(actor, objection_id=_id(entry), accepted=entry.facts["before"], cause=entry)


@reverses("deals.objection_reopened.1")
def settle_again(actor: Actor, entry: Entry) -> None:
    settled_at = datetime.fromisoformat(entry.facts["settled_before"])
    objecting.settle_again(actor, objection_id=_id(entry), settled_at=settled_at, cause=entry)


@reverses("deals.answer_written.1")
def go_back_to_version(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    answers.go_back_to_version(
        actor, answer_id=UUID(facts["answer_id"]), number=facts["before"], from_number=facts["number"], cause=entry
    )


@reverses("deals.answer_retired.1", "deals.answer_in_use.1")
def put_answer_back(actor: Actor, entry: Entry) -> None:
    retired = entry.kind == "deals.answer_in_use.1"
    answers.retire_answer(actor, answer_id=UUID(entry.facts["answer_id"]), retired=retired, cause=entry)


@reverses("deals.starter_answers_removed.1")
def load_starters_again(actor: Actor, entry: Entry) -> None:
    answers.load_starters(actor)


@reverses("deals.starter_answers_loaded.1")
def remove_starters_again(actor: Actor, entry: Entry) -> None:
    answers.remove_starters(actor)


def _id(entry: Entry) -> UUID:
    return UUID(entry.facts["objection_id"])


def _read(name: str, plain: Any) -> Any:
    if plain and name == "raised_at":
        return datetime.fromisoformat(plain)
    return UUID(plain) if plain and name == "person_id" else plain
