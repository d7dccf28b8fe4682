"""Sentences of stories about the playbook."""

from dawra.deals.actions.playing import Ticking, tick_step
from dawra.deals.queries.playbook import StepCard, of_deal
from tests.stories.sentences import step
from tests.stories.teller import Teller


def _steps(teller: Teller, deal: str) -> tuple[StepCard, ...]:
    return of_deal(teller.actor("Sana"), teller.deal(deal).pk)[1].steps


@step('The playbook step "{name}" of "{deal}" is done')
def _is_done(teller: Teller, name: str, deal: str) -> None:
    teller.listen()
    found = next(one for one in _steps(teller, deal) if one.name == name or one.name_ar == name)
    assert found.tick is not None, f"“{name}” is still to do"


@step('{who} does the playbook step "{name}" of "{deal}"')
def _does(teller: Teller, who: str, name: str, deal: str) -> None:
    key = next(one.step.key for one in _steps(teller, deal) if name in (one.name, one.name_ar))
    row = teller.deal(deal)
    teller.last = tick_step(teller.actor(who), deal_id=row.pk, said=Ticking(row.stage.code, key, True))


@step('The playbook of "{deal}" has {done} of {due} required steps done in the stages left so far')
def _followed(teller: Teller, deal: str, done: str, due: str) -> None:
    found = of_deal(teller.actor("Sana"), teller.deal(deal).pk)[1]
    assert (found.done, found.due) == (int(done), int(due)), (found.done, found.due)
