"""Who gets a lead: the first rule that fits it and finds somebody decides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """What rules ask about a lead. owners: who looks after its person and company; folded texts; "" = not known."""

    country: str = ""
    language: str = ""
    source: str = ""
    campaign: str = ""
    owners: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may get leads. away_until: last day of a leave that holds today. Empty lists: everything."""

    id: UUID
    name: str
    name_ar: str
    team_id: UUID | None
    takes_leads: bool
    is_at_work: bool
    open_leads: int = 0
    most_open: int | None = None
    away_until: date | None = None
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    @property
    def is_full(self) -> bool:
        return self.most_open is not None and self.open_leads >= self.most_open


@dataclass(frozen=True, slots=True)
class RuleCard:
    """See models.Rule. Lists are folded; empty = any."""

    id: UUID
    name: str
    name_ar: str
    strategy: str
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    members: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()
    match_country: bool = False
    match_language: bool = False
    skill: str = ""
    at_work: bool = False
    is_active: bool = True
    position: int = 0
    version: int = 1

    def fits(self, asked: Asked) -> bool:
        lists = (
            (self.countries, asked.country),
            (self.languages, asked.language),
            (self.sources, asked.source),
            (self.campaigns, asked.campaign),
        )
        return all(not wanted or one in wanted for wanted, one in lists)

    def in_pool(self, one: Candidate) -> bool:
        """Named, of a named team, or, where a rule names nobody, whoever takes leads."""
        if not self.members and not self.teams:
            return one.takes_leads
        return one.id in self.members or (one.team_id in self.teams and one.takes_leads)


@dataclass(frozen=True, slots=True)
class Passed:
    """Why somebody in the pool did not get it: leave, hours, full, country, language, skill, not_owner."""

    who: Candidate
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets it, by which rule, out of how many that fit; who: None if no rule found anybody.

    passed: of the deciding rule, or of the last one that fitted the lead
    """

    who: Candidate | None
    rule: RuleCard | None
    of: int = 0
    passed: tuple[Passed, ...] = ()


# (rule, member) → when that member last got a lead by that rule
Turn = Mapping[tuple[UUID, UUID], datetime]


@dataclass(frozen=True, slots=True)
class _Fitting:
    rule: RuleCard
    found: list[Candidate] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)


def choose(asked: Asked, rules: Sequence[RuleCard], candidates: Sequence[Candidate], turns: Turn) -> Choice:
    """Go through the rules in their order; candidates in any order, the same result for the same input."""
    nobody = Choice(None, None)
    for rule in rules:
        if not rule.fits(asked):
            continue
        fitting = _fitting(rule, asked, candidates)
        if fitting.found:
            who = _pick(rule, fitting.found, turns)
            return Choice(who, rule, len(fitting.found), tuple(fitting.passed))
        nobody = Choice(None, rule, 0, tuple(fitting.passed))
    return nobody


def _fitting(rule: RuleCard, asked: Asked, candidates: Sequence[Candidate]) -> _Fitting:
    fitting = _Fitting(rule)
    for one in candidates:
        if rule.strategy == "owner":
            if one.id not in asked.owners:
                continue
        elif not rule.in_pool(one):
            continue
        because = passed_over(rule, asked, one)
        if because:
            fitting.passed.append(Passed(one, because))
        else:
            fitting.found.append(one)
    return fitting


def passed_over(rule: RuleCard, asked: Asked, one: Candidate) -> str:
    """Why somebody of the pool cannot get it; "" if they can."""
    if one.away_until is not None:
        return "leave"
    if rule.strategy == "owner":
        return ""
    if rule.at_work and not one.is_at_work:
        return "hours"
    if one.is_full:
        return "full"
    if rule.match_country and one.countries and asked.country not in one.countries:
        return "country"
    if rule.match_language and one.languages and asked.language and asked.language not in one.languages:
        return "language"
    if rule.skill and rule.skill not in one.skills:
        return "skill"
    return ""


def _pick(rule: RuleCard, found: Sequence[Candidate], turns: Turn) -> Candidate:
    """Who never had a turn comes first, then who waited longest; with least_load whoever has fewest open leads."""

    def order(one: Candidate) -> tuple[int, bool, float, str, str]:
        last = turns.get((rule.id, one.id))
        load = one.open_leads if rule.strategy == "least_load" else 0
        return load, last is not None, last.timestamp() if last else 0.0, one.name, str(one.id)

    return min(found, key=order)
