"""Two records become one, and two again: everything that refers to the one that goes is moved, and told for the way back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.kinds import records
from dawra.customers import search
from dawra.customers.actions import editing
from dawra.customers.actions.editing import MODELS, Done, Record
from dawra.customers.duplicates import moving, special
from dawra.customers.duplicates.moving import Left, Moved
from dawra.customers.finding import refind
from dawra.customers.models import Company, DuplicatePair, FieldDef, Merge
from dawra.customers.rules import merging as decide
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal import jobs
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue.duplicates import Merged, Unmerged
from dawra.journal.catalogue.journal import Undone
from dawra.journal.models import Entry

KEPT_DAYS = 30
LONG_TEXTS = frozenset({"about", "address"})  # what both records say can stand below each other
CHOICES = (decide.KEPT, decide.GONE, decide.BOTH)


@transaction.atomic
def merge(
    actor: Actor, *, kind: str, kept_id: UUID, gone_id: UUID, choices: Mapping[str, str], cause: Entry | None = None,
    versions: tuple[int, int] | None = None,
) -> Done:  # fmt: skip
    """Two records are one person or company: everything of the one goes over to the other. Can be taken back for 30 days.

    choices:  field → kept, gone or both (texts); what is not named stays, or is filled from the other
    versions: of kept and gone as the actor saw them
    Writes:   customers.merged.1
    Raises:   Refused, NotFound, Invalid, Stale, Conflict
    Cost:     some queries a table, whatever there is; 1 more for every 500 rows
    """
    actor.must("customers.work")
    kept, gone = _both(actor, kind, kept_id, gone_id)
    for record, version in zip((kept, gone), versions or (), strict=False):
        editing.must_be_at(record, version)
    fields = _join_fields(actor, kept, gone, choices)
    gone.change(actor, {"deleted_at": actor.now})
    done = Moved()
    special.before(actor, kind, kept.pk, gone.pk, done)
    moving.move(kind, kept.pk, gone.pk, done)
    named = _rename_in_fields(kept.pk, gone.pk)
    pair = _settle_pairs(actor, kind, kept.pk, gone.pk, done)
    both = journal.share_timeline(gone.pk, kept)
    names = [kept.name, gone.name]
    row = Merge(
        record_kind=kind,
        kept_id=kept.pk,
        gone_id=gone.pk,
        names=names,
        merged_at=actor.now,
        merged_by_id=actor.member_id,
    )
    fact = Merged(kind, kept.pk, gone.pk, row.pk, *names)
    entry = journal.write(actor, fact, about=[kept, gone], cause=cause)
    row.done = done.plain() | {"fields": fields, "named": named, "pair": pair, "both": [*both, entry.pk]}
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Somebody has just merged these two.")) from None
    search.drop([gone.pk])
    _find_again(kind, [kept.pk])
    return Done(row, entry)


@transaction.atomic
def unmerge(actor: Actor, *, merge_id: UUID, cause: Entry | None = None) -> tuple[Done, Left]:
    """Two records were not one after all: each gets back what it had; what was changed since stays and is told.

    Writes: customers.unmerged.1
    Raises: Refused, NotFound, Conflict (too old, taken back already, or merged further since)
    """
    actor.must("customers.work")
    row = Merge.objects.filter(pk=merge_id).first()
    if row is None:
        raise NotFound()
    kind = row.record_kind
    if row.undone_at is not None:
        raise Conflict(_("This has already been undone."))
    if Merge.objects.filter(gone_id=row.kept_id, undone_at__isnull=True).exists():
        raise Conflict(_("The record has been merged into another since; take that back first."))
    if row.merged_at <= actor.now - timedelta(days=KEPT_DAYS):
        raise Conflict(_("This is more than 30 days old and can no longer be undone."))
    kept = MODELS[kind].fetch(actor, row.kept_id)
    gone = MODELS[kind].objects.in_bin_of(actor).filter(pk=row.gone_id).first()
    if gone is None:
        raise NotFound()
    if not Merge.objects.filter(pk=row.pk, undone_at__isnull=True).update(undone_at=actor.now):
        raise Conflict(_("This has already been undone."))
    gone.change(actor, {"deleted_at": None})
    journal.part_timeline(gone.pk, kept.pk, row.done["both"])
    left = moving.back(row.done, kept.pk, gone.pk)
    special.after(kind, kept.pk)
    _name_again(row.done["named"], kept.pk, gone.pk)
    left.add("fields", _part_fields(actor, kept, row.done["fields"]))
    _reopen_pair(actor, row.done["pair"])
    _find_again(kind, [kept.pk, gone.pk])
    name, other = row.names
    fact = Unmerged(kind, kept.pk, gone.pk, row.pk, name, other, left=sum(left.rows.values()))
    if cause is None and (merged := Entry.objects.filter(pk=row.done["both"][-1], kind="customers.merged.1").first()):
        cause = merged
        journal.write(actor, Undone(undone=merged.key, what=merged.kind), about=[], cause=merged)  # offered no more
    return Done(row, journal.write(actor, fact, about=[kept, gone], cause=cause)), left


def kept_of(kind: str, record_id: UUID) -> UUID | None:
    """Into which record one went, however often that was merged again; None if it was not. 1 query a step."""
    found, now = None, record_id
    for _step in range(50):
        following = (
            Merge.objects.filter(record_kind=kind, gone_id=now, undone_at__isnull=True)
            .values_list("kept_id", flat=True).first()
        )  # fmt: skip
        if following is None:
            return found
        found = now = following
    return found


def follow(actor: Actor, kind: str, record_id: UUID) -> UUID:
    """Into which record one went, for who may see that. Raises NotFound."""
    kept_id = kept_of(kind, record_id)
    if kept_id is None:
        raise NotFound()
    return MODELS[kind].fetch(actor, kept_id).pk


def gone_into(record_id: UUID) -> list[UUID]:
    """Every record that went into one, also by way of others: they are forgotten together. 1 query a step."""
    found: list[UUID] = []
    asked = [record_id]
    while asked:
        rows = Merge.objects.filter(kept_id__in=asked, undone_at__isnull=True).values_list("gone_id", flat=True)
        asked = [one for one in rows if one not in found]
        found += asked
    return found


def _both(actor: Actor, kind: str, kept_id: UUID, gone_id: UUID) -> tuple[Record, Record]:
    if kind not in MODELS:
        raise NotFound()
    if kept_id == gone_id:
        raise Invalid(_("Choose two records."), field="gone_id")
    for one in (kept_id, gone_id):
        if Merge.objects.filter(gone_id=one, record_kind=kind, undone_at__isnull=True).exists():
            if kept := kept_of(kind, one):
                MODELS[kind].fetch(actor, kept)  # whoever does not see it gets no hint
            raise Conflict(_("Somebody has merged one of them already."))
    return MODELS[kind].fetch(actor, kept_id), MODELS[kind].fetch(actor, gone_id)


# fields


def fields_of(kind: str) -> list[str]:
    """What can be chosen, columns first, then custom fields by key."""
    keys = FieldDef.objects.filter(record_kind=kind, archived_at__isnull=True).order_by("position", "id")
    return [
        *sorted(editing.EDITABLE[kind]),
        "owner_id",
        *(f"custom.{key}" for key in keys.values_list("key", flat=True)),
    ]


def _join_fields(actor: Actor, kept: Record, gone: Record, choices: Mapping[str, str]) -> dict[str, list[Any]]:
    """Write what the kept record's fields become; returns field → [before, after]."""
    for name, choice in choices.items():
        if choice not in CHOICES or (choice == decide.BOTH and name not in LONG_TEXTS):
            raise Invalid(_("Choose which of the two to keep."), field=name[:80])
    columns: dict[str, Any] = {}
    for name in (*editing.EDITABLE[kept.kind], "owner_id"):
        now = getattr(kept, name)
        # A currency belongs to its amount.
        asked = choices.get("revenue_minor" if name == "revenue_currency" else name, "")
        columns[name] = decide.value_of_both(now, getattr(gone, name), asked)
    if choices.get("owner_id") == decide.GONE and gone.owner_id != kept.owner_id:
        editing.may_own(actor, gone.owner_id, kept.owner_id)
    if isinstance(kept, Company) and isinstance(gone, Company):
        columns["parent_id"] = _parent(columns["parent_id"], kept, gone)
    if not columns["name"]:
        columns["name"] = kept.name
    stage = decide.stage_of_both(kept.lifecycle, kept.lifecycle_since, gone.lifecycle, gone.lifecycle_since)
    if stage == decide.GONE:
        columns |= {"lifecycle": gone.lifecycle, "lifecycle_since": gone.lifecycle_since}
    columns["created_at"] = min(kept.created_at, gone.created_at)
    columns["last_activity_at"] = max(filter(None, (kept.last_activity_at, gone.last_activity_at)), default=None)
    columns["folded"] = fold(f"{columns['name']} {columns['name_ar']}")[:420]
    keys = kept.custom.keys() | gone.custom.keys()
    custom = {
        key: decide.value_of_both(kept.custom.get(key), gone.custom.get(key), choices.get(f"custom.{key}", ""))
        for key in sorted(keys)
    }
    changes = {name: value for name, value in columns.items() if value != getattr(kept, name)}
    told = {name: [as_plain(getattr(kept, name)), as_plain(value)] for name, value in changes.items()}
    told |= {
        f"custom.{key}": [kept.custom.get(key), value] for key, value in custom.items() if value != kept.custom.get(key)
    }
    changes["custom"] = {key: value for key, value in custom.items() if value is not None}
    kept.change(actor, changes)
    return told


def _parent(parent_id: UUID | None, kept: Company, gone: Company) -> UUID | None:
    """No company stands above itself, also where the one that goes stood between."""
    above, steps = parent_id, 0
    while above is not None and steps < 50:
        if above in (kept.pk, gone.pk):
            return None
        above = Company._base_manager.filter(pk=above).values_list("parent_id", flat=True).first()
        steps += 1
    return parent_id


def _part_fields(actor: Actor, kept: Record, fields: Mapping[str, list[Any]]) -> int:
    """Fields back to what they held; how many were changed since and stay."""
    left, columns, custom = 0, {}, dict(kept.custom)
    for name, (before, after) in fields.items():
        if name.startswith("custom."):
            if custom.get(name[7:]) != after:
                left += 1
            elif before is None:
                custom.pop(name[7:], None)
            else:
                custom[name[7:]] = before
        elif as_plain(getattr(kept, name)) != after:
            left += name not in ("folded", "last_activity_at")
        else:
            column: Any = kept._meta.get_field(name)
            columns[name] = column.to_python(before)
    if {"name", "name_ar"} & columns.keys():
        columns["folded"] = fold(f"{columns.get('name', kept.name)} {columns.get('name_ar', kept.name_ar)}")[:420]
    kept.change(actor, columns | {"custom": custom})
    return left


# what names the record elsewhere


def _rename_in_fields(kept_id: UUID, gone_id: UUID) -> list[list[str]]:
    """Custom fields of whatever record that hold the person who goes. 1 query a field."""
    found = []
    for field in FieldDef.objects.filter(type="person"):
        model = records()[field.record_kind]
        for row in model._base_manager.filter(**{f"custom__{field.key}": str(gone_id)}):
            found.append([model._meta.label, str(row.pk), field.key])
            _put_name(model, row.pk, field.key, kept_id)
    return found


def _name_again(named: list[list[str]], kept_id: UUID, gone_id: UUID) -> None:
    models = {model._meta.label: model for model in records().values()}
    for label, pk, key in named:
        rows = models[label]._base_manager.filter(pk=pk, **{f"custom__{key}": str(kept_id)})
        if rows.exists():
            _put_name(models[label], UUID(pk), key, gone_id)


def _put_name(model: Any, pk: UUID, key: str, record_id: UUID) -> None:
    row = model._base_manager.get(pk=pk)
    model._base_manager.filter(pk=pk).update(custom=row.custom | {key: str(record_id)}, version=row.version + 1)


# pairs


def _settle_pairs(actor: Actor, kind: str, kept_id: UUID, gone_id: UUID, done: Moved) -> list[Any]:
    """This pair is merged; the other's pairs become the kept record's. Returns [id of the pair, its state before]."""
    a, b = sorted((kept_id, gone_id))
    signed = {"state": DuplicatePair.MERGED, "decided_at": actor.now, "decided_by_id": actor.member_id}
    pair, new = DuplicatePair.objects.get_or_create(
        a_id=a, b_id=b,
        defaults={"record_kind": kind, "certainty_bp": 0, "found_by": "person", "found_at": actor.now,
                  "seen_at": actor.now, **signed},
    )  # fmt: skip
    before = None if new else pair.state
    if not new:
        DuplicatePair.objects.filter(pk=pair.pk).update(**signed)
    for column, other in (("a_id", "b_id"), ("b_id", "a_id")):
        for row in DuplicatePair.objects.filter(**{column: gone_id}).exclude(pk=pair.pk).exclude(state="merged"):
            moving.drop(row, done)
            first, second = sorted((kept_id, getattr(row, other)))
            again, fresh = DuplicatePair.objects.get_or_create(
                a_id=first, b_id=second,
                defaults={name: getattr(row, name) for name in (
                    "record_kind", "state", "certainty_bp", "is_exact", "parts", "found_by", "found_at", "seen_at",
                    "decided_at", "decided_by_id")},
            )  # fmt: skip
            if fresh:
                moving.made(again, done)
    return [str(pair.pk), before]


def _reopen_pair(actor: Actor, pair: list[Any]) -> None:
    pk, before = pair
    rows = DuplicatePair.objects.filter(pk=pk, state=DuplicatePair.MERGED)
    if before is None:
        rows.delete()
    else:
        rows.update(state=before, decided_at=None, decided_by=None)


def _find_again(kind: str, ids: list[UUID]) -> None:
    refind(kind, ids)
    if kind == "company":
        for one in ids:
            jobs.enqueue("customers.refind_people_of", company_id=str(one))


def is_merged(kind: str, ids: list[UUID]) -> set[UUID]:
    rows = Merge.objects.filter(record_kind=kind, gone_id__in=ids, undone_at__isnull=True)
    return set(rows.values_list("gone_id", flat=True))
