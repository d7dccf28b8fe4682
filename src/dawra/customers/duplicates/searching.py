"""The search over everything: keys that are missing, a model of the company's own data, then pair by pair. In batches.

Each batch commits how far it is together with the next one's order, so a killed worker goes on where it stood; two
workers that take the same batch cannot both keep it.
"""

from datetime import datetime, timedelta
from itertools import combinations, groupby
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.duplicates import gathering, keys, weighing
from dawra.customers.duplicates.keys import FIELDS
from dawra.customers.duplicates.weighing import MODELS
from dawra.customers.models import BlockKey, DuplicatePair, DuplicateSearch
from dawra.figures.matching import Model, fit, likely, prepared
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.duplicates import DuplicatesSought
from dawra.journal.jobs import job

KEYED_AT_ONCE = 1_000
KEYS_AT_ONCE = 4_000
MOST_LEARNT = 30_000  # the newest records of a kind
LEAST = 0.9
EXACT_BP = 9_950  # the same address and the same name: whatever was learnt, it stands first
STUCK_AFTER = timedelta(hours=1)
SEARCHES_KEPT = 5
Pair = tuple[UUID, UUID]


@transaction.atomic
def seek(actor: Actor) -> DuplicateSearch:
    """Have everything searched for duplicates now; otherwise it happens every night.

    Writes: customers.duplicates_sought.1
    Raises: Refused, Conflict (it is under way)
    """
    actor.must("records.bulk")
    search = _begin(actor.now)
    if search is None:
        raise Conflict(_("The search is under way already."))
    write(actor, DuplicatesSought(search.pk), about=[])
    return search


@job("customers.seek_duplicates", every_minutes=24 * 60)
def seek_nightly(now: datetime) -> None:
    with transaction.atomic():
        if _begin(now) is None:
            stuck = DuplicateSearch.objects.filter(ended_at__isnull=True, started_at__lt=now - STUCK_AFTER).first()
            if stuck:
                jobs.enqueue("customers.seek_batch", search_id=stuck.pk)


@job("customers.seek_batch")
def seek_batch(now: datetime, *, search_id: int) -> None:
    """One step of a search; orders the next."""
    search = DuplicateSearch.objects.filter(pk=search_id, ended_at__isnull=True).first()
    if search is None:
        return
    before = {"stage": search.stage, "after": search.after, "at_key": search.at_key}
    with transaction.atomic():
        {"keys": _keys, "learn": _learn, "weigh": _weigh}[search.stage](search, now)
        columns = ("stage", "after", "at_key", "looked_at", "found", "learnt", "ended_at")
        kept = DuplicateSearch.objects.filter(pk=search.pk, ended_at__isnull=True, **before)
        if not kept.update(**{name: getattr(search, name) for name in columns}):
            transaction.set_rollback(True)  # another worker was faster
        elif search.ended_at is None:
            jobs.enqueue("customers.seek_batch", search_id=search.pk)


def underway() -> DuplicateSearch | None:
    """1 query."""
    return DuplicateSearch.objects.defer("learnt").filter(ended_at__isnull=True).first()


def last() -> DuplicateSearch | None:
    return DuplicateSearch.objects.defer("learnt").filter(ended_at__isnull=False).order_by("-id").first()


def _begin(now: datetime) -> DuplicateSearch | None:
    try:
        with transaction.atomic():
            search = DuplicateSearch.objects.create(started_at=now)
    except IntegrityError:
        return None
    jobs.enqueue("customers.seek_batch", search_id=search.pk)
    return search


def _keys(search: DuplicateSearch, now: datetime) -> None:
    """Records that an import left without keys, or that were here before there were any."""
    kind, _colon, after = (search.after or "person:").partition(":")
    mine = BlockKey.objects.filter(record_id=OuterRef("pk"))
    rows = MODELS[kind]._base_manager.filter(~Exists(mine), deleted_at__isnull=True)
    if after:
        rows = rows.filter(pk__gt=UUID(after))
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:KEYED_AT_ONCE])
    keys.add(kind, gathering.records_of(kind, ids))
    if len(ids) == KEYED_AT_ONCE:
        search.after = f"{kind}:{ids[-1]}"
    elif kind == "person":
        search.after = "company:"
    else:
        search.stage, search.after = "learn", ""


def _learn(search: DuplicateSearch, now: datetime) -> None:
    """A model of each kind, from the newest records."""
    for kind, fields in FIELDS.items():
        live = MODELS[kind]._base_manager.filter(deleted_at__isnull=True)
        ids = list(live.order_by("-pk").values_list("pk", flat=True)[:MOST_LEARNT])
        some = [
            one for at in range(0, len(ids), 2_000) for one in gathering.records_of(kind, ids[at : at + 2_000]).values()
        ]
        search.learnt[kind] = fit(fields, some).as_json()
    search.stage = "weigh"


def _weigh(search: DuplicateSearch, now: datetime) -> None:
    """The records that share one of the next keys, compared; what is likely one goes to the queue."""
    rows = BlockKey.objects.order_by("key", "id")
    if search.at_key is not None:
        rows = rows.filter(key__gt=search.at_key)
    batch = list(rows.values_list("key", "record_id")[:KEYS_AT_ONCE])
    if len(batch) == KEYS_AT_ONCE and batch[0][0] != batch[-1][0]:
        last_key = batch[-1][0]  # may go on in the next batch
        batch = [row for row in batch if row[0] != last_key]
    pairs: dict[str, set[Pair]] = {"person": set(), "company": set()}
    for key, group in groupby(batch, key=lambda row: row[0]):
        ids = sorted({record_id for _key, record_id in group})
        if 1 < len(ids) <= keys.bound_of(key):
            pairs[keys.kind_of(key)].update(combinations(ids, 2))
    for kind, some in pairs.items():
        if some:
            search.found += _compare(kind, some, _learnt(kind, search), now)
    search.looked_at += len(batch)
    if batch:
        search.at_key = batch[-1][0]
    else:
        _end(search, now)


def _learnt(kind: str, search: DuplicateSearch) -> Model:
    return weighing.learnt_in(kind, search.pk)


def _compare(kind: str, pairs: set[Pair], model: Model, now: datetime) -> int:
    """Keep the likely ones; returns how many are new."""
    records = gathering.records_of(kind, sorted({one for pair in pairs for one in pair}))
    ready = {pk: prepared(model.fields, record) for pk, record in records.items()}
    found = []
    for a, b in sorted(pairs):
        if a not in ready or b not in ready:
            continue  # in the bin meanwhile
        exact = gathering.is_exact(records[a], records[b])
        score = likely(model, ready[a], ready[b], 0.0 if exact else LEAST)
        if score is not None:
            least = EXACT_BP if exact else 0
            found.append(
                DuplicatePair(
                    record_kind=kind, a_id=a, b_id=b, certainty_bp=max(int(score.probability * 10_000), least), is_exact=exact,
                    parts=weighing.parts_of(score), found_by="search", found_at=now, seen_at=now,
                )
            )  # fmt: skip
    known = DuplicatePair.objects.filter(a_id__in=[pair.a_id for pair in found]).values_list("a_id", "b_id")
    new = len({(pair.a_id, pair.b_id) for pair in found} - set(known)) if found else 0
    DuplicatePair.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["a_id", "b_id"], batch_size=200,
        update_fields=["certainty_bp", "is_exact", "parts", "seen_at"],
    )  # fmt: skip
    return new


def _end(search: DuplicateSearch, now: datetime) -> None:
    """What was likely once and is no longer, leaves the queue."""
    gone = DuplicatePair.objects.filter(state=DuplicatePair.OPEN, found_by="search", seen_at__lt=search.started_at)
    gone.delete()
    search.stage, search.ended_at = "done", now
    older = DuplicateSearch.objects.order_by("-id").values_list("pk", flat=True)[SEARCHES_KEPT:]
    DuplicateSearch.objects.filter(pk__in=list(older)).delete()
