"""Sentences of stories about demos and objections."""

import pytest

from dawra.access.errors import NotFound
from dawra.deals.actions import demoing, objecting
from dawra.deals.models import Answer, AnswerVersion, Demo, Objection
from dawra.deals.money import books
from dawra.deals.queries import demos
from dawra.deals.queries.health import health_of
from dawra.deals.queries.similar_objections import similar_to
from dawra.deals.similarity import find_missing
from tests.stories.sentences import step
from tests.stories.teller import Teller, moment


def _demo(teller: Teller, deal: str) -> Demo:
    found: Demo = Demo._base_manager.filter(deal=teller.deal(deal)).latest("starts_at")
    return found


@step('{who} plans a demo of "{first}" and "{second}" for "{deal}" on {rest_when}')
def _plans(teller: Teller, who: str, first: str, second: str, deal: str, when: str) -> None:
    said, actor = demoing.DemoSaid(features=(first, second)), teller.actor(who)
    teller.last = demoing.plan_demo(actor, deal_id=teller.deal(deal).pk, starts_at=moment(when), said=said).entry


@step('{who} notes that nobody came to the demo for "{deal}"')
def _missed(teller: Teller, who: str, deal: str) -> None:
    teller.last = demoing.miss_demo(teller.actor(who), demo_id=_demo(teller, deal).pk).entry


@step('{who} puts the demo for "{deal}" to {rest_when}')
def _moved(teller: Teller, who: str, deal: str, when: str) -> None:
    actor, at = teller.actor(who), moment(when)
    teller.last = demoing.reschedule_demo(actor, demo_id=_demo(teller, deal).pk, starts_at=at).entry


@step('{who} holds the demo for "{deal}": they loved "{feature}", and the next step is "{next_step}"')
def _held(teller: Teller, who: str, deal: str, feature: str, next_step: str) -> None:
    told = demoing.DemoTold((demoing.Showing(feature, True, "loved"),), next_step=next_step)
    teller.last = demoing.hold_demo(teller.actor(who), demo_id=_demo(teller, deal).pk, said=told).entry


@step('The next step of "{deal}" is "{text}"')
def _step(teller: Teller, deal: str, text: str) -> None:
    assert teller.deal(deal).next_step == text


@step('{who} cannot see the demo for "{deal}"')
def _hidden(teller: Teller, who: str, deal: str) -> None:
    with pytest.raises(NotFound):
        demos.demo(teller.actor(who), _demo(teller, deal).pk)


@step('{who} logs the objection {category} to "{deal}": "{words}"')
def _objects(teller: Teller, who: str, category: str, deal: str, words: str) -> None:
    said = objecting.ObjectionSaid(category, words)
    teller.last = objecting.log_objection(teller.actor(who), deal_id=teller.deal(deal).pk, said=said).entry
    find_missing(teller.now)


@step('{who} answers "{words}" with "{answer}", and it is accepted')
def _answers(teller: Teller, who: str, words: str, answer: str) -> None:
    version = AnswerVersion.objects.get(name=answer)
    one, said = Objection._base_manager.get(words=words), objecting.ReplySaid(version.answer_id, accepted=True)
    teller.last = objecting.answer_objection(teller.actor(who), objection_id=one.pk, said=said).entry


@step('{who} finds the objection "{words}" by asking for "{asked}"')
def _finds(teller: Teller, who: str, words: str, asked: str) -> None:
    assert [one.objection.words for one in similar_to(teller.actor(who), asked)] == [words]


@step('{who} finds no objection like "{asked}"')
def _finds_none(teller: Teller, who: str, asked: str) -> None:
    assert similar_to(teller.actor(who), asked) == []


@step('"{deal}" has {count} open objections, which costs it {points} points of health')
def _health(teller: Teller, deal: str, count: str, points: str) -> None:
    row = teller.deal(deal)
    health = health_of(row, books(), teller.now)
    assert health is not None and row.open_objections == int(count)
    assert -sum(part.points for part in health.parts if "objection" in str(part.reason)) == int(points)


@step('The answer "{answer}" was accepted {hits} of {n} times')
def _accepted(teller: Teller, answer: str, hits: str, n: str) -> None:
    teller.listen()
    row = Answer.objects.get(versions__name=answer)
    assert (row.accepted, row.tried) == (int(hits), int(n))
