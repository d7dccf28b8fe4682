"""Keeping every company's score in step with the version in force, in batches, and when a company changes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.customers.queries.features import company_ids, company_ids_beyond, features_of
from dawra.journal import jobs
from dawra.journal.jobs import job
from dawra.journal.listeners import on
from dawra.journal.models import Entry
from dawra.prospecting.models import FitScore, IcpProfile
from dawra.prospecting.queries.fit import in_force, ruler_of

BATCH = 500


def score(profile: IcpProfile, ids: Sequence[UUID], now: datetime) -> int:
    """Score these companies; in the caller's transaction. At most 500. 4 queries."""
    ruler = ruler_of(profile)
    rows = []
    for company in features_of(Actor.system("fit of companies", now), ids).values():
        found = ruler.score(company)
        rows.append(
            FitScore(
                id=new_id(), company_id=company.id, profile=profile, score=found.score, reasons=ruler.reasons(found),
                known=found.known, scored_at=now,
            )
        )  # fmt: skip
    FitScore.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["company"],
        update_fields=["profile", "score", "reasons", "known", "scored_at"], batch_size=100,
    )  # fmt: skip
    return len(rows)


@job("prospecting.score_companies")
def score_companies(now: datetime, *, profile_id: str, after: str) -> None:
    """One batch, in the order of ids, then the next; stops where another version has been put in force since."""
    with transaction.atomic():
        profile = in_force()
        if profile is None or str(profile.pk) != profile_id:
            return
        everything = Actor.system("fit of companies", now)
        ids = company_ids(everything, UUID(after) if after else None, BATCH)
        if not ids:
            return
        score(profile, ids, now)
        jobs.enqueue("prospecting.score_companies", profile_id=profile_id, after=str(ids[-1]))


@job("prospecting.score_new", every_minutes=10)
def score_new(now: datetime) -> None:
    """Companies that came since, one batch; the next ten minutes bring the next."""
    with transaction.atomic():
        profile = in_force()
        if profile is None:
            return
        there = FitScore.objects.filter(profile=profile).values("company_id")
        score(profile, company_ids_beyond(Actor.system("fit of companies", now), there, BATCH), now)


@on(
    "customers.company_edited.1",
    "customers.merged.1",
    "customers.unmerged.1",
    because="a company that changed may fit better or worse",
)
def rescore(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    if facts.get("record_kind", "company") != "company":
        return
    ids = [facts[name] for name in ("company_id", "record_id", "other_id") if facts.get(name)]
    profile = in_force()
    if profile is not None:
        score(profile, [UUID(one) for one in ids], actor.now)


@on("customers.imported.1", because="what came in by the thousand is to be scored")
def score_imported(actor: Actor, entry: Entry) -> None:
    profile = in_force()
    if profile is not None:
        jobs.enqueue("prospecting.score_companies", profile_id=str(profile.pk), after="")
