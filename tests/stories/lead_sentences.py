"""The sentences of leads: an inquiry comes in, somebody answers, and it is accepted or sent back."""

from datetime import timedelta

from dawra.access.actor import Actor
from dawra.customers.actions.activities import Happening, log_activity
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson
from dawra.prospecting.actions.adding import NewLead, add_lead
from dawra.prospecting.actions.deciding import Acceptance, accept_lead, reject_lead
from dawra.prospecting.actions.settings import SellerSaid, save_seller, start_with_defaults
from dawra.prospecting.models import Assignment, Lead, RejectReason
from tests.stories.sentences import step
from tests.stories.teller import Teller, moment


def _lead(name: str) -> Lead:
    row: Lead = Lead._base_manager.select_related("owner", "person").get(person__name=name)
    return row


@step("{who} takes leads in {rest_language}")
def _takes(teller: Teller, who: str, language: str) -> None:
    system = Actor.system("story", teller.now)
    start_with_defaults(system)
    code = {"Arabic": "ar", "English": "en"}[language]
    save_seller(system, member_id=teller.member(who).pk, said=SellerSaid(languages=(code,)))


@step('"{name}" of "{company}", with e-mail {mail}, asks through "{source}": "{words}"')
def _asks(teller: Teller, name: str, company: str, mail: str, source: str, words: str) -> None:
    teller.now += timedelta(minutes=1)
    person = NewPerson(name=name, points=(NewPoint("email", mail),))
    new = NewLead(person=person, company_name=company, source=source, words=words)
    add_lead(Actor.system("web form", teller.now), new=new)


@step('The lead of "{name}" goes to {who}: "{why}"')
def _goes(teller: Teller, name: str, who: str, why: str) -> None:
    lead = _lead(name)
    given = Assignment.objects.filter(lead=lead).order_by("assigned_at", "id").last()
    assert given and lead.owner_id == teller.member(who).pk
    said = "".join(char for char in f"{given.why} {given.why_ar}" if char not in "\u2066\u2067\u2068\u2069")
    assert why in said, said


@step('The answer to "{name}" is due on {rest_when}')
def _due(teller: Teller, name: str, when: str) -> None:
    assert _lead(name).due_at == moment(when), _lead(name).due_at


@step('{who} calls "{name}" back: "{words}"')
def _calls(teller: Teller, who: str, name: str, words: str) -> None:
    actor = teller.actor(who)
    said = Happening("call", actor.now, words, direction="out", outcome="reached")
    log_activity(actor, records=[teller.person(name)], said=said)
    teller.listen()


@step('"{name}" was answered after {minutes} minutes of working time')
def _answered(teller: Teller, name: str, minutes: str) -> None:
    assert _lead(name).response_minutes == int(minutes), _lead(name).response_minutes


@step('{who} accepts the lead of "{name}" as the deal "{deal}"')
def _accepts(teller: Teller, who: str, name: str, deal: str) -> None:
    accept_lead(teller.actor(who), lead_id=_lead(name).pk, to=Acceptance(name=deal))
    assert teller.deal(deal).people.get().person_id == _lead(name).person_id


@step('{who} rejects the lead of "{name}": "{reason}", "{words}"')
def _rejects(teller: Teller, who: str, name: str, reason: str, words: str) -> None:
    code = RejectReason.objects.get(name=reason).code
    teller.last = reject_lead(teller.actor(who), lead_id=_lead(name).pk, reason=code, words=words)
