"""Sentences of stories about close plans."""

from datetime import timedelta

from dawra.deals.actions import close_plan_ticking, close_plans, plan_templates, quote_answering
from dawra.deals.actions.close_plans import StepSaid
from dawra.deals.actions.quote_sending import hash_of
from dawra.deals.close_plan_seeds import UsualStep
from dawra.deals.models import PlanStep, PlanTemplate
from dawra.deals.queries.close_plans import plan
from tests.stories.sentences import step
from tests.stories.teller import Teller


@step(
    '{who} writes the close plan template "{name}": "{theirs}" by the buyer {n} days before the close, then "{ours}" by us'
)
def _writes(teller: Teller, who: str, name: str, theirs: str, n: str, ours: str) -> None:
    steps = (UsualStep("theirs", int(n), theirs), UsualStep("ours", 0, ours))
    plan_templates.write_template(teller.actor(who), said=plan_templates.TemplateSaid(steps, name))


@step('{who} begins the close plan of "{deal}" with "{template}"')
def _begins(teller: Teller, who: str, deal: str, template: str) -> None:
    row = PlanTemplate.objects.get(name=template)
    actor = teller.actor(who)
    teller.last = close_plans.begin_plan(actor, deal_id=teller.deal(deal).pk, language="en", template_id=row.pk)


@step('{who} puts "{title}" of the close plan of "{deal}" off by a day')
def _puts_off(teller: Teller, who: str, title: str, deal: str) -> None:
    row = _step(teller, deal, title)
    said = StepSaid(row.title, row.due_on + timedelta(days=1), row.side, row.note, row.member_id, row.person_id)
    close_plans.change_step(teller.actor(who), step_id=row.pk, said=said)


@step('{who} shares the close plan of "{deal}", and "{name}" opens it and says that "{title}" is done')
def _shared(teller: Teller, who: str, deal: str, name: str, title: str) -> None:
    shared = close_plans.share_plan(teller.actor(who), deal_id=teller.deal(deal).pk)
    buyer, row = quote_answering.buyer(teller.now), _step(teller, deal, title)
    close_plan_ticking.tick_theirs(buyer, key_hash=hash_of(shared.key), step_id=row.pk, done=True, name=name)


@step('{who} reads of the close plan of "{deal}": {done} of {n} done, {slips} put off')
def _reads(teller: Teller, who: str, deal: str, done: str, n: str, slips: str) -> None:
    found = plan(teller.actor(who), teller.deal(deal).pk)
    assert found.pace, "there is a plan"
    assert (found.pace.done, found.pace.n, found.slips) == (int(done), int(n), int(slips))


def _step(teller: Teller, deal: str, title: str) -> PlanStep:
    found: PlanStep = PlanStep.objects.get(deal=teller.deal(deal), title=title)
    return found
