"""Users of another CRM: members who cannot sign in until they are invited. Owners in its other files mean them."""

from collections.abc import Sequence

from dawra.access.actor import Actor
from dawra.customers.importing import owners
from dawra.customers.importing.pending import References, arrive
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    BINNED,
    CREATED,
    KEPT,
    REJECTED,
    UNCHANGED,
    USED,
    Judged,
    Outcome,
    Parsed,
    Work,
)
from dawra.customers.importing.unmaking import forget
from dawra.customers.models import ImportRow
from dawra.figures.words import fold
from dawra.journal.models import Entry
from dawra.team import importing as team


class UserTarget:
    code, permission = "user", "team.manage"

    def open(self, work: Work) -> "UserKeeper":
        return UserKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return take_members_back(actor, rows)


class UserKeeper:
    """A member with the same e-mail is taken, else the only one of that name; else one is made."""

    def __init__(self, work: Work) -> None:
        self._work, self._known = work, References(work)

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        self._ask(rows)
        outcomes = [self._one(row) for row in rows]
        self._known.save()
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._ask(rows)
        return [self._judge(row) for row in rows]

    def _ask(self, rows: Sequence[Parsed]) -> None:
        self._known.ask({"member": [key for row in rows for key in (row.key, fold(name_of(row)), *_mails(row))]})

    def _judge(self, row: Parsed) -> Judged:
        name = name_of(row)
        if not name:
            row.said.append(Said("no_name"))
            return Judged(REJECTED, "member")
        known = self._known.of("member", row.key)
        member_id = known or team.member_of(name=name, email=_mail(row))
        return Judged(UNCHANGED if member_id else CREATED, "member", member_id, name)

    def _one(self, row: Parsed) -> Outcome:
        name = name_of(row)
        if not name:
            row.said.append(Said("no_name"))
            return Outcome(REJECTED)
        known = self._known.of("member", row.key)
        if known is not None:
            return Outcome(UNCHANGED, "member", known)
        brought = team.bring_member(self._work.actor, name=name, role="rep", team_id=None, email=_mail(row))
        said = Said("member_made") if brought.is_new else Said("member_known", "", {"value": name})
        row.said.append(said)
        self._known.keep("member", row.key, brought.id, row.digest, 1)
        for key in (fold(name), *_mails(row)):
            if key:
                self._known.keep_name("member", key, brought.id)
        arrive(self._work, "member", {row.key: brought.id})
        owners.came(self._work.actor, brought.id, (name, *_mails(row)))
        return Outcome(CREATED if brought.is_new else UNCHANGED, "member", brought.id)


def take_members_back(actor: Actor, rows: Sequence[ImportRow]) -> list[str]:
    """Members an import made go where nothing is theirs; of others nobody has ever been able to sign in: they stay so.

    Records in the bin count: who brings one back finds its owner. Cost: some 30 queries a member
    """
    codes = {}
    for row in rows:
        if row.outcome == CREATED and row.record_id:
            codes[row.pk] = BINNED if team.take_member_back(actor, member_id=row.record_id) else USED
    forget([row.record_id for row in rows if row.record_id and codes.get(row.pk) == BINNED])
    return [codes.get(row.pk, KEPT) for row in rows]


def name_of(row: Parsed) -> str:
    parts = [row.values.get("given_name", ""), row.values.get("family_name", "")]
    return str(row.values.get("name") or " ".join(filter(None, parts)) or _mail(row).partition("@")[0])[:120]


def _mails(row: Parsed) -> list[str]:
    return [fold(point.normal) for point in row.values.get("email", [])]


def _mail(row: Parsed) -> str:
    return next(iter(_mails(row)), "")
