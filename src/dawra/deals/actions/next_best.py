"""Saying what one thinks of a proposal, and setting up what is proposed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.access.kinds import fetch
from dawra.deals import money
from dawra.deals.models import NextBestDismissal, NextBestRule
from dawra.deals.models.next_best import DISMISSED_FOR, NOT_RELEVANT, OTHER
from dawra.deals.next_best_seeds import SEEDS
from dawra.deals.queries.next_best import proposed
from dawra.figures.next_best import ACTS, CONDITIONS, OF_LEADS
from dawra.journal import actions as journal
from dawra.journal.actions import Mentionable
from dawra.journal.catalogue import next_best as told
from dawra.journal.models import Entry

WORK = {"deal": "deals.work", "lead": "prospecting.work"}
OF_LEAD_ACTS = ("call", "email", "meeting")
MOST_RULES, MOST_DAYS, MOST_PC = 60, 365, 1000


# What is thought of a proposal


@dataclass(frozen=True, slots=True)
class Dismissal:
    """kind: deal or lead. reason: one of DISMISSED_FOR; "other" needs words."""

    rule_id: UUID
    kind: str
    record_id: UUID
    reason: str
    words: str = ""


@transaction.atomic
def dismiss(actor: Actor, *, said: Dismissal) -> Entry:
    """A proposal is not wanted, and why: it comes back when its condition newly arises, and counts in the rule's record.

    Writes:  deals.next_best_dismissed.1
    Raises:  Refused, NotFound, Invalid, Conflict (nothing is proposed there any more)
    """
    actor.must(WORK.get(said.kind, "deals.work"))
    if said.reason not in DISMISSED_FOR:
        raise Invalid(_("Choose a reason."), field="reason")
    if said.reason == OTHER and not said.words.strip():
        raise Invalid(_("Say why in a few words."), field="words")
    if said.kind not in WORK:
        raise NotFound()
    record: Any = fetch(actor, said.kind, said.record_id)
    rule = NextBestRule.objects.filter(pk=said.rule_id).first()
    if rule is None:
        raise NotFound()
    sign = proposed(actor, rule, said.kind, said.record_id, money.books())
    if sign is None:
        raise Conflict(_("This is no longer proposed."))
    of = {f"{said.kind}_id": said.record_id}
    NextBestDismissal.objects.filter(rule=rule, ended_at__isnull=True, **of).update(ended_at=actor.now)
    row = NextBestDismissal.objects.create(
        rule=rule,
        mark=sign.mark[:60],
        reason=said.reason,
        words=said.words.strip()[:400],
        dismissed_at=actor.now,
        dismissed_by_id=actor.member_id,
        **of,
    )
    _recount(rule)
    fact = told.NextBestDismissed(
        row.pk, rule.pk, rule.name, said.kind, said.record_id, said.reason, _name_of(record), row.words
    )
    return journal.write(actor, fact, about=_about(record))


@transaction.atomic
def want_again(actor: Actor, *, dismissal_id: UUID, cause: Entry | None = None) -> Entry:
    """A dismissal is taken back: it counts no more, and what still holds is proposed again.

    Writes:  deals.next_best_wanted_again.1
    Raises:  Refused, NotFound
    """
    row = NextBestDismissal.objects.filter(pk=dismissal_id).select_related("rule").first()
    if row is None:
        raise NotFound()
    kind, record_id = ("deal", row.deal_id) if row.deal_id else ("lead", row.lead_id)
    assert record_id, "the table sees to it that it is about one of the two"
    actor.must(WORK[kind])
    record: Any = fetch(actor, kind, record_id)
    row.delete()
    _recount(row.rule)
    fact = told.NextBestWantedAgain(row.rule_id, row.rule.name, kind, record_id, _name_of(record))
    return journal.write(actor, fact, about=_about(record), cause=cause)


def _recount(rule: NextBestRule) -> None:
    n = NextBestDismissal.objects.filter(rule=rule, reason=NOT_RELEVANT).count()
    NextBestRule.objects.filter(pk=rule.pk).update(dismissed=n)


def _name_of(record: Any) -> str:
    about = record if record.kind == "deal" else record.person or record.company
    return str(about.name)[:200] if about else ""


def _about(record: Any) -> list[Mentionable]:
    return [record]


# What is proposed


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """See models.NextBestRule. Shares in basis points, percentages whole."""

    name: str
    condition: str
    act: str
    name_ar: str = ""
    days: int = 0
    least: int = 0
    from_bp: int = 0
    to_bp: int = 10_000
    urgent_from_pc: int = 100
    urgent_to_pc: int = 100
    urgent_days: int = 0
    weight_pc: int = 100
    follow_days: int = 7
    moved_days: int = 30
    is_active: bool = True


@transaction.atomic
def save_rule(
    actor: Actor, *, said: RuleSaid, rule_id: UUID | None = None, version: int | None = None, cause: Entry | None = None
) -> NextBestRule:
    """Add a rule, change one, or switch it on or off. With another condition or act it begins a new record.

    Writes:  deals.next_best_rule_saved.1 (nothing if nothing changed)
    Raises:  Refused, NotFound, Invalid, Conflict (changed meanwhile, or too many)
    """
    actor.must("deals.pipelines")
    row = NextBestRule.objects.filter(pk=rule_id).first() if rule_id else NextBestRule(position=_last())
    if row is None:
        raise NotFound()
    wanted = asdict(_checked(said))
    if rule_id is None and NextBestRule.objects.count() >= MOST_RULES:
        raise Conflict(_("There can be at most %(most)s rules."), most=MOST_RULES)
    if version is not None and rule_id and row.version != version:
        raise Conflict(_("Somebody changed this rule meanwhile. Look at it again."))
    changes = {name: [getattr(row, name), value] for name, value in wanted.items() if getattr(row, name) != value}
    if rule_id and not changes:
        return row
    if {"condition", "act"} & set(changes) and rule_id:
        wanted |= {"followed": 0, "moved": 0, "counted_at": None}
    if rule_id:
        changed = NextBestRule.objects.filter(pk=row.pk, version=row.version).update(**wanted, version=row.version + 1)
        if not changed:
            raise Conflict(_("Somebody changed this rule meanwhile. Look at it again."))
        row.refresh_from_db()
    else:
        row = NextBestRule.objects.create(position=row.position, **wanted)
    journal.write(actor, told.NextBestRuleSaved(row.pk, row.name, changes), about=[], cause=cause)
    return row


@transaction.atomic
def order_rules(actor: Actor, *, rule_ids: Sequence[UUID], cause: Entry | None = None) -> Entry:
    """Which rule comes first where two proposals are worth the same, and in the list.

    Writes:  deals.next_best_rules_ordered.1
    Raises:  Refused, Invalid (not each rule once)
    """
    actor.must("deals.pipelines")
    rows = {row.pk: row for row in NextBestRule.objects.all()}
    if set(rule_ids) != set(rows) or len(rule_ids) != len(rows):
        raise Invalid(_("Name each rule once."), field="rules")
    before = [str(row.pk) for row in sorted(rows.values(), key=lambda row: (row.position, row.pk))]
    for position, rule_id in enumerate(rule_ids):
        rows[rule_id].position = position
    NextBestRule.objects.bulk_update(rows.values(), ["position"])
    fact = told.NextBestRulesOrdered(before, [str(one) for one in rule_ids])
    return journal.write(actor, fact, about=[], cause=cause)


@transaction.atomic
def load_starter_rules(actor: Actor) -> int:
    """The rules that come with the house; those that are there already stay as they are. Gives how many were added.

    Writes:  deals.starter_next_best_loaded.1 (nothing if none was missing)
    Raises:  Refused
    """
    actor.must("deals.pipelines")
    there = set(NextBestRule.objects.exclude(code="").values_list("code", flat=True))
    start = _last()
    missing = [seed for seed in SEEDS if seed.code not in there]
    NextBestRule.objects.bulk_create(NextBestRule(**seed.values(start + place)) for place, seed in enumerate(missing))
    if missing:
        journal.write(actor, told.StarterNextBestLoaded(len(missing)), about=[])
    return len(missing)


def _last() -> int:
    last = NextBestRule.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _checked(said: RuleSaid) -> RuleSaid:
    """Raises Invalid."""
    if not said.name.strip():
        raise Invalid(_("A rule needs a name."), field="name")
    if said.condition not in CONDITIONS:
        raise Invalid(_("There is no such condition."), field="condition")
    if said.act not in ACTS or (said.condition in OF_LEADS and said.act not in OF_LEAD_ACTS):
        raise Invalid(_("This act does not go with that condition."), field="act")
    if not 0 <= said.from_bp <= said.to_bp <= 10_000:
        raise Invalid(_("The lower probability comes first; both are between 0 and 100 percent."), field="from_bp")
    limits = {
        "days": MOST_DAYS,
        "urgent_days": MOST_DAYS,
        "follow_days": MOST_DAYS,
        "moved_days": MOST_DAYS,
    } | dict.fromkeys(("urgent_from_pc", "urgent_to_pc", "weight_pc", "least"), MOST_PC)
    for name, most in limits.items():
        if not 0 <= getattr(said, name) <= most:
            raise Invalid(_("Write a whole number from 0 to %(most)s."), field=name, most=most)
    return replace(said, name=said.name.strip()[:120], name_ar=said.name_ar.strip()[:120])
