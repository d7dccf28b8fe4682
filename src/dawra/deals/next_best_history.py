"""What became of deals while a rule would have proposed something: read from stage visits, activities and the journal.

Every rule is asked of the past as it stands now, so a rule changed today has its record tomorrow. What left no trace (how
silent the economic buyer was, what was known of a qualification then) is not guessed: such rules have no record.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from dawra.access.actor import Actor
from dawra.deals import money
from dawra.deals.models import Deal, Demo, NextBestDismissal, NextBestRule, NextBestWorth, Objection, Quote, StageVisit
from dawra.deals.models.demo import HELD
from dawra.deals.models.next_best import NOT_RELEVANT
from dawra.deals.queries.next_best import rule_of
from dawra.deals.queries.next_best_facts import of_deals
from dawra.deals.rules import OPEN, WON
from dawra.figures.next_best import COUNTED, OF_DEALS, Episode, Record, followed
from dawra.journal.jobs import job
from dawra.journal.models import Mention
from dawra.prospecting.queries.leads import still_waiting, waited

MOST_DEALS, BATCH = 10_000, 500
MOST_DISMISSALS = 2_000
LEAST_WON = 5
EDITED, PERSON_SET, PERSON_GONE = "deals.deal_edited.1", "deals.deal_person_set.1", "deals.deal_person_removed.1"
ACTS = {
    "customers.call_logged.1": "call",
    "customers.email_logged.1": "email",
    "customers.letter_sent.1": "email",
    "customers.meeting_logged.1": "meeting",
    "customers.note_written.1": "note",
    "deals.objection_answered.1": "answer",
    "deals.demo_held.1": "demo",
    "deals.quote_sent.1": "quote",
    "deals.finding_noted.1": "qualify",
    PERSON_SET: "person",
}
TOUCHES = ("call", "email", "meeting", "note")
Span = tuple[datetime, datetime | None]


@dataclass(slots=True)
class Visit:
    entered: datetime
    exited: datetime | None
    position: int
    type: str
    probability_bp: int
    close_on: date | None
    stalled_after: int


@dataclass(slots=True)
class Way:
    """One deal's way as it can still be told. acts: moments by kind. edits: (moment, field → [before, after])."""

    created: datetime
    step_now: bool
    people_now: int
    buyer_now: bool
    visits: list[Visit] = field(default_factory=list)
    acts: dict[str, list[datetime]] = field(default_factory=dict)
    edits: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    people: list[tuple[datetime, int, str, str]] = field(default_factory=list)
    objections: list[Span] = field(default_factory=list)
    demos: list[tuple[datetime, bool, bool]] = field(default_factory=list)
    quotes: list[tuple[datetime, datetime | None, datetime | None, datetime | None]] = field(default_factory=list)

    @property
    def closed(self) -> datetime | None:
        return self.visits[-1].entered if self.visits and self.visits[-1].type != OPEN else None

    @property
    def moves(self) -> list[datetime]:
        """When it went forward: to a later open stage, or was won."""
        return [
            there.entered
            for here, there in zip(self.visits, self.visits[1:], strict=False)
            if there.type == WON or (there.type == OPEN and there.position > here.position)
        ]

    def probability_at(self, at: datetime) -> int:
        return next((one.probability_bp for one in reversed(self.visits) if one.entered <= at), 0)


@job("deals.count_next_best", every_minutes=24 * 60)
def count(now: datetime) -> None:
    """Count what every rule's proposals have moved. Some 3 s for the newest 10,000 deals; running it twice changes nothing."""
    actor = Actor.system("what proposals moved", now)
    rules = list(NextBestRule.objects.all())
    found = {rule.pk: Record() for rule in rules}
    for ways in _ways(actor):
        for way in ways:
            for rule in rules:
                if rule.condition in EPISODES:
                    found[rule.pk] = _more(found[rule.pk], _of_deal(rule, way, now))
    leads = waited(actor, MOST_DEALS)
    for rule in rules:
        if rule.condition not in OF_DEALS:
            for lead in leads:
                began = lead.due_at if rule.condition == "lead_overdue" else lead.asked_at
                acts = [lead.answered_at] if lead.answered_at else []
                moves = [lead.accepted_at] if lead.accepted_at else []
                if lead.answered_at is None or lead.answered_at > began:
                    found[rule.pk] = _more(found[rule.pk], followed([Episode(began)], acts, moves, now, *_spans(rule)))
        record = found[rule.pk]
        unwanted = NextBestDismissal.objects.filter(rule=rule, reason=NOT_RELEVANT).count()
        NextBestRule.objects.filter(pk=rule.pk).update(
            followed=record.followed, moved=record.moved, dismissed=unwanted, counted_at=now
        )
    said = Deal.objects.visible_to(actor).filter(state=WON).aggregate(n=Count("pk"), worth=Sum("base_minor"))
    average = said["worth"] // said["n"] if said["n"] >= LEAST_WON else None
    values = {"won": said["n"], "average_minor": average, "counted_at": now}
    NextBestWorth.objects.update_or_create(pk=1, defaults=values)


@job("deals.end_dismissals", every_minutes=10)
def end_dismissals(now: datetime) -> None:
    """Whatever was dismissed and holds no longer may be proposed again, once it newly arises."""
    actor, kept = Actor.system("dismissals that are over", now), money.books()
    rows = list(
        NextBestDismissal.objects.filter(ended_at__isnull=True).select_related("rule").order_by("pk")[:MOST_DISMISSALS]
    )
    rules = [rule_of(row.rule) for row in rows]
    ids = {row.deal_id for row in rows if row.deal_id}
    deals = {one.id: one for one in of_deals(actor, list(ids), kept, rules)} if ids else {}
    leads = still_waiting(actor, [row.lead_id for row in rows if row.lead_id])
    over = []
    for row in rows:
        if row.lead_id:
            holds = row.lead_id in leads
        else:
            deal = deals.get(row.deal_id) if row.deal_id else None
            sign = deal.signs.get(row.rule.condition) if deal else None
            holds = sign is not None and sign.mark == row.mark
            if sign is not None and row.rule.condition in COUNTED:
                holds = holds and sign.count < row.rule.least
        if not holds:
            over.append(row.pk)
    NextBestDismissal.objects.filter(pk__in=over, ended_at__isnull=True).update(ended_at=now)


def _more(one: Record, other: Record) -> Record:
    return Record(one.followed + other.followed, one.moved + other.moved)


def _spans(rule: NextBestRule) -> tuple[timedelta, timedelta]:
    return timedelta(days=rule.follow_days), timedelta(days=rule.moved_days)


def _of_deal(rule: NextBestRule, way: Way, now: datetime) -> Record:
    acts = way.acts.get(rule.act)
    if not acts:
        return Record()
    wait, closed = timedelta(days=rule.days), way.closed
    spans = _single(way, rule.least) if rule.condition == "single_threaded" else EPISODES[rule.condition](way)
    episodes = []
    for first, last in spans:
        near = rule.condition == "close_near"
        began = max(first - wait, way.created) if near else first + wait
        ends = [moment for moment in (first if near else last, closed) if moment is not None]
        end = min(ends, default=None)
        if (end is None or began < end) and rule.from_bp <= way.probability_at(began) <= rule.to_bp:
            episodes.append(Episode(began, end))
    return followed(episodes, acts, way.moves, now, *_spans(rule)) if episodes else Record()


# While which condition held


def _stalled(way: Way) -> Iterator[Span]:
    touches = sorted(at for name in TOUCHES for at in way.acts.get(name, ()))
    for visit in way.visits:
        if visit.type != OPEN or not visit.stalled_after:
            continue
        limit, active = timedelta(days=visit.stalled_after), visit.entered
        for at in [one for one in touches if one > visit.entered and (visit.exited is None or one <= visit.exited)]:
            if at > active + limit:
                yield active + limit, at
            active = at
        if visit.exited is None or visit.exited > active + limit:
            yield active + limit, visit.exited


def _first(moments: Sequence[datetime], after: datetime) -> datetime | None:
    return next((at for at in moments if at >= after), None)


def _demo_waits(way: Way) -> Iterator[Span]:
    for starts, _held, _step in way.demos:
        yield starts, _first(way.acts.get("demo", ()), starts)


def _demo_no_step(way: Way) -> Iterator[Span]:
    for starts, held, step in way.demos:
        if held and not step:
            yield starts, _first(way.acts.get("step", ()), starts)


def _quote_draft(way: Way) -> Iterator[Span]:
    return ((made, sent or answered) for made, sent, _seen, answered in way.quotes)


def _quote_unread(way: Way) -> Iterator[Span]:
    return ((sent, seen or answered) for _made, sent, seen, answered in way.quotes if sent)


def _quote_opened(way: Way) -> Iterator[Span]:
    return ((seen, answered) for _made, _sent, seen, answered in way.quotes if seen)


def _close(way: Way) -> Iterator[Span]:
    """From the day after a close date on, while the deal stays in the stage it had it in and nobody moves the date."""
    for visit in way.visits:
        if visit.type == OPEN and visit.close_on is not None:
            passed = datetime.combine(visit.close_on + timedelta(days=1), time.min, UTC)
            if passed > visit.entered and (visit.exited is None or visit.exited > passed):
                yield passed, _first(way.acts.get("close_date", ()), passed) or visit.exited


def _close_near(way: Way) -> Iterator[Span]:
    for visit in way.visits:
        if visit.type == OPEN and visit.close_on is not None:
            day = datetime.combine(visit.close_on, time.min, UTC)
            if day > visit.entered and (visit.exited is None or visit.exited > day):
                yield day, None


def _no_next_step(way: Way) -> Iterator[Span]:
    said = [(at, changes["next_step"]) for at, changes in way.edits if "next_step" in changes]
    empty_since = way.created if not (said[0][1][0] if said else way.step_now) else None
    for at, (_before, after) in said:
        if after and empty_since is not None:
            yield empty_since, at
            empty_since = None
        elif not after and empty_since is None:
            empty_since = at
    if empty_since is not None:
        yield empty_since, None


def _next_step(way: Way) -> Iterator[Span]:
    """From the step's day on until the step is another one or its day is."""
    for place, (at, changes) in enumerate(way.edits):
        on = _day(changes.get("next_step_on", ("", ""))[1])
        if on is None:
            continue
        due = max(datetime.combine(on, time.min, UTC), at)
        yield due, next((when for when, _changes in way.edits[place + 1 :] if when >= due), None)


def _single(way: Way, least: int = 2) -> Iterator[Span]:
    yield from _below(way, least, way.people_now, [(at, by) for at, by, _role, _before in way.people])


def _no_buyer(way: Way) -> Iterator[Span]:
    buyer = "economic_buyer"
    steps = [(at, (role == buyer) - (before == buyer)) for at, _by, role, before in way.people]
    yield from _below(way, 1, int(way.buyer_now), [one for one in steps if one[1]])


def _below(way: Way, least: int, now: int, steps: Sequence[tuple[datetime, int]]) -> Iterator[Span]:
    """While a count was below a number; what it was at first follows from what it is and how it changed."""
    n = now - sum(by for _at, by in steps)
    since = way.created if n < least else None
    for at, by in steps:
        n += by
        if n >= least and since is not None:
            yield since, at
            since = None
        elif n < least and since is None:
            since = at
    if since is not None:
        yield since, None


EPISODES: dict[str, Callable[[Way], Any]] = {
    "stalled": _stalled,
    "objection": lambda way: way.objections,
    "demo_waits": _demo_waits,
    "demo_no_step": _demo_no_step,
    "quote_draft": _quote_draft,
    "quote_unread": _quote_unread,
    "quote_opened": _quote_opened,
    "close_passed": _close,
    "close_near": _close_near,
    "no_next_step": _no_next_step,
    "next_step": _next_step,
    "single_threaded": _single,
    "no_buyer": _no_buyer,
}


# Reading


def _ways(actor: Actor) -> Iterator[list[Way]]:
    """The newest deals, open or closed, BATCH at a time. 7 queries a batch."""
    people, buyer = Count("people"), Count("people", filter=Q(people__role="economic_buyer"))
    rows = Deal.objects.visible_to(actor).order_by("-created_at", "-id").values_list("pk", flat=True)
    ids = list(rows[:MOST_DEALS])
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        asked = Deal.objects.visible_to(actor).filter(pk__in=part).annotate(n_people=people, n_buyer=buyer)
        ways = {
            pk: Way(created, bool(step), n, bool(has))
            for pk, created, step, n, has in asked.values_list("pk", "created_at", "next_step", "n_people", "n_buyer")
        }
        _read_visits(ways)
        _read_nouns(ways)
        _read_journal(ways)
        yield list(ways.values())


def _read_visits(ways: dict[UUID, Way]) -> None:
    columns = (
        "entered_at", "exited_at", "stage__position", "stage__type", "probability_bp", "expected_close_on",
        "stage__stalled_after_days",
    )  # fmt: skip
    rows = StageVisit.objects.filter(deal_id__in=ways).order_by("entered_at", "id").values_list("deal_id", *columns)
    for deal_id, *said in rows:
        ways[deal_id].visits.append(Visit(*said))
    for way in ways.values():
        if way.visits:  # of what was imported: the deal is younger than its way
            way.created = min(way.created, way.visits[0].entered)


def _read_nouns(ways: dict[UUID, Way]) -> None:
    theirs = Objection._base_manager.filter(deal_id__in=ways, deleted_at__isnull=True)
    for deal_id, raised, settled in theirs.values_list("deal_id", "raised_at", "settled_at"):
        ways[deal_id].objections.append((raised, settled))
    shown = Demo._base_manager.filter(deal_id__in=ways, deleted_at__isnull=True)
    for deal_id, starts, state, step in shown.values_list("deal_id", "starts_at", "state", "next_step"):
        ways[deal_id].demos.append((starts, state == HELD, bool(step)))
    offered = Quote.objects.filter(deal_id__in=ways)
    for deal_id, made, sent, seen, answered in offered.values_list(
        "deal_id", "made_at", "sent_at", "seen_at", "answered_at"
    ):
        ways[deal_id].quotes.append((made, sent, seen, answered))


def _read_journal(ways: dict[UUID, Way]) -> None:
    ids = list(ways)
    plain = Mention.objects.filter(record_id__in=ids, kind__in=list(ACTS)).order_by("happened_at", "entry_id")
    for deal_id, kind, at in plain.values_list("record_id", "kind", "happened_at"):
        ways[deal_id].acts.setdefault(ACTS[kind], []).append(at)
    told = Mention.objects.filter(record_id__in=ids, kind__in=(EDITED, PERSON_SET, PERSON_GONE))
    for deal_id, kind, at, facts in told.order_by("happened_at", "entry_id").values_list(
        "record_id", "kind", "happened_at", "entry__facts"
    ):
        way = ways[deal_id]
        if kind == EDITED:
            changes = facts.get("changes", {})
            way.edits.append((at, changes))
            if changes.get("next_step", ("", ""))[1]:
                way.acts.setdefault("step", []).append(at)
            if changes.get("expected_close_on", ("", ""))[1]:
                way.acts.setdefault("close_date", []).append(at)
        elif kind == PERSON_SET:
            way.people.append((at, int(facts.get("before") == "-"), facts.get("role", ""), facts.get("before", "")))
        else:
            way.people.append((at, -1, "", facts.get("role", "")))


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10]) if said else None
    except ValueError:
        return None
