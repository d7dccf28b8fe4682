"""The search: keys that are missing, a model of the company's own data, then pair by pair. In batches.

Every night what changed since the last one is compared with everything, once a week and when somebody asks all with all.
Each batch commits how far it is together with the next one's order, so a killed worker goes on where it stood; two
workers that take the same batch cannot both keep it. Reading and comparing is done before the transaction begins.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.access.pouring import among
from dawra.customers.duplicates import gathering, keys, meeting, weighing
from dawra.customers.duplicates.keys import FIELDS
from dawra.customers.duplicates.meeting import Met, Pair
from dawra.customers.duplicates.weighing import MODELS
from dawra.customers.models import BlockKey, DuplicatePair, DuplicateSearch
from dawra.figures.matching import Model, fit, likely, prepared
from dawra.journal import jobs
from dawra.journal.actions import write
from dawra.journal.catalogue.duplicates import DuplicatesSought
from dawra.journal.jobs import job

KEYED_AT_ONCE = 10_000  # so that the pages of the index are written ten times seldomer
READ_AT_ONCE = 2_000
MOST_LEARNT = 30_000  # the newest records of a kind
LEAST = 0.9
EXACT_BP = 9_950  # the same address and the same name: whatever was learnt, it stands first
STUCK_AFTER = timedelta(hours=1)
WHOLE_EVERY = timedelta(days=7)
MOST_CHANGED = 0.3  # of the keys: beyond it everything is compared at less cost
KEPT = 500
SEARCHES_KEPT = 10
Keep = Callable[[], None]


@transaction.atomic
def seek(actor: Actor) -> DuplicateSearch:
    """Have everything searched for duplicates now; otherwise what changed is every night, and everything once a week.

    Writes: customers.duplicates_sought.1
    Raises: Refused, Conflict (it is under way)
    """
    actor.must("records.bulk")
    search = _begin(actor.now, whole=True)
    if search is None:
        raise Conflict(_("The search is under way already."))
    write(actor, DuplicatesSought(search.pk), about=[])
    return search


@job("customers.seek_duplicates", every_minutes=24 * 60)
def seek_nightly(now: datetime) -> None:
    with transaction.atomic():
        if _begin(now, whole=False) is None:
            stuck = DuplicateSearch.objects.filter(ended_at__isnull=True, started_at__lt=now - STUCK_AFTER).first()
            if stuck:
                jobs.enqueue("customers.seek_batch", search_id=stuck.pk)


@job("customers.seek_batch")
def seek_batch(now: datetime, *, search_id: int) -> None:
    """One step of a search; orders the next."""
    search = DuplicateSearch.objects.defer("learnt").filter(pk=search_id, ended_at__isnull=True).first()
    if search is None:
        return
    before = {"stage": search.stage, "after": search.after, "at_key": search.at_key}
    keep = {"keys": _keys, "learn": _learn, "weigh": _weigh}[search.stage](search, now)
    with transaction.atomic():
        mine = DuplicateSearch.objects.filter(pk=search.pk, ended_at__isnull=True, **before)
        # What was learnt is large, and written once.
        columns = ("stage", "after", "at_key", "looked_at", "whole", "upto", "ended_at")
        more = {"learnt": search.learnt} if before["stage"] == "learn" else {}
        if not mine.update(**{name: getattr(search, name) for name in columns}, **more):
            return  # another worker was faster
        keep()
        if search.ended_at is None:
            jobs.enqueue("customers.seek_batch", search_id=search.pk)


def underway() -> DuplicateSearch | None:
    """1 query."""
    return DuplicateSearch.objects.defer("learnt").filter(ended_at__isnull=True).first()


def last() -> DuplicateSearch | None:
    return DuplicateSearch.objects.defer("learnt").filter(ended_at__isnull=False).order_by("-id").first()


def _begin(now: datetime, *, whole: bool) -> DuplicateSearch | None:
    try:
        with transaction.atomic():
            search = DuplicateSearch.objects.create(started_at=now, whole=whole)
    except IntegrityError:
        return None
    jobs.enqueue("customers.seek_batch", search_id=search.pk)
    return search


def _keys(search: DuplicateSearch, now: datetime) -> Keep:
    """Records that an import left without keys, or that were here before there were any."""
    kind, _colon, after = (search.after or "person:").partition(":")
    mine = BlockKey.objects.filter(record_id=OuterRef("pk"))
    rows = MODELS[kind]._base_manager.filter(~Exists(mine), deleted_at__isnull=True)
    if after:
        rows = rows.filter(pk__gt=UUID(after))
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:KEYED_AT_ONCE])
    records = {
        pk: record
        for at in range(0, len(ids), READ_AT_ONCE)
        for pk, record in gathering.records_of(kind, ids[at : at + READ_AT_ONCE]).items()
    }
    if len(ids) == KEYED_AT_ONCE:
        search.after = f"{kind}:{ids[-1]}"
    elif kind == "person":
        search.after = "company:"
    else:
        search.stage, search.after = "learn", ""
    return lambda: _key(kind, records)


def _key(kind: str, records: dict[UUID, gathering.Compared]) -> None:
    """Those that nobody has written keys of in the meantime."""
    written = {record_id for (record_id,) in among(BlockKey, ("record_id",), "record_id", records)}
    keys.add(kind, {pk: record for pk, record in records.items() if pk not in written})


def _learn(search: DuplicateSearch, now: datetime) -> Keep:
    """A model of each kind, from the newest records; where only what changed is looked at, what the last search learnt."""
    search.stage, search.upto = "weigh", meeting.newest()
    last = DuplicateSearch.objects.filter(ended_at__isnull=False).order_by("-id").first()
    if not search.whole and last and _goes_on(search, last, now):
        search.learnt, search.at_key = last.learnt, max(last.upto - meeting.OVERLAP, 0)
        return _nothing
    search.whole = True
    for kind, fields in FIELDS.items():
        live = MODELS[kind]._base_manager.filter(deleted_at__isnull=True)
        ids = list(live.order_by("-pk").values_list("pk", flat=True)[:MOST_LEARNT])
        some = [
            one
            for at in range(0, len(ids), READ_AT_ONCE)
            for one in gathering.records_of(kind, ids[at : at + READ_AT_ONCE]).values()
        ]
        search.learnt[kind] = fit(fields, some).as_json()
    return _nothing


def _goes_on(search: DuplicateSearch, last: DuplicateSearch, now: datetime) -> bool:
    """Whether what changed since the last search is all there is to compare."""
    lately = DuplicateSearch.objects.filter(ended_at__isnull=False, whole=True, started_at__gt=now - WHOLE_EVERY)
    few = search.upto - last.upto <= MOST_CHANGED * last.upto
    return few and lately.exists() and all(weighing.is_current(kind, last.learnt.get(kind)) for kind in FIELDS)


def _nothing() -> None:
    pass


def _weigh(search: DuplicateSearch, now: datetime) -> Keep:
    """The records that share one of the next keys, compared; what is likely one goes to the queue."""
    at, upto = search.at_key, search.upto
    met = meeting.everybody(at, upto) if search.whole else meeting.changed(at or 0, upto)
    found = [
        pair
        for kind, some in met.pairs.items()
        if some
        for pair in _alike(kind, some, weighing.learnt_in(kind, search.pk), now)
    ]
    search.looked_at += met.rows
    if met.at is None:
        search.stage, search.ended_at = "done", now
    else:
        search.at_key = met.at
    return lambda: _keep(search, met, found)


def _alike(kind: str, pairs: set[Pair], model: Model, now: datetime) -> list[DuplicatePair]:
    records = gathering.records_of(kind, list({one for pair in pairs for one in pair}))
    ready = {pk: prepared(model.fields, record) for pk, record in records.items()}
    addresses = {pk: gathering.addresses_of(record) for pk, record in records.items()}
    found = []
    for a, b in sorted(pairs):
        if a not in ready or b not in ready:
            continue  # in the bin meanwhile
        exact = not addresses[a].isdisjoint(addresses[b]) and gathering.is_exact(records[a], records[b])
        score = likely(model, ready[a], ready[b], 0.0 if exact else LEAST)
        if score is not None:
            least = EXACT_BP if exact else 0
            found.append(
                DuplicatePair(
                    record_kind=kind, a_id=a, b_id=b, certainty_bp=max(int(score.probability * 10_000), least), is_exact=exact,
                    parts=weighing.parts_of(score), found_by="search", found_at=now, seen_at=now,
                )
            )  # fmt: skip
    return found


def _keep(search: DuplicateSearch, met: Met, found: list[DuplicatePair]) -> None:
    """The likely ones into the queue; of records that changed, what was likely once and is no longer, out of it."""
    known: set[Pair] = set()
    for at in range(0, len(found), KEPT):
        rows = DuplicatePair.objects.filter(a_id__in=[pair.a_id for pair in found[at : at + KEPT]])
        known.update(rows.values_list("a_id", "b_id"))
    new = len({(pair.a_id, pair.b_id) for pair in found} - known)
    DuplicatePair.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["a_id", "b_id"], batch_size=200,
        update_fields=["certainty_bp", "is_exact", "parts", "seen_at"],
    )  # fmt: skip
    if new:
        DuplicateSearch.objects.filter(pk=search.pk).update(found=F("found") + new)
    older = DuplicatePair.objects.filter(state=DuplicatePair.OPEN, found_by="search", seen_at__lt=search.started_at)
    ids = sorted(met.changed)
    for at in range(0, len(ids), KEPT):
        some = ids[at : at + KEPT]
        older.filter(Q(a_id__in=some) | Q(b_id__in=some)).delete()
    if search.ended_at is not None:
        _end(search, older)


def _end(search: DuplicateSearch, older: QuerySet[DuplicatePair]) -> None:
    """After a look at everything, what was likely once and is no longer, leaves the queue."""
    if search.whole:
        older.delete()
    kept = list(DuplicateSearch.objects.order_by("-id").values_list("pk", flat=True)[:SEARCHES_KEPT])
    newest_whole = DuplicateSearch.objects.filter(whole=True, ended_at__isnull=False).order_by("-id").first()
    DuplicateSearch.objects.exclude(pk__in=[*kept, newest_whole.pk if newest_whole else search.pk]).delete()
