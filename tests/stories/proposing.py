"""Sentences of stories about what My day proposes."""

from dawra.deals.actions.next_best import Dismissal, dismiss
from dawra.deals.models import NextBestRule
from dawra.deals.models.next_best import DISMISSED_FOR
from dawra.deals.next_best_words import DISMISS
from dawra.deals.queries.next_best import Asked, next_actions
from dawra.deals.queries.next_best_cards import NextAction
from tests.stories.sentences import step
from tests.stories.teller import Teller


def _for(teller: Teller, who: str, deal: str) -> NextAction | None:
    actor = teller.actor(who)
    found = next_actions(actor, Asked(actor.member_id)).actions
    return next((one for one in found if one.record_id == teller.deal(deal).pk), None)


@step('My day proposes to {who} for "{deal}": "{rule}"')
def _proposes(teller: Teller, who: str, deal: str, rule: str) -> None:
    found = _for(teller, who, deal)
    assert found is not None and found.rule.name == rule, found


@step('My day proposes nothing to {who} for "{deal}"')
def _silent(teller: Teller, who: str, deal: str) -> None:
    assert _for(teller, who, deal) is None


@step('{who} dismisses "{rule}" for "{deal}": "{reason}"')
def _dismisses(teller: Teller, who: str, rule: str, deal: str, reason: str) -> None:
    code = next(code for code in DISMISSED_FOR if str(DISMISS[code]) == reason)
    row = NextBestRule.objects.get(name=rule)
    said = Dismissal(row.pk, "deal", teller.deal(deal).pk, code)
    teller.last = dismiss(teller.actor(who), said=said)
