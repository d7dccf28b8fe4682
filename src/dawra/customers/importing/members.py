"""Rows that become members and teams: this room keeps their foreign ids, team makes them."""

from collections.abc import Sequence

from dawra.access.actor import Actor
from dawra.customers.importing import owners
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import (
    CREATED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Judged,
    Outcome,
    Parsed,
    Reject,
    Work,
)
from dawra.customers.importing.users import take_members_back
from dawra.customers.models import ImportRow
from dawra.figures.words import fold
from dawra.journal.models import Entry
from dawra.team import importing as team


class MemberTarget:
    code, permission = "member", "team.manage"

    def open(self, work: Work) -> "MemberKeeper":
        return MemberKeeper(work)

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        return take_members_back(actor, rows)


class MemberKeeper:
    """Agents, each with a manager and an office. Their e-mails are unknown: nobody can sign in as them."""

    def __init__(self, work: Work) -> None:
        self._actor = work.actor
        self._members = Identities(work, "member")
        self._teams = Identities(work, "team")

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        people = {row.values[name] for row in rows for name in ("name", "manager") if name in row.values}
        self._members.ask(fold(name) for name in people)
        self._teams.ask(key for row in rows for key in team_keys(row))
        outcomes = []
        for row in rows:
            try:
                outcomes.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                outcomes.append(Outcome(REJECTED))
        self._members.save()
        self._teams.save()
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        self._members.ask({key for row in rows for key in (row.key, fold(row.values["name"]))})
        judged = []
        for row in rows:
            known, name = self._members.get(row.key), row.values["name"]
            if known is not None and known.digest == row.digest:
                judged.append(Judged(UNCHANGED, "member", known.record_id, name))
            elif known is not None:
                judged.append(Judged(UPDATED, "member", known.record_id, name))
            else:
                member_id = team.member_of(name=name)
                judged.append(Judged(UNCHANGED if member_id else CREATED, "member", member_id, name))
        return judged

    def _one(self, row: Parsed) -> Outcome:
        known = self._members.get(row.key)
        if known is not None and known.digest == row.digest:
            return Outcome(UNCHANGED, "member", known.record_id)
        office, manager = row.values.get("office", ""), row.values.get("manager", "")
        team_id = None
        parent_id = None
        for key, name in zip(team_keys(row), (office, f"{office} · {manager}".strip(" ·")), strict=False):
            found = self._teams.get(key)
            if found is None:
                made = team.bring_team(self._actor, name=name, parent_id=parent_id)
                self._teams.keep(key, made.id, "team", 1)
                parent_id = made.id
            else:
                parent_id = found.record_id
            team_id = parent_id
        if manager and self._members.get(fold(manager)) is None:
            boss = team.bring_member(self._actor, name=manager, role="manager", team_id=team_id)
            self._members.keep(fold(manager), boss.id, "manager", 1)
        if known is not None:
            team.move_member(self._actor, member_id=known.record_id, team_id=team_id)
            self._members.keep(row.key, known.record_id, row.digest, 1)
            return Outcome(UPDATED, "member", known.record_id)
        brought = team.bring_member(self._actor, name=row.values["name"], role="rep", team_id=team_id)
        if brought.is_new:
            row.said.append(Said("member_made"))
        else:
            row.said.append(Said("member_known", "", {"value": row.values["name"]}))
        self._members.keep(row.key, brought.id, row.digest, 1)
        owners.came(self._actor, brought.id, [row.values["name"]])
        return Outcome(CREATED if brought.is_new else UNCHANGED, "member", brought.id)


def team_keys(row: Parsed) -> list[str]:
    """The office, and within it the manager's own team: so that managers see their own people only."""
    office, manager = fold(row.values.get("office", "")), fold(row.values.get("manager", ""))
    return [key for key in (office, f"{office}/{manager}" if manager else "") if key]
