"""The sentences stories are made of: each does what a person does, through the same actions, or says what must be true.

    @step('{who} adds the company "{name}"')       {word}: letters; "{text}": anything between quotes; {rest}: to the end

A line that no sentence fits fails the story: prose that proves nothing is written outside the steps.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from dawra.access.actions.sharing import With, share
from dawra.access.errors import Answer, NotFound
from dawra.customers.actions.activities import Happening, Plan, finish_task, log_activity, plan_activity
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.notes import write_note
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.models import Activity
from dawra.customers.search import find
from dawra.deals.actions import closing, criteria, lines, moving, people
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.editing import edit_deal
from dawra.deals.actions.splits import Split, set_splits
from dawra.deals.models import Deal, StageOverride, StageVisit
from dawra.journal.undo import undo
from dawra.prospecting.actions.briefs import Said, write_brief
from dawra.prospecting.queries.briefs import brief_is_enough
from dawra.prospecting.rules.briefs import SLOTS
from dawra.prospecting.rules.research import proposals
from dawra.team.queries.notices import unread
from tests.stories.teller import Teller, minor, moment

Act = Callable[..., None]
STEPS: list[tuple[re.Pattern[str], Act]] = []
FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "close date": ("expected_close_on", lambda text: moment(text).date()),
    "next step": ("next_step", str),
    "day of the next step": ("next_step_on", lambda text: moment(text).date()),
    "pain": ("about", str),
    "competitor": ("competitors", lambda text: [text]),
    "amount": ("amount_minor", minor),
}


def step(sentence: str) -> Callable[[Act], Act]:
    """Register what a sentence does."""
    pattern = re.escape(sentence).replace(r"\ ", " ").replace(r"\{", "{").replace(r"\}", "}")
    pattern = re.sub(r'"\{(\w+)\}"', r'"(?P<\1>[^"]+)"', pattern)
    pattern = re.sub(r"\{rest_(\w+)\}", r"(?P<\1>.+)", pattern)
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[\\w.:@/-]+|[\\d,.]+)", pattern)

    def register(act: Act) -> Act:
        STEPS.append((re.compile(f"^{pattern}$"), act))
        return act

    return register


def tell(teller: Teller, line: str) -> None:
    """Do one step. Raises AssertionError for a sentence nobody knows."""
    line = line.removesuffix(".")
    for pattern, act in STEPS:
        found = pattern.match(line)
        if found:
            act(teller, **found.groupdict())
            return
    raise AssertionError(f"no sentence fits: {line}")


@step("It is {rest_when}")
def _it_is(teller: Teller, when: str) -> None:
    teller.now = moment(when)


# Finding and adding


@step('{who} adds the company "{name}" with site {site}')
def _company(teller: Teller, who: str, name: str, site: str) -> None:
    plan = NewCompany(name=name, points=(NewPoint("site", site),))
    teller.last = add_company(teller.actor(who), plan=plan).entry


@step('{who} adds the person "{name}", "{title}" at "{company}", with e-mail {mail}')
def _person(teller: Teller, who: str, name: str, title: str, company: str, mail: str) -> None:
    points = (NewPoint("email", mail),)
    plan = NewPerson(name=name, title=title, company_id=teller.company(company).pk, points=points)
    teller.last = add_person(teller.actor(who), plan=plan).entry


@step('{who} cannot add the person "{name}" with e-mail {mail} again')
def _duplicate(teller: Teller, who: str, name: str, mail: str) -> None:
    with pytest.raises(Answer):
        add_person(teller.actor(who), plan=NewPerson(name=name, points=(NewPoint("email", mail),)))


@step('{who} adds the deal "{name}" with "{company}" worth SAR {amount}')
def _deal(teller: Teller, who: str, name: str, company: str, amount: str) -> None:
    new = NewDeal(name=name, company_id=teller.company(company).pk, amount_minor=minor(amount))
    add_deal(teller.actor(who), new=new)


@step('{who} finds "{name}" by typing "{text}"')
def _finds(teller: Teller, who: str, name: str, text: str) -> None:
    assert name in [one.title for one in find(teller.actor(who), text)]


@step('{who} finds nothing by typing "{text}"')
def _finds_nothing(teller: Teller, who: str, text: str) -> None:
    assert find(teller.actor(who), text) == []


@step('{who} cannot see the deal "{name}"')
def _hidden(teller: Teller, who: str, name: str) -> None:
    with pytest.raises(NotFound):
        Deal.fetch(teller.actor(who), teller.deal(name).pk)


@step('{who} sees the deal "{name}"')
def _seen(teller: Teller, who: str, name: str) -> None:
    assert Deal.fetch(teller.actor(who), teller.deal(name).pk)


@step('{who} shares the deal "{name}" with {whom} because "{why}"')
def _shares(teller: Teller, who: str, name: str, whom: str, why: str) -> None:
    with_whom = With("member", teller.member(whom).pk)
    teller.last = share(teller.actor(who), record=teller.deal(name), with_whom=with_whom, reason=why)


# Knowing more


@step('{who} names "{person}" the {role} of "{deal}"')
def _role(teller: Teller, who: str, person: str, role: str, deal: str) -> None:
    code = role.replace("-", "_")
    actor, row = teller.actor(who), teller.deal(deal)
    teller.last = people.set_person(actor, deal_id=row.pk, person_id=teller.person(person).pk, role=code)


@step('{who} sets the {rest_field} of "{deal}" to "{value}"')
def _sets(teller: Teller, who: str, field: str, deal: str, value: str) -> None:
    column, read = FIELDS[field]
    teller.last = edit_deal(teller.actor(who), deal_id=teller.deal(deal).pk, values={column: read(value)})


@step('{who} ticks "{box}" on "{deal}"')
def _ticks(teller: Teller, who: str, box: str, deal: str) -> None:
    row = teller.deal(deal)
    teller.last = criteria.tick(teller.actor(who), deal_id=row.pk, criterion_id=teller.box(row, box).pk, ticked=True)


@step('{who} logs a {what} about "{name}": "{words}"')
def _logs(teller: Teller, who: str, what: str, name: str, words: str) -> None:
    actor = teller.actor(who)
    said = Happening(what.replace("-", ""), actor.now, words)
    teller.last = log_activity(actor, records=[teller.record(name)], said=said).entry


@step('{who} writes the note "{words}" on "{name}"')
def _notes(teller: Teller, who: str, words: str, name: str) -> None:
    teller.last = write_note(teller.actor(who), records=[teller.record(name)], body=words).entry


@step('{who} plans the {what} "{title}" about "{name}" for {rest_when}')
def _plans(teller: Teller, who: str, what: str, title: str, name: str, when: str) -> None:
    plan = Plan(title, moment(when), what=what)
    teller.last = plan_activity(teller.actor(who), records=[teller.record(name)], plan=plan).entry


@step('{who} finishes "{title}"')
def _finishes(teller: Teller, who: str, title: str) -> None:
    activity = Activity._base_manager.get(title=title)
    teller.last = finish_task(teller.actor(who), activity_id=activity.pk).entry


@step('{who} sells {count} "{what}" at SAR {price} each in "{deal}", {percent} percent off')
def _lines(teller: Teller, who: str, count: str, what: str, price: str, deal: str, percent: str) -> None:
    line = lines.NewLine(Decimal(count), minor(price), name=what, discount_bp=int(Decimal(percent) * 100))
    teller.last = lines.set_lines(teller.actor(who), deal_id=teller.deal(deal).pk, lines=[line])


@step('{who} gives {share} percent of the credit of "{deal}" to {whom}')
def _splits(teller: Teller, who: str, share: str, deal: str, whom: str) -> None:
    part, actor = int(share) * 100, teller.actor(who)
    shares = [Split(teller.member(who).pk, 10_000 - part), Split(teller.member(whom).pk, part)]
    teller.last = set_splits(actor, deal_id=teller.deal(deal).pk, shares=shares)


# Moving and closing


@step('{who} moves "{deal}" to "{stage}"')
def _moves(teller: Teller, who: str, deal: str, stage: str) -> None:
    row = teller.deal(deal)
    to = moving.Move(teller.stage(row, stage).pk)
    teller.last = moving.move_deal(teller.actor(who), deal_id=row.pk, move=to)


@step('{who} moves "{deal}" to "{stage}" all the same, because "{why}"')
def _overrides(teller: Teller, who: str, deal: str, stage: str, why: str) -> None:
    row = teller.deal(deal)
    to = moving.Move(teller.stage(row, stage).pk, override=why)
    teller.last = moving.move_deal(teller.actor(who), deal_id=row.pk, move=to)
    assert StageOverride.objects.filter(deal=row, reason=why).exists()


@step('{who} cannot move "{deal}" to "{stage}" yet: "{missing}" is missing')
def _held(teller: Teller, who: str, deal: str, stage: str, missing: str) -> None:
    row = teller.deal(deal)
    with pytest.raises(moving.CriteriaUnmet) as asked:
        moving.move_deal(teller.actor(who), deal_id=row.pk, move=moving.Move(teller.stage(row, stage).pk))
    assert missing in [one["name"] for one in asked.value.facts["unmet"]]


@step('{who} wins "{deal}": "{reason}", "{words}"')
def _wins(teller: Teller, who: str, deal: str, reason: str, words: str) -> None:
    close = closing.Close(teller.reason("won", reason), words)
    teller.last = closing.win_deal(teller.actor(who), deal_id=teller.deal(deal).pk, close=close)


@step('{who} loses "{deal}": "{reason}", "{words}"')
def _loses(teller: Teller, who: str, deal: str, reason: str, words: str) -> None:
    close = closing.Close(teller.reason("lost", reason), words)
    teller.last = closing.lose_deal(teller.actor(who), deal_id=teller.deal(deal).pk, close=close)


@step('{who} reopens "{deal}"')
def _reopens(teller: Teller, who: str, deal: str) -> None:
    teller.last = closing.reopen_deal(teller.actor(who), deal_id=teller.deal(deal).pk)


@step("{who} takes that back")
def _back(teller: Teller, who: str) -> None:
    assert teller.last is not None, "there is nothing to take back"
    undo(teller.actor(who), key=teller.last.key)


# Research


@step('{who} writes "{text}" from "{source}" into {slot} of the brief of "{name}"')
def _researches(teller: Teller, who: str, text: str, source: str, slot: str, name: str) -> None:
    slots = {slot: Said(text, source)}
    teller.last = write_brief(
        teller.actor(who), kind="company", record_id=teller.company(name).pk, slots=slots
    )  # fmt: skip


@step('{who} keeps "{text}" for {slot} of the brief of "{name}"')
def _keeps(teller: Teller, who: str, text: str, slot: str, name: str) -> None:
    slots = {slot: Said(text, "a page of theirs", text)}
    teller.last = write_brief(
        teller.actor(who), kind="company", record_id=teller.company(name).pk, slots=slots
    )  # fmt: skip


@step('The page "{text}" proposes one sentence for {slot}')
def _proposes(teller: Teller, text: str, slot: str) -> None:
    assert len([one for one in proposals(text, SLOTS) if one.slot == slot]) == 1


@step('The research brief of "{name}" suffices for a first call')
def _suffices(teller: Teller, name: str) -> None:
    assert brief_is_enough(teller.company(name).pk, [], teller.now)


@step('The research brief of "{name}" does not suffice for a first call')
def _too_little(teller: Teller, name: str) -> None:
    assert not brief_is_enough(teller.company(name).pk, [], teller.now)


# What must be true


@step('"{deal}" stands in "{stage}" with {percent} percent probability')
def _stands(teller: Teller, deal: str, stage: str, percent: str) -> None:
    row = teller.deal(deal)
    assert (row.stage.name, row.probability_bp) == (stage, int(percent) * 100)


@step('"{deal}" is worth SAR {amount}, weighted SAR {weighted}')
def _worth(teller: Teller, deal: str, amount: str, weighted: str) -> None:
    row = teller.deal(deal)
    assert (row.base_minor, row.weighted_minor) == (minor(amount), minor(weighted))


@step('"{deal}" is {state}')
def _state(teller: Teller, deal: str, state: str) -> None:
    assert teller.deal(deal).state == state


@step('"{deal}" has visited {count} stages')
def _visited(teller: Teller, deal: str, count: str) -> None:
    assert StageVisit.objects.filter(deal=teller.deal(deal)).count() == int(count)


@step('"{deal}" counts as stalled from {rest_day}')
def _stalls(teller: Teller, deal: str, day: str) -> None:
    teller.listen()
    assert teller.deal(deal).stalls_on == moment(day).date()


@step('"{name}" is in the lifecycle stage "{stage}"')
def _lifecycle(teller: Teller, name: str, stage: str) -> None:
    teller.listen()
    assert teller.record(name).lifecycle == stage.replace(" ", "_")


@step("{who} is told of {count} new things")
def _told(teller: Teller, who: str, count: str) -> None:
    teller.listen()
    assert len(unread(teller.actor(who))) == int(count)
