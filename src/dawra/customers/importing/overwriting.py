"""Overwriting what a record has several of: addresses, its company, tags. What was there goes, the row's stays, and
taking the import back brings it again. Fields of which there is one are overwritten where rows are decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.customers import rules
from dawra.customers.finding import refind
from dawra.customers.importing.plan import OVERWRITE
from dawra.customers.importing.targets import CREATED, REJECTED, UNCHANGED, UPDATED, Judged, Outcome, Parsed, Work
from dawra.customers.models import Affiliation, ContactPoint, ExternalId, ImportRow, Tagging
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import AffiliationEnded, PointRemoved, Tagged

POINTS = ("email", "secondary_email", "phone", "mobile", "site")
Facts = list[tuple[object, Sequence[Any], datetime]]


@dataclass(slots=True)
class Goes:
    """What one row takes from its record. ended: affiliations; main: the one that takes their place, if it is here."""

    points: list[ContactPoint] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    ended: list[Affiliation] = field(default_factory=list)
    main: Affiliation | None = None
    tags: list[Tagging] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.points or self.ended or self.tags)


class Overwriting:
    """One batch. Nothing is asked where no column overwrites these. 5 queries a batch, 3 a record that changes."""

    def __init__(self, work: Work, kind: str, rows: Sequence[Parsed]) -> None:
        self._work, self._kind, self._rows = work, kind, rows
        policy = work.policy
        self._fields = [name for name in (*POINTS, "company", "tags") if policy.of(name) == OVERWRITE]
        self._again: set[str] = set()
        if self._is_on:
            keys = [row.key for row in rows]
            kept = ExternalId.objects.filter(system=work.system, record_kind=kind, external_id__in=keys)
            digests = dict(kept.values_list("external_id", "digest"))
            self._again = {row.key for row in rows if row.digest in digests.get(row.key, "").split()}

    @property
    def _is_on(self) -> bool:
        return bool(self._fields) and self._work.policy.update

    def kept(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes with what was overwritten; written in the caller's transaction."""
        if not self._is_on:
            return list(outcomes)
        found = self._goes([one.record_id if one.outcome not in (CREATED, REJECTED) else None for one in outcomes])
        facts: Facts = []
        done = []
        for one, goes in zip(outcomes, found, strict=True):
            if not goes or one.record_id is None:
                done.append(one)
                continue
            made = self._write(one.record_id, goes, facts)
            done.append(replace(one, outcome=UPDATED, made={**one.made, **made}))
        journal.write_many(self._work.actor, facts)
        refind(self._kind, [one.record_id for one, goes in zip(outcomes, found, strict=True) if goes and one.record_id])
        return done

    def judged(self, judged: Sequence[Judged]) -> list[Judged]:
        if not self._is_on:
            return list(judged)
        found = self._goes([one.record_id if one.outcome in (UPDATED, UNCHANGED) else None for one in judged])
        return [
            replace(one, outcome=UPDATED, changes={**one.changes, **_shown(goes, row)}) if goes else one
            for one, goes, row in zip(judged, found, self._rows, strict=True)
        ]

    def _goes(self, ids: Sequence[UUID | None]) -> list[Goes | None]:
        wanted = [pk for pk, row in zip(ids, self._rows, strict=True) if pk and row.key not in self._again]
        if not wanted:
            return [None] * len(ids)
        points, firms, tags = self._there(wanted)
        found: list[Goes | None] = []
        for pk, row in zip(ids, self._rows, strict=True):
            if pk is None or row.key in self._again:
                found.append(None)
                continue
            goes = Goes()
            self._points(row, points.get(pk, ()), goes)
            self._company(row, firms.get(pk, ()), goes)
            if "tags" in self._fields and (words := {fold(word)[:60] for word in row.values.get("tags", ())}):
                goes.tags = [one for one in tags.get(pk, ()) if one.tag.folded not in words]
            found.append(goes)
        return found

    def _there(
        self, wanted: Sequence[UUID]
    ) -> tuple[dict[UUID, list[ContactPoint]], dict[UUID, list[Affiliation]], dict[UUID, list[Tagging]]]:
        """What the records have of it now."""
        points: dict[UUID, list[ContactPoint]] = {}
        if set(self._fields) & set(POINTS):
            for point in ContactPoint.objects.filter(**{f"{self._kind}_id__in": wanted}).order_by("id"):
                points.setdefault(getattr(point, f"{self._kind}_id"), []).append(point)
        firms: dict[UUID, list[Affiliation]] = {}
        if "company" in self._fields and self._kind == "person":
            rows = Affiliation.objects.filter(person_id__in=wanted, until_on__isnull=True).select_related("company")
            for link in rows.order_by("id"):
                firms.setdefault(link.person_id, []).append(link)
        tags: dict[UUID, list[Tagging]] = {}
        if "tags" in self._fields:
            for tagging in Tagging.objects.filter(record_id__in=wanted).select_related("tag"):
                tags.setdefault(tagging.record_id, []).append(tagging)
        return points, firms, tags

    def _points(self, row: Parsed, there: Sequence[ContactPoint], goes: Goes) -> None:
        here = {(point.kind, point.normal) for point in there}
        every = [point for name in POINTS for point in _several(row.values.get(name))]
        asked = {p.kind for name in POINTS if name in self._fields for p in _several(row.values.get(name))}
        # What belongs to somebody else was not added: it takes the place of nothing.
        stays = [
            (point.kind, point.normal) for point in every if self._work.memory or (point.kind, point.normal) in here
        ]
        for kind in asked & {one for one, _normal in stays}:
            goes.points += [one for one in there if one.kind == kind and (one.kind, one.normal) not in stays]
            goes.first[kind] = next(normal for one, normal in stays if one == kind)

    def _company(self, row: Parsed, there: Sequence[Affiliation], goes: Goes) -> None:
        name = fold(str(row.values.get("company", "")))
        if not name or not there:
            return
        same = [one for one in there if name in (fold(one.company.name), fold(one.company.name_ar))]
        goes.main = same[-1] if same else None
        if same or self._work.memory:
            goes.ended = [one for one in there if one.is_primary and one not in same]

    def _write(self, record_id: UUID, goes: Goes, facts: Facts) -> dict[str, Any]:
        actor, kind = self._work.actor, self._kind
        record = Named(kind, record_id)
        made: dict[str, Any] = {}
        if goes.points:
            ContactPoint.objects.filter(pk__in=[one.pk for one in goes.points]).delete()
            for one_kind, normal in goes.first.items():
                same = ContactPoint.objects.filter(**{f"{kind}_id": record_id}, kind=one_kind)
                if not same.filter(is_primary=True).exists():
                    same.filter(normal=normal).update(is_primary=True)
            made["dropped"] = [[p.kind, p.value, p.normal, p.label, p.is_primary] for p in goes.points]
            facts += [
                (PointRemoved(kind, record_id, p.kind, p.label, p.value), [record], actor.now) for p in goes.points
            ]
        if goes.ended:
            ids = [one.pk for one in goes.ended]
            Affiliation.objects.filter(pk__in=ids).update(until_on=actor.now.date(), is_primary=False)
            if goes.main is not None:
                Affiliation.objects.filter(pk=goes.main.pk).update(is_primary=True)
            made["ended"] = [one.hex for one in ids]
            facts += [
                (AffiliationEnded(one.pk, one.person_id, one.company_id, one.company.name), [record], actor.now)
                for one in goes.ended
            ]
        if goes.tags:
            Tagging.objects.filter(pk__in=[one.pk for one in goes.tags]).delete()
            made["untagged"] = [one.tag_id for one in goes.tags]
            facts.append((Tagged(kind, record_id, [], sorted(one.tag.name for one in goes.tags)), [record], actor.now))
        return made


@dataclass(frozen=True, slots=True)
class Named:
    """A record as the journal names it."""

    kind: str
    pk: UUID


def give_back(kind: str, row: ImportRow) -> bool:
    """Put back what the row took from its record, as far as it is still free. Whether anything came back."""
    if row.record_id is None:
        return False
    did = False
    holder = {f"{kind}_id": row.record_id}
    there = ContactPoint.objects.filter(**holder)
    for point_kind, value, normal, label, is_primary in row.made.get("dropped", ()):
        key = rules.unique_key(point_kind, kind, normal)
        if there.filter(kind=point_kind, normal=normal).exists():
            continue
        if key and ContactPoint.objects.filter(unique_key=key).exists():
            continue  # somebody else has it by now
        if is_primary:
            there.filter(kind=point_kind, is_primary=True).update(is_primary=False)
        ContactPoint.objects.create(
            **holder, kind=point_kind, value=value, normal=normal, label=label, unique_key=key,
            is_primary=is_primary or not there.filter(kind=point_kind, is_primary=True).exists(),
        )  # fmt: skip
        did = True
    if ended := [UUID(one) for one in row.made.get("ended", ())]:
        links = Affiliation.objects.filter(pk__in=ended, until_on__isnull=False)
        if links.exists():
            Affiliation.objects.filter(person_id=row.record_id, is_primary=True, until_on__isnull=True).update(
                is_primary=False
            )
            first = links.order_by("pk").values_list("pk", flat=True)[0]
            links.update(until_on=None)
            Affiliation.objects.filter(pk=first).update(is_primary=True)
            did = True
    for tag_id in row.made.get("untagged", ()):
        _tagging, is_new = Tagging.objects.get_or_create(tag_id=tag_id, record_kind=kind, record_id=row.record_id)
        did = did or is_new
    return did


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _shown(goes: Goes, row: Parsed) -> Mapping[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    for kind in {one.kind for one in goes.points}:
        after = "; ".join(p.value for name in POINTS for p in _several(row.values.get(name)) if p.kind == kind)
        changes[kind] = ["; ".join(one.value for one in goes.points if one.kind == kind), after]
    if goes.ended:
        changes["company"] = [", ".join(one.company.name for one in goes.ended), row.values.get("company", "")]
    if goes.tags:
        changes["tags"] = [", ".join(one.tag.name for one in goes.tags), ", ".join(row.values.get("tags", ()))]
    return changes
