"""What is found out about a deal, criterion by criterion."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.customers.queries import activities, files
from dawra.deals import keeping, qualified
from dawra.deals.actions.moving import must_be_open
from dawra.deals.models import Deal, DealPerson, Finding, Framework
from dawra.figures.qualification import CERTAINTY, OPEN, PROVEN, UNKNOWN, VERDICTS
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import qualification as told
from dawra.journal.models import Entry

LONGEST_WORDS = 2000
LONGEST_LINK = 500


@dataclass(frozen=True, slots=True)
class FindingSaid:
    """verdict: for, against, open. confidence: unknown, guess, told (by the buyer), proven. answer: in words.

    evidence, link (a web address), activity_id, file_id: what it rests on. person_id: who of the deal's people said it
    """

    verdict: str = OPEN
    confidence: str = UNKNOWN
    answer: str = ""
    evidence: str = ""
    link: str = ""
    activity_id: UUID | None = None
    file_id: UUID | None = None
    person_id: UUID | None = None


COLUMNS = tuple(FindingSaid.__dataclass_fields__)
STAMPS = ("number", "noted_at", "noted_by_id")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an action left behind: the finding, the deal's score, and the entry that can be undone."""

    finding: Finding
    score: int | None
    entry: Entry


@transaction.atomic
def note_finding(
    actor: Actor, *, deal_id: UUID, code: str, said: FindingSaid, version: int | None = None, cause: Entry | None = None
) -> Kept | None:
    """Say what is known of one criterion of an open deal, and how sure that is. None if it stands so already.

    version: of the finding as last seen, 0 for none; what was known before stays in the journal
    Writes:  deals.finding_noted.1
    Raises:  Refused, NotFound, DealClosed, Conflict (no framework), Invalid, Stale
    """
    actor.must("deals.work")
    deal, framework, criterion = _asked(actor, deal_id, code)
    row = Finding.objects.filter(deal=deal, framework=framework, code=code).first()
    if version is not None and version != (row.version if row else 0):
        raise _stale(row, said)
    wanted = _checked(actor, deal, said)
    stands = {name: getattr(row, name) for name in COLUMNS} if row else asdict(FindingSaid())
    changed = {name: value for name, value in wanted.items() if value != stands[name]}
    if not changed:
        return None
    values = {**wanted, "number": framework.number, "noted_at": actor.now, "noted_by_id": actor.member_id}
    is_first = row is None
    if row is None:
        try:
            with transaction.atomic():
                row = Finding.objects.create(deal=deal, framework=framework, code=code, **values)
        except IntegrityError:
            raise _stale(Finding.objects.filter(deal=deal, framework=framework, code=code).first(), said) from None
    else:
        rows = Finding.objects.filter(pk=row.pk, version=row.version)
        if not rows.update(**values, version=row.version + 1):
            raise _stale(Finding.objects.filter(pk=row.pk).first(), said)
        row.refresh_from_db()
    score = qualified.recount(deal)
    changes = {name: [as_plain(stands[name]), as_plain(value)] for name, value in changed.items()}
    fact = told.FindingNoted(
        deal.pk, deal.name, framework.pk, row.pk, code, _name(criterion), row.verdict, row.confidence, row.number,
        is_first, score, changes, row.person_id or stands["person_id"],
    )  # fmt: skip
    return Kept(row, score, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def remove_finding(
    actor: Actor, *, finding_id: UUID, version: int | None = None, cause: Entry | None = None
) -> Kept:  # fmt: skip
    """What was noted of a criterion is taken away altogether, as if nobody had asked.

    Writes:  deals.finding_removed.1
    Raises:  Refused, NotFound, DealClosed, Stale
    """
    actor.must("deals.work")
    row = Finding.objects.select_related("framework").filter(pk=finding_id).first()
    if row is None:
        raise NotFound()
    deal = _open_deal(actor, row.deal_id)
    seen = row.version if version is None else version
    if not Finding.objects.filter(pk=row.pk, version=seen).delete()[0]:
        raise _stale(row, FindingSaid())
    score = qualified.recount(deal)
    stood = {name: as_plain(getattr(row, name)) for name in (*COLUMNS, *STAMPS)}
    fact = told.FindingRemoved(
        deal.pk, deal.name, row.framework_id, finding_id, row.code, _name(_criterion(row.framework, row.code)), score,
        stood, row.person_id,
    )  # fmt: skip
    return Kept(row, score, journal.write(actor, fact, about=[deal], cause=cause))


@transaction.atomic
def restore_finding(actor: Actor, *, entry: Entry) -> Kept:
    """Part of taking back: what was removed is known again, as of when it was noted.

    Writes:  deals.finding_noted.1
    Raises:  Refused, NotFound, DealClosed, Conflict (noted anew since, or erased)
    """
    actor.must("deals.work")
    facts = entry.facts
    deal = _open_deal(actor, UUID(facts["deal_id"]))
    framework = Framework.objects.filter(pk=UUID(facts["framework_id"])).first()
    if framework is None:
        raise NotFound()
    if not facts["stood"]:
        raise Conflict(_("What was written then has been erased."))
    stood = dict(facts["stood"])
    stood["noted_at"] = datetime.fromisoformat(stood["noted_at"])
    row = Finding(pk=UUID(facts["finding_id"]), deal=deal, framework=framework, code=facts["code"], **stood)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back.")) from None
    score = qualified.recount(deal)
    nothing = asdict(FindingSaid())
    changes = {n: [as_plain(nothing[n]), stood[n]] for n in COLUMNS if stood[n] != as_plain(nothing[n])}
    fact = told.FindingNoted(
        deal.pk, deal.name, framework.pk, row.pk, row.code, _name(_criterion(framework, row.code)), row.verdict,
        row.confidence, row.number, True, score, changes, row.person_id,
    )  # fmt: skip
    return Kept(row, score, journal.write(actor, fact, about=[deal], cause=entry))


# What the acts have in common


def _open_deal(actor: Actor, deal_id: UUID) -> Deal:
    deal = keeping.fetch(actor, deal_id)
    must_be_open(deal)
    return deal


def _asked(actor: Actor, deal_id: UUID, code: str) -> tuple[Deal, Framework, dict[str, Any]]:
    deal = _open_deal(actor, deal_id)
    framework = qualified.framework_of(deal)
    if framework is None:
        raise Conflict(_("The deals of this pipeline are not qualified by a framework."))
    if code not in {one["code"] for one in framework.criteria}:
        raise NotFound()
    return deal, framework, _criterion(framework, code)


def _checked(actor: Actor, deal: Deal, said: FindingSaid) -> dict[str, Any]:
    values = asdict(said)
    if said.verdict not in VERDICTS:
        raise Invalid(_("It speaks for the deal, against it, or is open."), field="verdict")
    if said.confidence not in CERTAINTY:
        raise Invalid(_("Say how sure it is: a guess, said by the buyer, or proven."), field="confidence")
    for name in ("answer", "evidence", "link"):
        values[name] = values[name].strip()
    if len(values["link"]) > LONGEST_LINK or any(len(values[name]) > LONGEST_WORDS for name in ("answer", "evidence")):
        raise Invalid(_("This is too long."), field="link" if len(values["link"]) > LONGEST_LINK else "answer")
    if said.verdict == OPEN:
        values["confidence"] = UNKNOWN
    elif said.confidence == UNKNOWN:
        raise Invalid(_("Say how sure it is: a guess, said by the buyer, or proven."), field="confidence")
    if values["link"] and not values["link"].startswith(("https://", "http://")):
        raise Invalid(_("A web address begins with https:// or http://."), field="link")
    rests_on = values["evidence"] or values["link"] or said.activity_id or said.file_id
    if said.verdict != OPEN and said.confidence == PROVEN and not rests_on:
        raise Invalid(_("What is proven rests on something: say what, or link it."), field="evidence")
    _must_be_of(actor, deal, said)
    return values


def _must_be_of(actor: Actor, deal: Deal, said: FindingSaid) -> None:
    """What it rests on belongs to the deal. Raises Invalid."""
    try:
        if said.activity_id:
            activities.activity(actor, said.activity_id)
            if deal.pk not in {one.pk for one in activities.records_of(said.activity_id)}:
                raise NotFound()
        if said.file_id and files.file(actor, said.file_id)[1].pk != deal.pk:
            raise NotFound()
    except NotFound:
        raise Invalid(_("Choose an activity or a file of this deal."), field="proof") from None
    if said.person_id and not DealPerson.objects.filter(deal=deal, person_id=said.person_id).exists():
        raise Invalid(_("Choose somebody who takes part in the deal."), field="person")


def _stale(row: Finding | None, said: FindingSaid) -> Stale:
    """What is there now beside what was wanted, where they differ."""
    yours = asdict(said)
    theirs = {name: getattr(row, name) for name in COLUMNS} if row else asdict(FindingSaid())
    apart = [name for name in ("verdict", "confidence", "answer", "evidence", "link") if theirs[name] != yours[name]]
    return Stale(
        record="finding",
        id=row.pk if row else None,
        version=row.version if row else 0,
        theirs={name: theirs[name] for name in apart},
        yours={name: yours[name] for name in apart},
    )


def _criterion(framework: Framework, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next((one for one in framework.criteria if one["code"] == code), {"code": code})
    return found


def _name(criterion: dict[str, Any]) -> str:
    return str(criterion.get("name") or criterion.get("name_ar") or criterion["code"])
