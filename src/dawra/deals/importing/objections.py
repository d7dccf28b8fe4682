"""Objections of a file: what buyers said, when, what was answered, and whether they accepted it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers.importing.activities import Ref
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Parsed, Reject, Work
from dawra.customers.importing.unmaking import bin_added, returned
from dawra.deals import tallying
from dawra.deals.actions.objecting import MOST_OBJECTIONS, name_of
from dawra.deals.importing.within_deals import Fact, Keeper, Told
from dawra.deals.models import Answer, AnswerVersion, Deal, Objection, Reply
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import objections as says
from dawra.journal.models import Entry

COLUMNS = ("category", "label", "words", "person_id", "raised_at", "settled_at")


class ObjectionTarget:
    code, permission = "objection", "deals.work"

    def open(self, work: Work) -> "ObjectionKeeper":
        return ObjectionKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
        return take_objections_back(actor, rows, cause, edited=edited)


class ObjectionKeeper(Keeper):
    """What was answered goes to the library's answer of that name, else it stands in its words."""

    model, kind, edited, most = Objection, "objection", COLUMNS, MOST_OBJECTIONS

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._library: dict[str, Answer] = {}
        versions = AnswerVersion.objects.select_related("answer").order_by("-number", "-id")
        for version in versions:
            for name in {fold(version.name), fold(version.name_ar)} - {""}:
                self._library.setdefault(name, version.answer)
        self._replies: list[Reply] = []

    def told(self, row: Parsed, deal: Deal | None) -> Told:
        said = row.values
        if "at" not in said:
            row.said.append(Said("no_time"))
        at = min(self.moment(said["at"]) if "at" in said else self.work.begun_at, self.actor.now)
        category, label = said["category"], said.get("label", "")
        if category == "own" and not label:
            raise Reject("missing", "label")
        accepted = said.get("accepted")
        answered_at = self.moment(said["answered_at"]) if "answered_at" in said else at
        answered_at = min(max(answered_at, at), self.actor.now)
        columns = {
            "category": category, "label": label if category == "own" else "", "words": said.get("words", ""),
            "person_id": self.person(row, deal, "person", said["person"]) if "person" in said else None,
            "raised_at": at, "settled_at": answered_at if accepted else None,
        }  # fmt: skip
        return Told(at, columns, {"answer": said.get("answer", ""), "accepted": accepted, "answered_at": answered_at})

    def make(self, deal: Deal, told: Told) -> Objection:
        row = Objection.signed_by(self.actor, deal=deal, owner_id=deal.owner_id, **told.columns)
        row.id, row.created_at = new_id(), told.at
        fact = says.ObjectionLogged(deal.pk, deal.name, row.pk, name_of(row), row.person_id, words=row.words)
        self.facts.append((fact, [deal], told.at))
        if told.more["answer"]:
            self._answered(deal, row, told)
        return row

    def change(self, record: Objection, changes: Mapping[str, list[Any]]) -> None:
        deal = record.deal
        fact = says.ObjectionEdited(deal.pk, deal.name, record.pk, as_plain(changes), record.person_id)
        self.facts.append((fact, [deal], self.actor.now))

    def finish(self, made: Sequence[Objection], deals: Sequence[Deal]) -> None:
        Reply.objects.bulk_create(self._replies, batch_size=100)
        tallying.recount({reply.answer_id for reply in self._replies if reply.answer_id})
        self._replies = []
        count_open([deal.pk for deal in deals])

    def _answered(self, deal: Deal, row: Objection, told: Told) -> None:
        words, accepted, at = told.more["answer"], told.more["accepted"], told.more["answered_at"]
        answer = self._library.get(fold(words))
        reply = Reply(
            id=new_id(), objection=row, answer=answer, number=answer.number if answer else None,
            words="" if answer else words, given_at=at, given_by_id=self.actor.member_id, accepted=accepted,
        )  # fmt: skip
        self._replies.append(reply)
        fact = says.ObjectionAnswered(
            deal.pk, deal.name, row.pk, name_of(row), reply.pk, answer.pk if answer else None, reply.number, accepted,
            row.person_id, words=reply.words,
        )  # fmt: skip
        self.facts.append((fact, [deal], at))


def count_open(deal_ids: Iterable[UUID]) -> None:
    """How many are open stands at each deal; its version stays. 1 query, and 1 for each that differs."""
    open_ones = Count("objections", filter=Q(objections__settled_at__isnull=True, objections__deleted_at__isnull=True))
    rows = Deal._base_manager.filter(pk__in=list(deal_ids)).annotate(n=open_ones)
    for deal_id, stands, n in rows.values_list("pk", "open_objections", "n"):
        if stands != n:
            Deal._base_manager.filter(pk=deal_id).update(open_objections=n)


def take_objections_back(actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
    """Objections go to the bin, changed ones return; deals and the library count anew."""
    gone: list[Objection] = []
    facts: list[Fact] = []

    def told(goes: Sequence[Objection]) -> list[Fact]:
        gone.extend(goes)
        names = dict(Deal._base_manager.filter(pk__in={one.deal_id for one in goes}).values_list("pk", "name"))
        deleted = [says.ObjectionDeleted(one.deal_id, names[one.deal_id], one.pk, name_of(one)) for one in goes]
        return [(fact, [Ref("deal", one.deal_id)], actor.now) for fact, one in zip(deleted, goes, strict=True)]

    def write(row: Objection, back: dict[str, list[Any]]) -> None:
        row.change(actor, {name: before for name, (_now, before) in back.items()})
        gone.append(row)
        fact = says.ObjectionEdited(row.deal_id, row.deal.name, row.pk, as_plain(back), row.person_id)
        facts.append((fact, [row.deal], actor.now))

    codes = bin_added(actor, Objection, rows, cause, edited=edited, told=told)
    went_back = returned(actor, Objection, rows, write)
    journal.write_many(actor, facts, cause=cause)
    count_open({one.deal_id for one in gone})
    used = Reply.objects.filter(objection__in=[one.pk for one in gone], answer__isnull=False)
    tallying.recount(used.values_list("answer_id", flat=True).distinct())
    return [went_back.get(row.pk, code) for row, code in zip(rows, codes, strict=True)]
