"""What to do next: rules as data, ranked by value × urgency × what the rule has moved so far. Pure.

A rule proposes an act on a record while a sign holds. All sums are of whole numbers, so the same day gives the same order
everywhere. Percentages here are whole: 100 leaves a value as it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dawra.figures.objections import Share, share_of_n

# What can be told of a record, and so what a rule can wait for. It does no harm: a word that is not here fires nothing.
OF_DEALS = (
    "next_step", "no_next_step", "stalled", "objection", "demo_waits", "demo_no_step", "quote_draft", "quote_unread",
    "quote_opened", "close_passed", "close_near", "unqualified", "brief", "no_buyer", "buyer_silent", "single_threaded",
)  # fmt: skip
OF_LEADS = ("lead_overdue", "lead_waits")
CONDITIONS = OF_DEALS + OF_LEADS
AHEAD = frozenset({"close_near"})  # their day lies before us: days are counted until then
COUNTED = frozenset({"unqualified", "single_threaded"})  # they hold below a number, the rule's `least`
UNTRACED = frozenset({"unqualified", "brief", "buyer_silent"})  # of which nothing tells when they held

ACTS = (
    "call", "email", "meeting", "step", "close_date", "answer", "demo", "quote", "qualify", "research", "person",
)  # fmt: skip

PRIOR = 20  # a rule's own record weighs as much as everybody's once it was followed so often
LEAST_CASES = 10  # below it a share is not shown
LEAST_PC, MOST_PC = 50, 200


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that holds of a record. on: since which day, or the day ahead. mark: which occurrence it is.

    count: for COUNTED. detail: a word or two of the record itself that belong into the reason
    """

    on: date
    mark: str = ""
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a rule's proposals. moved of followed; dismissed: as not relevant, so they moved nothing."""

    followed: int = 0
    moved: int = 0
    dismissed: int = 0

    @property
    def n(self) -> int:
        return self.followed + self.dismissed

    @property
    def share(self) -> Share:
        """Of what was followed. Source: Wilson 1927, JASA 22(158), 209-212."""
        return share_of_n(self.moved, self.followed)

    @property
    def is_little(self) -> bool:
        return self.followed < LEAST_CASES


@dataclass(frozen=True, slots=True)
class Urgency:
    """How much a proposal presses: from_pc on its first day, to_pc once it has stood for `days`, a straight line between."""

    from_pc: int = 100
    to_pc: int = 100
    days: int = 0

    def after(self, days: int) -> int:
        if self.days <= 0:
            return self.from_pc
        if days >= self.days:
            return self.to_pc
        return self.from_pc + (self.to_pc - self.from_pc) * max(days, 0) // self.days


@dataclass(frozen=True, slots=True)
class Rule:
    """days: for how long the sign must have held (for AHEAD: how near its day must be). from_bp, to_bp: the probability
    of the deals it is for. least: for COUNTED. position: which of two equals comes first.
    """

    id: UUID
    condition: str
    act: str
    days: int = 0
    least: int = 0
    from_bp: int = 0
    to_bp: int = 10_000
    urgency: Urgency = Urgency()
    weight_pc: int = 100
    position: int = 0
    record: Record = Record()


@dataclass(frozen=True, slots=True)
class Subject:
    """A deal or a lead. value_minor: what may be expected of it, in the base currency. signs: by condition."""

    id: UUID
    value_minor: int
    signs: Mapping[str, Sign]
    probability_bp: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One act on one record. score = value × urgency × record × weight, in minor units. days: how long, or how near."""

    subject_id: UUID
    rule: Rule
    sign: Sign
    days: int
    value_minor: int
    urgency_pc: int
    record_pc: int
    score: int


Unwanted = tuple[UUID, UUID, str]  # record, rule, mark


def fires(rule: Rule, subject: Subject, today: date) -> int | None:
    """For how many days the sign has held, or in how many its day is; None while the rule does not propose."""
    sign = subject.signs.get(rule.condition)
    if sign is None or not rule.from_bp <= subject.probability_bp <= rule.to_bp:
        return None
    if rule.condition in COUNTED and sign.count >= rule.least:
        return None
    days = (today - sign.on).days
    if rule.condition in AHEAD:
        return -days if 0 <= -days <= rule.days else None
    return days if days >= rule.days else None


def common_of(records: Iterable[Record]) -> Record:
    """Everybody's together: the rate towards which each rule is shrunk."""
    found = list(records)
    return Record(*(sum(getattr(one, name) for one in found) for name in ("followed", "moved", "dismissed")))


def record_pc(record: Record, common: Record) -> int:
    """How much more, or less, a rule moves than all of them do, in percent; 100 while nothing is known.

    Takes:   moved m of n, everybody's M of N      Gives: 100 · ((m + k·M/N) / (n + k)) / (M/N), held within 50 and 200
    Source:  the mean of a beta prior that weighs k = 20 cases (Efron & Morris 1975, JASA 70(350), 311-319: shrinkage)
    """
    if not common.moved or not common.n:
        return 100
    above = 100 * (record.moved * common.n + PRIOR * common.moved)
    below = common.moved * (record.n + PRIOR)
    return min(max((2 * above + below) // (2 * below), LEAST_PC), MOST_PC)


def rank(
    subjects: Iterable[Subject], rules: Sequence[Rule], today: date, unwanted: Collection[Unwanted] = ()
) -> list[Proposal]:
    """At most one proposal for each record, its strongest; what is worth most today first.

    unwanted: which occurrences were dismissed; a condition that newly arises is proposed again
    Order:  score, then what presses more, then the rules' own order, then the id
    Beware: a rule's record is association, not cause: whoever follows up also sells well
    """
    common = common_of(rule.record for rule in rules)
    learnt = {rule.id: record_pc(rule.record, common) for rule in rules}
    best: dict[UUID, Proposal] = {}
    for subject in subjects:
        for rule in rules:
            days = fires(rule, subject, today)
            if days is None or (subject.id, rule.id, subject.signs[rule.condition].mark) in unwanted:
                continue
            stood = rule.days - days if rule.condition in AHEAD else days - rule.days
            found = _proposal(subject, rule, days, rule.urgency.after(stood), learnt[rule.id])
            there = best.get(subject.id)
            if there is None or _place(found) < _place(there):
                best[subject.id] = found
    return sorted(best.values(), key=_place)


def _proposal(subject: Subject, rule: Rule, days: int, urgency_pc: int, learnt_pc: int) -> Proposal:
    score = subject.value_minor * urgency_pc * learnt_pc * rule.weight_pc // 1_000_000
    return Proposal(
        subject.id, rule, subject.signs[rule.condition], days, subject.value_minor, urgency_pc, learnt_pc, score
    )


def _place(one: Proposal) -> tuple[int, int, int, int]:
    return -one.score, -one.urgency_pc * one.record_pc * one.rule.weight_pc, one.rule.position, one.subject_id.int


# What became of proposals


@dataclass(frozen=True, slots=True)
class Episode:
    """While a proposal would have stood. until: when its sign went, None while it still holds."""

    began: datetime
    until: datetime | None = None


def followed(
    episodes: Iterable[Episode],
    acts: Sequence[datetime],
    moves: Sequence[datetime],
    now: datetime,
    within: timedelta,
    moved_within: timedelta,
) -> Record:
    """How often the act was done while the proposal stood, and how often the deal then moved.

    acts, moves:  moments of one record, in order
    Counts:       the first act from the episode's beginning until its end, at most `within` later. It moved something if
                  the deal went forward after it, at most `moved_within` later. An act so young that this time has not
                  passed yet is not counted, moved or not: otherwise quick success would be overstated.
    """
    n = moved = 0
    for one in episodes:
        last = min(one.began + within, one.until or now, now)
        place = bisect_left(acts, one.began)
        if place == len(acts) or acts[place] > last or acts[place] + moved_within > now:
            continue
        n += 1
        then = bisect_right(moves, acts[place])
        moved += then < len(moves) and moves[then] <= acts[place] + moved_within
    return Record(n, moved)
