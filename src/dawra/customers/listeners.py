"""What people and companies do when the journal says so."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import rules
from dawra.customers.actions.lifecycle import set_lifecycle
from dawra.customers.importing import owners
from dawra.customers.models import Affiliation, Company, Letter, Person
from dawra.journal import jobs
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention
from dawra.team.actions.notifying import Concern, notify
from dawra.team.queries.people import members_by_id

MOST_PEOPLE = 200


@on("deals.deal_won.1", because="a company that buys, and its people, become customers")
def become_customers(actor: Actor, entry: Entry) -> None:
    _move(actor, entry, rules.on_deal_won)


@on("customers.imported.1", because="what came in by the thousand may be here already")
def seek_duplicates_after(actor: Actor, entry: Entry) -> None:
    jobs.enqueue("customers.seek_duplicates")


@on(
    "customers.letter_failed.1",
    "customers.letter_unknown.1",
    because="whoever wrote a letter must not think it arrived",
)
def tell_who_wrote_the_letter(actor: Actor, entry: Entry) -> None:
    letter = Letter.objects.filter(pk=entry.facts["letter_id"]).values("person_id", "written_by_id").first()
    if letter and letter["written_by_id"]:
        concern = Concern("letter", Person.kind, letter["person_id"], of_own=True)
        notify(actor, entry=entry, concern=concern, members=[letter["written_by_id"]])


@on("team.member_joined.1", because="records of a file may have waited for their owner")
def give_what_waited(actor: Actor, entry: Entry) -> None:
    for one in members_by_id([UUID(entry.facts["member_id"])]).values():
        owners.came(actor, one.id, (one.name, one.name_ar, one.email))


@on("deals.deal_added.1", because="whoever is offered something has become an opportunity")
def become_opportunities(actor: Actor, entry: Entry) -> None:
    _move(actor, entry, rules.on_deal_added)


def _move(actor: Actor, entry: Entry, onward: rules.Onward) -> None:
    company_id = _company_of(entry)
    if company_id is None:
        return
    at = Affiliation.objects.filter(company_id=company_id, is_primary=True, until_on__isnull=True)
    people = Person.objects.visible_to(actor).filter(pk__in=at.values("person_id")).order_by("id")[:MOST_PEOPLE]
    for record in (*Company.objects.visible_to(actor).filter(pk=company_id), *people):
        to_stage = onward(record.lifecycle)
        if to_stage != record.lifecycle:
            set_lifecycle(actor, kind=record.kind, record_id=record.pk, to_stage=to_stage, cause=entry)


def _company_of(entry: Entry) -> UUID | None:
    """As the entry tells; else the company it mentions."""
    told = entry.facts.get("company_id")
    if told:
        return UUID(told)
    return Mention.objects.filter(entry=entry, record_kind="company").values_list("record_id", flat=True).first()
