"""What is set up once: the response target, holidays, reject reasons, what sellers take, the rules of assignment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound, Stale
from dawra.customers import places
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue import prospecting as told
from dawra.journal.models import Entry
from dawra.prospecting import seeds
from dawra.prospecting.models import Holiday, RejectReason, Rule, Seller, Settings
from dawra.prospecting.models.assignment import STRATEGIES
from dawra.team.colleagues import colleagues
from dawra.team.rules import working_hours

MOST_MINUTES = 60 * 24 * 30
MOST_RULES = 100


@transaction.atomic
def start_with_defaults(actor: Actor) -> None:
    """Reasons to reject and two rules, in a workspace that has none."""
    actor.must("prospecting.manage")
    for position, (code, name, name_ar) in enumerate(seeds.REASONS):
        RejectReason.objects.get_or_create(code=code, defaults={"name": name, "name_ar": name_ar, "position": position})
    if Rule.objects.exists():
        return
    for position, (name, name_ar, strategy) in enumerate(seeds.RULES):
        rule = Rule.objects.create(name=name, name_ar=name_ar, strategy=strategy, position=position, is_active=True)
        journal.write(actor, told.RuleSaved(rule.pk, rule.name, {"is_active": [False, True]}), about=[])


@transaction.atomic
def set_promise(
    actor: Actor, *, target_minutes: int, hours: Mapping[str, Sequence[str]], cause: Entry | None = None
) -> Entry | None:
    """In how many minutes of working time, within which hours, whoever asks hears from a person. For leads from now on.

    hours:   {"1": ["09:00", "17:00"]} by ISO weekday; {} = the usual ones
    Writes:  prospecting.promise_set.1
    Raises:  Refused, Invalid
    """
    actor.must("prospecting.manage")
    if not 1 <= target_minutes <= MOST_MINUTES:
        raise Invalid(_("Write minutes from 1 to %(most)s."), field="target_minutes", most=MOST_MINUTES)
    kept = working_hours(hours)
    if kept is None:
        raise Invalid(_("Write each day's hours as 09:00 and 17:00, the end after the beginning."), field="hours")
    row = Settings.objects.filter(pk=1).first() or Settings(pk=1)
    wanted = {"target_minutes": target_minutes, "hours": kept}
    changes = _changes(row, wanted)
    if not changes:
        return None
    row.version += 1
    row.save()
    return journal.write(actor, told.PromiseSet(changes), about=[], cause=cause)


@transaction.atomic
def set_holiday(actor: Actor, *, on: date, name: str, name_ar: str = "", cause: Entry | None = None) -> Entry:
    """On that day the clocks stand still.

    Writes:  prospecting.holiday_set.1
    Raises:  Refused, Invalid
    """
    actor.must("prospecting.manage")
    if not name.strip():
        raise Invalid(_("Write the holiday's name."), field="name")
    there = Holiday.objects.filter(pk=on).first()
    before = [there.name, there.name_ar] if there else []
    Holiday.objects.update_or_create(on=on, defaults={"name": name.strip()[:80], "name_ar": name_ar.strip()[:80]})
    return journal.write(actor, told.HolidaySet(on.isoformat(), name.strip()[:80], before), about=[], cause=cause)


@transaction.atomic
def remove_holiday(actor: Actor, *, on: date, cause: Entry | None = None) -> Entry:
    """That day is a working day after all.

    Writes:  prospecting.holiday_removed.1
    Raises:  Refused, NotFound
    """
    actor.must("prospecting.manage")
    row = Holiday.objects.filter(pk=on).first()
    if row is None:
        raise NotFound()
    row.delete()
    fact = told.HolidayRemoved(on.isoformat(), row.name, row.name_ar)
    return journal.write(actor, fact, about=[], cause=cause)


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    name: str
    name_ar: str = ""
    archived: bool = False


@transaction.atomic
def save_reason(
    actor: Actor, *, said: ReasonSaid, reason_id: UUID | None = None, cause: Entry | None = None
) -> RejectReason:
    """Add a reject reason, rename one, or put it away; leads rejected with it keep it, its code never changes.

    Writes:  prospecting.reason_saved.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("prospecting.manage")
    reason = RejectReason.objects.filter(pk=reason_id).first() if reason_id else None
    if reason_id and reason is None:
        raise NotFound()
    if not said.name.strip():
        raise Invalid(_("A reason needs a name."), field="name")
    if reason is None:
        taken = set(RejectReason.objects.values_list("code", flat=True))
        plain = slugify(fold(said.name)).replace("-", "_")[:30] or "reason"
        code = next(c for n in range(1, 1000) if (c := plain if n == 1 else f"{plain}_{n}") not in taken)
        reason = RejectReason(code=code, position=len(taken))
    wanted = {
        "name": said.name.strip()[:80],
        "name_ar": said.name_ar.strip()[:80],
        "archived_at": (reason.archived_at or actor.now) if said.archived else None,
    }
    changes = _changes(reason, wanted)
    reason.save()
    journal.write(actor, told.RejectReasonSaved(reason.pk, reason.name, changes), about=[], cause=cause)
    return reason


@dataclass(frozen=True, slots=True)
class SellerSaid:
    """Empty lists: everything. most_open: None = no limit."""

    takes_leads: bool = True
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    most_open: int | None = None


@transaction.atomic
def save_seller(actor: Actor, *, member_id: UUID, said: SellerSaid, cause: Entry | None = None) -> Entry | None:
    """What a member takes: whether at all, from which countries, in which languages, how many at once.

    Writes:  prospecting.seller_saved.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("prospecting.manage")
    member = next(iter(colleagues([member_id])), None)
    if member is None:
        raise NotFound()
    if said.most_open is not None and not 0 < said.most_open < 10_000:
        raise Invalid(_("Write a whole number, 1 or more."), field="most_open")
    row = Seller.objects.filter(pk=member_id).first() or Seller(member_id=member_id, takes_leads=False, version=0)
    wanted = {
        "takes_leads": said.takes_leads,
        "countries": _countries(said.countries),
        "languages": _languages(said.languages),
        "skills": _words(said.skills),
        "most_open": said.most_open,
    }
    changes = _changes(row, wanted)
    if not changes and row.version:
        return None
    row.version += 1
    row.save()
    return journal.write(actor, told.SellerSaved(member_id, changes, member.name), about=[], cause=cause)


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """See models.Rule."""

    name: str
    name_ar: str = ""
    strategy: str = "round_robin"
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    members: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()
    match_country: bool = False
    match_language: bool = False
    skill: str = ""
    at_work: bool = False
    is_active: bool = False
    archived: bool = False


@transaction.atomic
def save_rule(
    actor: Actor,
    *,
    said: RuleSaid,
    rule_id: UUID | None = None,
    version: int | None = None,
    cause: Entry | None = None,
) -> Rule:
    """Add a rule at the end, or change one. It gives out leads from the moment it is switched on.

    Writes:  prospecting.rule_saved.1, nothing if nothing differs
    Raises:  Refused, NotFound, Invalid, Stale
    """
    actor.must("prospecting.manage")
    rule = Rule.objects.filter(pk=rule_id).first() if rule_id else Rule(position=Rule.objects.count(), version=0)
    if rule is None:
        raise NotFound()
    if version is not None and version != rule.version:
        raise Stale(record="rule", id=rule.pk, version=rule.version, theirs={}, yours={})
    if not said.name.strip():
        raise Invalid(_("A rule needs a name."), field="name")
    if said.strategy not in STRATEGIES:
        raise Invalid(_("Choose how somebody is chosen."), field="strategy")
    if rule_id is None and Rule.objects.filter(archived_at__isnull=True).count() >= MOST_RULES:
        raise Invalid(_("There are %(most)s rules already."), field="name", most=MOST_RULES)
    if said.members and len(colleagues(said.members)) != len(set(said.members)):
        raise Invalid(_("Choose active members."), field="members")
    changes = _changes(rule, _of_rule(actor, rule, said))
    if changes or not rule_id:
        rule.version += 1
        rule.save()
        journal.write(actor, told.RuleSaved(rule.pk, rule.name, changes), about=[], cause=cause)
    return rule


def _of_rule(actor: Actor, rule: Rule, said: RuleSaid) -> dict[str, Any]:
    conditions = {
        "countries": _countries(said.countries), "languages": _languages(said.languages), "sources": _words(said.sources),
        "campaigns": _words(said.campaigns),
    }  # fmt: skip
    return {
        "name": said.name.strip()[:80],
        "name_ar": said.name_ar.strip()[:80],
        "strategy": said.strategy,
        "conditions": {name: kept for name, kept in conditions.items() if kept},
        "members": [str(one) for one in dict.fromkeys(said.members)],
        "teams": [str(one) for one in dict.fromkeys(said.teams)],
        "match_country": said.match_country,
        "match_language": said.match_language,
        "skill": said.skill.strip()[:60],
        "at_work": said.at_work,
        "is_active": said.is_active and not said.archived,
        "archived_at": (rule.archived_at or actor.now) if said.archived else None,
    }


@transaction.atomic
def order_rules(actor: Actor, *, rule_ids: Sequence[UUID], cause: Entry | None = None) -> Entry | None:
    """Put the rules into another order: the first one that finds somebody decides.

    rule_ids: every rule in use, once
    Writes:   prospecting.rules_ordered.1
    Raises:   Refused, Invalid
    """
    actor.must("prospecting.manage")
    rows = list(Rule.objects.filter(archived_at__isnull=True).order_by("position", "id"))
    before = [row.pk for row in rows]
    if sorted(rule_ids) != sorted(before):
        raise Invalid(_("Name every rule once."), field="rule_ids")
    if list(rule_ids) == before:
        return None
    place = {key: number for number, key in enumerate(rule_ids)}
    for row in rows:
        Rule.objects.filter(pk=row.pk).update(position=place[row.pk])
    return journal.write(actor, told.RulesOrdered(before, list(rule_ids)), about=[], cause=cause)


def _changes(row: Any, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Sets what differs; field → [before, after], plain."""
    changes = {name: [getattr(row, name), value] for name, value in wanted.items() if getattr(row, name) != value}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    return {name: [as_plain(one) for one in pair] for name, pair in changes.items()}


def _countries(codes: Sequence[str]) -> list[str]:
    found = [code.upper() for code in dict.fromkeys(codes) if code]
    if unknown := [code for code in found if code not in places.COUNTRIES]:
        raise Invalid(_("“%(code)s” is not the code of a country."), field="countries", code=unknown[0][:10])
    return found


def _languages(codes: Sequence[str]) -> list[str]:
    found = [code.lower() for code in dict.fromkeys(codes) if code]
    if any(len(code) != 2 or not code.isascii() for code in found):
        raise Invalid(_("Choose a language."), field="languages")
    return found


def _words(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(word.replace("\0", "").split())[:60] for word in words if word.strip()))[:50]
