"""What keeping rows of people and of companies have in common: one decision a row, written or only judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from dawra.customers import rules
from dawra.customers.importing import matching, standing, suggesting
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.plan import FILL, OVERWRITE
from dawra.customers.importing.saying import Said
from dawra.customers.importing.standing import Held, Standing
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
from dawra.customers.importing.writing import Gathered
from dawra.customers.privacy import ledger, returning
from dawra.figures.words import fold
from dawra.journal.catalogue import as_plain
from dawra.team.queries.people import habits

MIDDAY = time(12)


@dataclass(slots=True)
class Decision:
    """What one row comes to. changes: field → [before, after], for people to read; made: for taking it back."""

    outcome: str
    record_id: UUID | None = None
    standing: Standing | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


class RecordKeeper:
    """Rows of one file that become records of one kind. A row is decided once, whether it is kept or only judged."""

    model: ClassVar[type[Any]]
    columns: ClassVar[tuple[str, ...]]
    point_fields: ClassVar[tuple[str, ...]]
    unique_field: ClassVar[str]

    def __init__(self, work: Work) -> None:
        self._work, self._actor, self._policy = work, work.actor, work.policy
        self._kind: str = self.model.kind
        self._owners = matching.Owners(work.actor)
        self._ids = Identities(work, self._kind)
        self._zone = ZoneInfo(habits().time_zone)
        self._suggested: dict[str, UUID | None] = {}
        self._tag_ids: dict[str, int] = {}
        self._erased = bool(ledger.addresses())

    # The two doors

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        outcomes = [Outcome(d.outcome, self._kind, d.record_id, d.made) for d in self._decide(rows)]
        self._settle()
        self._gathered.write(self._tag_ids)
        self._save_ids()
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        judged = [self._as_judged(decision) for decision in self._decide(rows)]
        self._settle()
        self._save_ids()
        self._remember()
        return judged

    def _decide(self, rows: Sequence[Parsed]) -> list[Decision]:
        self._gathered = Gathered(self._actor, self._kind)
        self._begin(rows)
        decisions = []
        for row in rows:
            try:
                decisions.append(self._one(row))
            except Reject as reject:
                row.said.append(reject.said)
                decisions.append(Decision(REJECTED))
        self._afterwards(rows, decisions)
        return decisions

    def _as_judged(self, decision: Decision) -> Judged:
        known = decision.standing
        if known is None:
            return Judged(decision.outcome, self._kind if decision.record_id else "", decision.record_id)
        record_id = None if decision.outcome == CREATED or known.is_new else known.record.id
        return Judged(decision.outcome, self._kind, record_id, known.record.name, decision.changes)

    # What a batch needs to know

    def _begin(self, rows: Sequence[Parsed]) -> None:
        self._keyed: dict[int, list[str]] = {}
        self._ids.ask(self._keys(rows))
        news = [row for row in rows if not self._ids.is_same(row.key, row.digest)]
        fresh = [row for row in news if self._ids.get(row.key) is None]
        self._holders = self._held({key for row in news for key in self._unique_keys(row)})
        matched = self._meanings(fresh)
        wanted = {known.record_id for row in news if (known := self._ids.get(row.key))}
        self._standing = self._load(wanted | set(self._holders.values()) | matched, rows)
        self._namesakes = {} if self._work.memory else self._alike(fresh)

    def _keys(self, rows: Sequence[Parsed]) -> Iterable[str]:
        return [row.key for row in rows]

    def _held(self, keys: set[str]) -> dict[str, UUID]:
        """Who has these unique addresses. 1 query."""
        found = matching.holders(keys, self._kind)
        if self._work.memory and keys:
            kept = self._work.memory.get(f"point:{self._kind}", keys)
            found |= {key: UUID(record_id) for key, record_id in kept.items()}
        return found

    def _load(self, ids: set[UUID], rows: Sequence[Parsed]) -> dict[UUID, Standing]:
        found = standing.load(self._actor, self.model, ids, with_tags=any("tags" in row.values for row in rows))
        if self._work.memory and ids:
            kept = self._work.memory.get(f"record:{self._kind}", [one.hex for one in ids])
            found |= {UUID(key): standing.of_plain(self.model, UUID(key), value) for key, value in kept.items()}
        return found

    def _alike(self, fresh: Sequence[Parsed]) -> dict[str, UUID | None]:
        """folded name → the one record that is called so, None for several; those not asked before. 1 query."""
        names = {self._name_of(row) for row in fresh} - self._suggested.keys() - {""}
        if len(self._suggested) > 100_000:
            self._suggested.clear()
        self._suggested |= matching.only_namesakes(self._actor, self.model, names)
        return self._suggested

    # One row

    def _one(self, row: Parsed) -> Decision:
        self._must_be_named(row)
        self._must_not_be_erased(row)
        known = self._ids.get(row.key)
        if known is not None:
            if self._ids.is_same(row.key, row.digest):
                return Decision(UNCHANGED, known.record_id)
            found = self._standing.get(known.record_id)
            if found is None:
                return self._out_of_sight(row, known.record_id)
            is_name, edited = known.digest == "", found.version > known.version
            if edited and not is_name:
                row.said.append(Said("edited_since"))
            return self._change(row, found, fill=edited or self._ids.is_again(row.key), is_name=is_name)
        meant = self._meant(row)
        return self._change(row, meant, fill=True) if meant else self._create(row)

    def _must_not_be_erased(self, row: Parsed) -> None:
        for name in self.point_fields if self._erased and self._kind == "person" else ():
            value = row.values.get(name)
            points = value if isinstance(value, list) else [value] if value is not None else []
            if found := returning.erased_among(points):
                raise Reject("erased_before", name, value=found[0].normal)

    def _out_of_sight(self, row: Parsed, record_id: UUID) -> Decision:
        if not self.model.objects.in_bin_of(self._actor).filter(pk=record_id).exists():
            raise Reject("in_use", value=row.key.rpartition(":")[2])
        row.said.append(Said("in_bin"))
        return Decision(UNCHANGED, record_id)

    def _meant(self, row: Parsed) -> Standing | None:
        """The record that has the row's unique address. Raises Reject if it may not be seen."""
        for key in self._unique_keys(row):
            if key in self._holders:
                address = key.rsplit(":", 1)[1]
                found = self._standing.get(self._holders[key])
                if found is None:
                    raise Reject("in_use", self.unique_field, value=address)
                row.said.append(Said("same_address", self.unique_field, {"value": address}))
                return found
        return None

    def _create(self, row: Parsed) -> Decision:
        if not self._policy.create:
            raise Reject("no_match")
        columns = self._values(row)
        at = self._created_at(row)
        record = self._new(columns, row.values.get("lifecycle", "lead"), at)
        record.custom = dict(row.values.get("custom", {}))
        made = Standing(record, is_new=True, touched=True)
        self._standing[record.id] = made
        made.add_points(self._points(row, record.id), "usual")
        self._ids.keep(row.key, record.id, row.digest, record.version)
        done = Decision(CREATED, record.id, made)
        self._link(row, made, done)
        self._tag(row, made, done)
        self._gathered.added(made, at)
        self._suggest(record)
        if self._work.memory:
            done.changes |= {name: [None, value] for name, value in columns.items() if value not in ("", None)}
            done.changes |= {f"custom.{key}": [None, rules.plain(value)] for key, value in record.custom.items()}
            self._show_points(made.points, done)
        return done

    def _change(self, row: Parsed, known: Standing, *, fill: bool, is_name: bool = False) -> Decision:
        """is_name: the record was only named so far; this row is its own, so it counts as created."""
        record = known.record
        if not self._policy.update and not is_name:
            row.said.append(Said("left_as_is"))
            self._ids.keep(row.key, record.id, row.digest, known.version)
            return Decision(UNCHANGED, record.id, known)
        found = matching.change(record, self._values(row), row.values.get("custom", {}), self._mode(fill))
        done = Decision(UPDATED, record.id, known, dict(found.facts))
        for name, value in found.columns.items():
            setattr(record, name, value)
        if {"name", "name_ar"} & found.columns.keys():
            record.folded = found.columns["folded"] = folded(record.name, record.name_ar)
        if not known.is_new:
            known.changed |= found.columns
        points = []
        for name in self.point_fields:
            points += known.add_points(self._points(row, record.id, name), self._policy.of(name))
        self._link(row, known, done)
        self._tag(row, known, done)
        if found.facts and not known.is_new and not is_name:
            self._gathered.edited(record, found.facts)
        self._show_points(points, done)
        if not known.is_new:
            done.made |= {"fields": as_plain(found.facts)} if found.facts else {}
            done.made |= {"points": [[one.id.hex, one.normal] for one in points]} if points else {}
        did = bool(found.facts or points or {"company", "tags"} & done.changes.keys())
        done.outcome = CREATED if is_name else UPDATED if did else UNCHANGED
        known.touched = known.touched or did
        self._ids.keep(row.key, record.id, row.digest, known.version)
        return done

    def _mode(self, fill: bool) -> matching.Mode:
        def mode(name: str) -> str:
            asked = self._policy.of(_ASKED_AS.get(name, name))
            return (FILL if fill else OVERWRITE) if asked == "usual" else asked

        return mode

    def _values(self, row: Parsed) -> dict[str, Any]:
        columns = {name: row.values[name] for name in self.columns if name in row.values}
        self._name(columns, row)
        if "owner" in row.values:
            owner = self._owners.of(row.values["owner"], lambda code, **f: row.said.append(Said(code, "owner", f)))
            if owner is not None:
                columns["owner_id"] = owner
        return columns

    def _created_at(self, row: Parsed) -> datetime:
        """When the other system had it made, if it says so: a history that begins today would be none."""
        at = row.values.get("created_at")
        if at is None:
            return self._actor.now
        if not isinstance(at, datetime):
            at = datetime.combine(at, MIDDAY) if isinstance(at, date) else self._actor.now
        if at.tzinfo is None:
            at = at.replace(tzinfo=self._zone)
        return min(at, self._actor.now)

    def _points(self, row: Parsed, record_id: UUID, only: str = "") -> list[rules.Point]:
        """The row's addresses, without those that belong to somebody else."""
        points: list[rules.Point] = []
        for name in (only,) if only else self.point_fields:
            value = row.values.get(name)
            if value is None:
                continue
            for point in value if isinstance(value, list) else [value]:
                key = rules.unique_key(point.kind, self._kind, point.normal)
                if key is None or self._holders.setdefault(key, record_id) == record_id:
                    points.append(point)
                else:
                    row.said.append(Said("elsewhere", name, {"value": point.normal}))
        return points

    def _unique_keys(self, row: Parsed) -> list[str]:
        """Put together once a row: four questions need them."""
        found = self._keyed.get(row.number)
        if found is None:
            found = self._keyed[row.number] = self._keys_in(row)
        return found

    def _keys_in(self, row: Parsed) -> list[str]:
        value = row.values.get(self.unique_field)
        if value is None:
            return []
        points = value if isinstance(value, list) else [value]
        keys = (rules.unique_key(point.kind, self._kind, point.normal) for point in points)
        return [key for key in keys if key]

    def _tag(self, row: Parsed, known: Standing, done: Decision) -> None:
        words = row.values.get("tags")
        if not words or (not known.is_new and self._policy.of("tags") == "skip"):
            return
        fresh = {short: word for word in words if (short := fold(word)[:60]) and short not in known.tags}
        if fresh:
            known.tags |= fresh.keys()
            self._gathered.tags += [(known.record.id, short, word) for short, word in fresh.items()]
            done.changes["tags"] = [None, ", ".join(fresh.values())]
            if not known.is_new:
                done.made["tags"] = sorted(fresh)

    def _show_points(self, points: Sequence[Held], done: Decision) -> None:
        for point in points:
            shown = done.changes.setdefault(point.kind, [None, ""])
            shown[1] = f"{shown[1]}; {point.value}" if shown[1] else point.value

    def _suggest(self, record: Any) -> None:
        """A name alone never merges; whether they are one is for a person to say."""
        if self._work.memory:
            return
        if record.folded not in self._namesakes:
            self._namesakes[record.folded] = record.id
        elif other := self._namesakes[record.folded]:
            self._gathered.alike.append((record.id, other))
            self._namesakes[record.folded] = None

    # At the end of a batch

    def _settle(self) -> None:
        self._gathered.standing = [one for one in self._standing.values() if one.touched]
        self._ids.settle({one.record.id: one.version for one in self._gathered.standing})

    def _save_ids(self) -> None:
        self._ids.save()
        if self._gathered.alike:
            suggesting.suggest(self._kind, self._gathered.alike, self._actor.now)

    def _remember(self) -> None:
        memory = self._work.memory
        if memory is None:
            return
        kept = self._gathered.standing
        memory.put(f"record:{self._kind}", {one.record.id.hex: standing.plain(one, self.columns) for one in kept})
        keys = {
            key: one.record.id
            for one in kept
            for point in one.points
            if (key := rules.unique_key(point.kind, self._kind, point.normal))
        }
        memory.put(f"point:{self._kind}", keys)

    # What each kind says for itself

    def _must_be_named(self, row: Parsed) -> None:
        raise NotImplementedError

    def _name(self, columns: dict[str, Any], row: Parsed) -> None:
        raise NotImplementedError

    def _new(self, columns: Mapping[str, Any], lifecycle: str, at: datetime) -> Any:
        signed = {
            "created_at": at, "created_by_id": self._actor.member_id, "updated_at": self._actor.now,
            "updated_by_id": self._actor.member_id, "lifecycle": lifecycle, "lifecycle_since": at,
            "folded": folded(columns["name"], columns.get("name_ar", "")),
        }  # fmt: skip
        return standing.born(self.model, {**signed, **columns})

    def _name_of(self, row: Parsed) -> str:
        return self._folded(row.values)

    def _folded(self, values: Mapping[str, Any]) -> str:
        return folded(values.get("name", ""), values.get("name_ar", ""))

    def _meanings(self, fresh: Sequence[Parsed]) -> set[UUID]:
        """Records that rows may mean by more than their unique address."""
        return set()

    def _link(self, row: Parsed, known: Standing, done: Decision) -> None:
        """Join the record with others the row names."""

    def _afterwards(self, rows: Sequence[Parsed], decisions: Sequence[Decision]) -> None:
        """Once every row of the batch has its record."""


# Two columns of ours that one column of a file fills.
_ASKED_AS = {"owner_id": "owner", "revenue_currency": "revenue_minor"}


def folded(name: str, name_ar: str) -> str:
    return fold(f"{name} {name_ar}")[:420]
