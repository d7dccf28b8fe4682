"""What buyers object to a deal, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.customers.actions.activities import must_have_happened
from dawra.deals import keeping, rules
from dawra.deals.actions.moving import DealClosed
from dawra.deals.models import Answer, Deal, DealPerson, Objection, Reply
from dawra.deals.models.objection import CATEGORIES
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import objections as told
from dawra.journal.models import Entry

LONGEST_WORDS = 2000
MOST_OBJECTIONS = 100
MOST_REPLIES = 50
EDITABLE = frozenset({"category", "label", "words", "person_id", "raised_at"})


@dataclass(frozen=True, slots=True)
class ObjectionSaid:
    """category: of CATEGORIES; label names an own one. words: the buyer's. person_id: who said it. at: when, None = now"""

    category: str
    words: str = ""
    label: str = ""
    person_id: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReplySaid:
    """answer_id: of the library. words: what was said, or said besides. accepted: None while nobody knows"""

    answer_id: UUID | None = None
    words: str = ""
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What an action left behind: the objection, and the entry that can be undone."""

    objection: Objection
    entry: Entry


@transaction.atomic
def log_objection(actor: Actor, *, deal_id: UUID, said: ObjectionSaid, reply: ReplySaid | None = None) -> Kept:
    """A buyer raised a worry on an open deal; with the answer, if one was given at once.

    Writes:  deals.objection_logged.1, and deals.objection_answered.1 with a reply
    Raises:  Refused, NotFound, DealClosed, Invalid, Conflict (too many)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    if deal.state != rules.OPEN:
        raise DealClosed(deal_id=deal.pk, state=deal.state)
    if Objection._base_manager.filter(deal=deal).count() >= MOST_OBJECTIONS:
        raise Conflict(_("A deal holds at most %(most)s objections."), most=MOST_OBJECTIONS)
    values = _checked(
        deal,
        {
            "category": said.category,
            "label": said.label,
            "words": said.words,
            "person_id": said.person_id,
            "raised_at": said.at or actor.now,
        },
        actor.now,
    )
    objection = Objection.signed_by(actor, deal=deal, owner_id=deal.owner_id, **values)
    objection.save(force_insert=True)
    fact = told.ObjectionLogged(
        deal.pk, deal.name, objection.pk, name_of(objection), objection.person_id, words=objection.words
    )
    entry = journal.write(actor, fact, about=[deal], at=objection.raised_at)
    if reply is not None:
        _reply(actor, deal, objection, reply, cause=entry)
    _recount(deal)
    _find_again(objection)
    return Kept(objection, entry)


@transaction.atomic
def edit_objection(
    actor: Actor,
    *,
    objection_id: UUID,
    values: Mapping[str, Any],
    version: int | None = None,
    cause: Entry | None = None,
) -> Kept | None:
    """Correct what was noted. None if nothing differs.

    values:  of EDITABLE
    Writes:  deals.objection_edited.1
    Raises:  Refused, NotFound, Invalid, Stale
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, version)
    if unknown := set(values) - EDITABLE:
        raise Invalid(_("This cannot be changed."), field=min(unknown))
    stands = {name: getattr(objection, name) for name in EDITABLE}
    wanted = _checked(deal, {**stands, **values}, actor.now)
    changed = {name: value for name, value in wanted.items() if value != stands[name]}
    if not changed:
        return None
    facts = {name: [as_plain(stands[name]), as_plain(value)] for name, value in changed.items()}
    before = objection.words
    objection.change(actor, changed)
    if "words" in changed:
        _find_again(objection, before)
    fact = told.ObjectionEdited(deal.pk, deal.name, objection.pk, facts, objection.person_id)
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def answer_objection(actor: Actor, *, objection_id: UUID, said: ReplySaid, version: int | None = None) -> Kept:
    """Something was answered; an accepted answer settles the objection.

    Writes:  deals.objection_answered.1
    Raises:  Refused, NotFound (objection or answer), Invalid (nothing said), Conflict (settled, too many), Stale
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, version)
    if objection.settled_at is not None:
        raise Conflict(_("This objection is settled. Reopening it comes first."))
    entry = _reply(actor, deal, objection, said, cause=None)
    _recount(deal)
    return Kept(objection, entry)


@transaction.atomic
def judge_reply(
    actor: Actor, *, objection_id: UUID, accepted: bool | None, version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """How the buyer took the latest answer; accepted settles the objection. None if it stands so already.

    Writes:  deals.objection_judged.1
    Raises:  Refused, NotFound, Conflict (nothing was answered yet), Stale
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, version)
    reply = objection.replies.order_by("-given_at", "-id").first()
    if reply is None:
        raise Conflict(_("Nothing has been answered yet."))
    if reply.accepted == accepted and (accepted is True) == (objection.settled_at is not None):
        return None
    before, settled = reply.accepted, objection.settled_at
    reply.accepted = accepted
    reply.save(update_fields=["accepted"])
    objection.change(actor, {"settled_at": actor.now if accepted else None})
    _recount(deal)
    fact = told.ObjectionJudged(
        deal.pk, deal.name, objection.pk, name_of(objection), reply.pk, accepted, before, _iso(settled)
    )
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def reopen_objection(actor: Actor, *, objection_id: UUID, version: int | None = None) -> Kept:
    """It was not settled after all; what was answered stays known.

    Writes:  deals.objection_reopened.1
    Raises:  Refused, NotFound, Conflict (it is open), Stale
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, version)
    if objection.settled_at is None:
        raise Conflict(_("This objection is open."))
    settled = objection.settled_at
    objection.change(actor, {"settled_at": None})
    _recount(deal)
    fact = told.ObjectionReopened(deal.pk, deal.name, objection.pk, name_of(objection), _iso(settled))
    return Kept(objection, journal.write(actor, fact, about=[deal]))


@transaction.atomic
def delete_objection(
    actor: Actor, *, objection_id: UUID, version: int | None = None, cause: Entry | None = None
) -> Kept:
    """It was no objection, or one too many; it can be brought back from the timeline.

    Writes:  deals.objection_deleted.1
    Raises:  Refused, NotFound, Stale
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, version)
    objection.change(actor, {"deleted_at": actor.now})
    _recount(deal)
    fact = told.ObjectionDeleted(deal.pk, deal.name, objection.pk, name_of(objection))
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def restore_objection(actor: Actor, *, objection_id: UUID, cause: Entry | None = None) -> Kept:
    """Bring a removed objection back.

    Writes:  deals.objection_restored.1
    Raises:  Refused, NotFound
    """
    actor.must("deals.work")
    objection = Objection.objects.in_bin_of(actor).filter(pk=objection_id).first()
    if objection is None:
        raise NotFound()
    deal = keeping.fetch(actor, objection.deal_id)
    objection.change(actor, {"deleted_at": None})
    _recount(deal)
    fact = told.ObjectionRestored(deal.pk, deal.name, objection.pk, name_of(objection))
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


# Ways back


@transaction.atomic
def remove_reply(actor: Actor, *, objection_id: UUID, reply_id: UUID, cause: Entry) -> Kept:
    """Part of taking back: what was noted as answered was not; an objection it settled is open again.

    Writes:  deals.objection_reply_removed.1
    Raises:  Refused, NotFound, Conflict (something was answered since)
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, None)
    latest = objection.replies.order_by("-given_at", "-id").first()
    if latest is None or latest.pk != reply_id:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    latest.delete()
    objection.change(actor, {"settled_at": None})
    _recount(deal)
    fact = told.ObjectionReplyRemoved(deal.pk, deal.name, objection.pk, name_of(objection))
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def settle_again(actor: Actor, *, objection_id: UUID, settled_at: datetime, cause: Entry) -> Kept:
    """Part of taking back a reopening.

    Writes:  deals.objection_settled.1
    Raises:  Refused, NotFound, Conflict (settled since)
    """
    actor.must("deals.work")
    objection, deal = _fetch(actor, objection_id, None)
    if objection.settled_at is not None:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    objection.change(actor, {"settled_at": settled_at})
    _recount(deal)
    fact = told.ObjectionSettled(deal.pk, deal.name, objection.pk, name_of(objection))
    return Kept(objection, journal.write(actor, fact, about=[deal], cause=cause))


# What the acts have in common


def name_of(objection: Objection) -> str:
    """What an entry calls it: its category's code, or what the workspace calls an own one."""
    return (objection.category == "own" and objection.label) or objection.category


def _fetch(actor: Actor, objection_id: UUID, version: int | None) -> tuple[Objection, Deal]:
    objection = Objection.fetch(actor, objection_id)
    if version is not None and version != objection.version:
        raise Stale(record=Objection.kind, id=objection.pk, version=objection.version, theirs={}, yours={})
    return objection, keeping.fetch(actor, objection.deal_id)


def _checked(deal: Deal, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if values["category"] not in CATEGORIES:
        raise Invalid(_("Choose what the objection is about."), field="category")
    own = values["category"] == "own"
    label = values["label"].strip()[:60] if own else ""
    if own and not label:
        raise Invalid(_("Say in a word what an objection of your own kind is about."), field="label")
    must_have_happened(values["raised_at"], now)
    person_id = values["person_id"]
    if person_id is not None and not DealPerson.objects.filter(deal=deal, person_id=person_id).exists():
        raise Invalid(_("Choose somebody who takes part in the deal."), field="person")
    return {**values, "label": label, "words": values["words"].strip()[:LONGEST_WORDS]}


def _reply(actor: Actor, deal: Deal, objection: Objection, said: ReplySaid, cause: Entry | None) -> Entry:
    words, answer = said.words.strip()[:LONGEST_WORDS], None
    if said.answer_id is not None:
        answer = Answer.objects.filter(pk=said.answer_id, retired_at__isnull=True).first()
        if answer is None:
            raise NotFound()
    if answer is None and not words:
        raise Invalid(_("Choose an answer from the library, or write what was said."), field="words")
    if objection.replies.count() >= MOST_REPLIES:
        raise Conflict(_("An objection holds at most %(most)s answers."), most=MOST_REPLIES)
    number = answer.number if answer else None
    reply = Reply.objects.create(
        objection=objection,
        answer=answer,
        number=number,
        words=words,
        given_at=actor.now,
        given_by_id=actor.member_id,
        accepted=said.accepted,
    )
    objection.change(actor, {"settled_at": actor.now if said.accepted else None})
    fact = told.ObjectionAnswered(
        deal.pk, deal.name, objection.pk, name_of(objection), reply.pk, said.answer_id, number, said.accepted,
        objection.person_id, words=words,
    )  # fmt: skip
    return journal.write(actor, fact, about=[deal], cause=cause)


def _recount(deal: Deal) -> None:
    """How many are open stands at the deal, for its health. The version stays: nobody who edits it was overtaken."""
    open_ones = Objection._base_manager.filter(deal=deal, settled_at__isnull=True, deleted_at__isnull=True).count()
    Deal._base_manager.filter(pk=deal.pk).update(open_objections=open_ones)
    deal.open_objections = open_ones


def _find_again(objection: Objection, before: str = "") -> None:
    """Found by its words from soon on; the words of before no longer lead to it."""
    if objection.words or before:
        jobs.enqueue("deals.find_objection", objection_id=str(objection.pk), before=before)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
