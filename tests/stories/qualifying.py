"""Sentences of stories about qualification."""

from dawra.deals.actions.qualifying import FindingSaid, note_finding
from dawra.deals.queries import qualification
from dawra.deals.queries.deals import deal as deal_of
from tests.stories.sentences import step
from tests.stories.teller import Teller


def _panel(teller: Teller, deal: str) -> qualification.Panel:
    found = qualification.on_deal(deal_of(teller.actor("Sana"), teller.deal(deal).pk))
    assert found is not None
    return found


def _note(teller: Teller, who: str, deal: str, name: str, said: FindingSaid) -> None:
    panel = _panel(teller, deal)
    code = next(one.code for one in (*panel.parts, *panel.gaps) if name in (one.name, one.name_ar))
    kept = note_finding(teller.actor(who), deal_id=teller.deal(deal).pk, code=code, said=said)
    teller.last = kept.entry if kept else None


@step('{who} notes what the buyer said on "{criterion}" of "{deal}": "{answer}"')
def _hears(teller: Teller, who: str, criterion: str, deal: str, answer: str) -> None:
    _note(teller, who, deal, criterion, FindingSaid("for", "told", answer))


@step('{who} notes a guess on "{criterion}" of "{deal}": "{answer}"')
def _guesses(teller: Teller, who: str, criterion: str, deal: str, answer: str) -> None:
    _note(teller, who, deal, criterion, FindingSaid("for", "guess", answer))


@step('{who} notes proof on "{criterion}" of "{deal}": "{evidence}"')
def _proves(teller: Teller, who: str, criterion: str, deal: str, evidence: str) -> None:
    _note(teller, who, deal, criterion, FindingSaid("for", "proven", evidence=evidence))


@step('"{deal}" is qualified with {score} of 100')
def _scored(teller: Teller, deal: str, score: str) -> None:
    assert _panel(teller, deal).score == int(score), _panel(teller, deal).score


@step('The next question about "{deal}" is "{question}"')
def _asks(teller: Teller, deal: str, question: str) -> None:
    gap = _panel(teller, deal).gaps[0]
    assert question in (gap.question.name, gap.question.name_ar), gap.question.name
