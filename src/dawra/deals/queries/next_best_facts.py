"""What can be told of open deals today: one query for all of it, from indexes, for a bounded number of deals."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Case, Count, F, JSONField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from dawra.access.actor import Actor
from dawra.deals.models import Deal, DealPerson, Demo, Objection, Quote
from dawra.deals.models.demo import HELD, PLANNED
from dawra.deals.models.quote import APPROVED, DRAFT, SENT
from dawra.deals.money import Books
from dawra.deals.rules import OPEN
from dawra.figures.next_best import Rule, Sign, Subject, fires
from dawra.prospecting.queries.briefs import enough_of

MOST = 200
BUYER = "economic_buyer"
COLUMNS = (
    "pk", "version", "state", "name", "company_id", "company__name", "company__name_ar", "owner_id", "owner__name",
    "owner__name_ar", "stage_id", "stage__name", "stage__name_ar", "stage_since", "base_minor", "weighted_minor",
    "probability_bp", "next_step", "next_step_on", "stalls_on", "expected_close_on", "last_activity_at", "qualification",
    "stage__version__pipeline__framework_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """One open deal. signs: what holds of it, by condition. targets: ids of what an act is about, by condition."""

    id: UUID
    version: int
    name: str
    company_id: UUID | None
    company: str
    company_ar: str
    owner_id: UUID | None
    owner: str
    owner_ar: str
    stage: str
    stage_ar: str
    base_minor: int
    weighted_minor: int
    probability_bp: int
    signs: dict[str, Sign]
    targets: dict[str, UUID]


def largest(actor: Actor, owner_id: UUID | None = None) -> QuerySet[Any]:
    """The open deals that are looked at: the MOST largest, of one owner or of everybody the actor sees."""
    rows: QuerySet[Any] = Deal.objects.visible_to(actor).filter(state=OPEN)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return rows.order_by("-base_minor", "-id").values("pk")[:MOST]


def of_deals(actor: Actor, wanted: Any, kept: Books, rules: Collection[Rule]) -> list[Facts]:
    """What holds of these open deals.

    wanted: ids, or a query of ids. rules: what they do not wait for is not read
    Cost:   1 query, 3 more where a deal that nobody has worked on is old enough for a rule about research
    """
    asked = {rule.condition for rule in rules}
    # Not state here: the planner would rather walk all that are open than look up those that are wanted.
    rows = Deal.objects.visible_to(actor).filter(pk__in=wanted)
    nouns = {name: part() for name, (part, serves) in NOUNS.items() if not serves.isdisjoint(asked)}
    told = (
        dict(zip((*COLUMNS, *nouns), row, strict=True)) for row in rows.annotate(**nouns).values_list(*COLUMNS, *nouns)
    )
    found = [_facts(row, kept, actor.now) for row in told if row["state"] == OPEN]
    _ask_for_briefs(found, [rule for rule in rules if rule.condition == "brief"], kept.day_of(actor.now), actor.now)
    return found


# The newest or oldest of each noun, as JSON: one subquery a noun instead of one a column


def _objection() -> Any:
    rows = Objection._base_manager.filter(deal=OuterRef("pk"), settled_at__isnull=True, deleted_at__isnull=True)
    oldest = rows.order_by("raised_at", "id").values(found=JSONObject(id="pk", on="raised_at"))[:1]
    # The deal keeps how many are open, so that most rows need not be asked.
    return Case(When(open_objections__gt=0, then=_json(oldest)), default=Value(None, JSONField()))


def _demo() -> Any:
    rows = Demo._base_manager.filter(deal=OuterRef("pk"), deleted_at__isnull=True, state__in=(HELD, PLANNED))
    said = JSONObject(id="pk", on="starts_at", state="state", step="next_step")
    return _json(rows.order_by("-starts_at", "-id").values(found=said)[:1])


def _quote() -> Any:
    rows = Quote.objects.filter(deal=OuterRef("pk"))
    said = JSONObject(id="pk", state="state", made="made_at", sent="sent_at", seen="seen_at")
    return _json(rows.order_by("-number", "-revision").values(found=said)[:1])


def _buyer() -> Any:
    rows = DealPerson.objects.filter(deal=OuterRef("pk"), role=BUYER)
    latest = F("person__last_activity_at").desc(nulls_last=True)
    return _json(rows.order_by(latest, "id").values(found=JSONObject(id="pk", on="person__last_activity_at"))[:1])


def _people() -> Any:
    rows = DealPerson.objects.filter(deal=OuterRef("pk")).order_by().values("deal").annotate(n=Count("pk"))
    return Subquery(rows.values("n"))


def _json(rows: Any) -> Subquery:
    return Subquery(rows, output_field=JSONField())


NOUNS: dict[str, tuple[Callable[[], Any], frozenset[str]]] = {
    "the_objection": (_objection, frozenset({"objection"})),
    "the_demo": (_demo, frozenset({"demo_waits", "demo_no_step"})),
    "the_quote": (_quote, frozenset({"quote_draft", "quote_unread", "quote_opened"})),
    "the_buyer": (_buyer, frozenset({"no_buyer", "buyer_silent"})),
    "the_people": (_people, frozenset({"single_threaded"})),
}


# From columns to signs


def _facts(row: dict[str, Any], kept: Books, now: datetime) -> Facts:
    today, since = kept.day_of(now), kept.day_of(row["stage_since"])
    signs, targets = _of_columns(row, since, today), dict[str, UUID]()
    for name, read in READERS.items():
        if name in row:
            read(row, signs, targets, _Days(kept, now, today, since))
    return Facts(
        id=row["pk"],
        version=row["version"],
        name=row["name"],
        company_id=row["company_id"],
        company=row["company__name"] or "",
        company_ar=row["company__name_ar"] or "",
        owner_id=row["owner_id"],
        owner=row["owner__name"] or "",
        owner_ar=row["owner__name_ar"] or "",
        stage=row["stage__name"],
        stage_ar=row["stage__name_ar"],
        base_minor=row["base_minor"],
        weighted_minor=row["weighted_minor"],
        probability_bp=row["probability_bp"],
        signs=signs,
        targets=targets,
    )


def _of_columns(row: dict[str, Any], since: date, today: date) -> dict[str, Sign]:
    signs: dict[str, Sign] = {}
    in_stage = str(row["stage_id"])
    step_on, stalls_on, close_on = row["next_step_on"], row["stalls_on"], row["expected_close_on"]
    if not row["next_step"]:
        signs["no_next_step"] = Sign(since, in_stage)
    elif step_on is not None and step_on <= today:
        signs["next_step"] = Sign(step_on, step_on.isoformat(), detail=row["next_step"])
    if stalls_on is not None and stalls_on <= today:
        signs["stalled"] = Sign(stalls_on, stalls_on.isoformat())
    if close_on is not None:
        signs["close_passed" if close_on < today else "close_near"] = Sign(close_on, close_on.isoformat())
    if row["stage__version__pipeline__framework_id"] is not None:
        signs["unqualified"] = Sign(since, in_stage, count=row["qualification"] or 0)
    if row["last_activity_at"] is None:
        signs["brief"] = Sign(since, in_stage)  # as long as _ask_for_briefs does not take it away
    return signs


@dataclass(frozen=True, slots=True)
class _Days:
    kept: Books
    now: datetime
    today: date
    since: date

    def of(self, said: Any) -> date:
        return self.kept.day_of(moment(said))


def moment(said: Any) -> datetime:
    """A moment as JSON of either database writes it; without a zone it is UTC."""
    at = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


Signs: TypeAlias = dict[str, Sign]
Targets: TypeAlias = dict[str, UUID]


def _read_objection(row: dict[str, Any], signs: Signs, targets: Targets, days: _Days) -> None:
    if said := row["the_objection"]:
        targets["objection"] = UUID(said["id"])
        signs["objection"] = Sign(days.of(said["on"]), str(targets["objection"]))


def _read_demo(row: dict[str, Any], signs: Signs, targets: Targets, days: _Days) -> None:
    if not (said := row["the_demo"]):
        return
    name = "demo_waits" if said["state"] == PLANNED else "demo_no_step"
    holds = moment(said["on"]) < days.now if name == "demo_waits" else not (said["step"] or row["next_step"])
    if holds:
        targets[name] = UUID(said["id"])
        signs[name] = Sign(days.of(said["on"]), str(targets[name]))


def _read_quote(row: dict[str, Any], signs: Signs, targets: Targets, days: _Days) -> None:
    if not (said := row["the_quote"]) or said["state"] not in (DRAFT, APPROVED, SENT):
        return
    name = "quote_draft" if said["state"] != SENT else "quote_opened" if said["seen"] else "quote_unread"
    on = said[{"quote_draft": "made", "quote_opened": "seen", "quote_unread": "sent"}[name]]
    if on:
        targets[name] = UUID(said["id"])
        signs[name] = Sign(days.of(on), str(targets[name]))


def _read_buyer(row: dict[str, Any], signs: Signs, targets: Targets, days: _Days) -> None:
    if not (said := row["the_buyer"]):
        signs["no_buyer"] = Sign(days.since, str(row["stage_id"]))
    else:
        on = days.of(said["on"]) if said["on"] else days.since
        signs["buyer_silent"] = Sign(on, on.isoformat())


def _read_people(row: dict[str, Any], signs: Signs, targets: Targets, days: _Days) -> None:
    signs["single_threaded"] = Sign(days.since, str(row["stage_id"]), count=row["the_people"] or 0)


READERS: dict[str, Callable[[dict[str, Any], Signs, Targets, _Days], None]] = {
    "the_objection": _read_objection,
    "the_demo": _read_demo,
    "the_quote": _read_quote,
    "the_buyer": _read_buyer,
    "the_people": _read_people,
}


def _ask_for_briefs(found: Sequence[Facts], rules: Sequence[Rule], today: date, now: datetime) -> None:
    """Of deals nobody has worked on yet, those whose brief suffices need no research. Only those a rule is for are asked."""
    asking = {
        one.id: one
        for one in found
        if any(fires(rule, Subject(one.id, 0, one.signs, one.probability_bp), today) is not None for rule in rules)
    }
    if not asking:
        return
    people: dict[UUID, list[UUID]] = {}
    for deal_id, person_id in DealPerson.objects.filter(deal__in=list(asking)).values_list("deal_id", "person_id"):
        people.setdefault(deal_id, []).append(person_id)
    for deal_id in enough_of({one.id: (one.company_id, people.get(one.id, ())) for one in asking.values()}, now):
        asking[deal_id].signs.pop("brief")
