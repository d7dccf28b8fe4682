"""What team does when the journal says so: it tells the members concerned."""

from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.journal.listeners import on
from dawra.journal.models import Entry, Mention
from dawra.team.actions.notifying import Concern, notify


@on("customers.note_written.1", because="whoever is named in a note should read it")
def tell_who_was_mentioned(actor: Actor, entry: Entry) -> None:
    subject = Mention.objects.filter(entry=entry).order_by("id").first()
    if subject is None:
        return
    concern = Concern("mention", subject.record_kind, subject.record_id)
    notify(actor, entry=entry, concern=concern, members=[UUID(member) for member in entry.facts["mentioned"]])


@on("customers.assigned.1", because="a new owner should know what is theirs now")
def tell_the_new_owner(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    if facts["to_id"] is None or _is_one_of_many(entry):
        return
    concern = Concern("assigned", facts["record_kind"], UUID(facts["record_id"]))
    notify(actor, entry=entry, concern=concern, members=[UUID(facts["to_id"])])


@on("customers.handed_over.1", because="who is given many records at once should know it, once")
def tell_who_was_given_many(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    concern = Concern("assigned", facts["record_kind"], UUID(facts["record_id"]))
    notify(actor, entry=entry, concern=concern, members=[UUID(facts["to_id"])])


@on("access.record_shared.1", because="whoever a record is opened to should find it")
def tell_with_whom_it_is_shared(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    concern = Concern("shared", facts["record_kind"], UUID(facts["record_id"]))
    if facts["with_kind"] == "member":
        notify(actor, entry=entry, concern=concern, members=[UUID(facts["with_id"])])
    else:
        notify(actor, entry=entry, concern=concern, team_id=UUID(facts["with_id"]))


@on("team.role_play_asked.1", because="who is asked to score a role-play should find it")
def tell_who_is_to_score(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    concern = Concern("training", "training_path", UUID(facts["path_id"]))
    notify(actor, entry=entry, concern=concern, members=[UUID(facts["peer_id"]), UUID(facts["manager_id"])])


@on("team.certificate_ending.1", because="whose certificate ends should renew it in time")
def tell_whose_certificate_ends(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    concern = Concern("training", "training_path", UUID(facts["path_id"]))
    notify(actor, entry=entry, concern=concern, members=[UUID(facts["member_id"])])


def _is_one_of_many(entry: Entry) -> bool:
    """Part of a bulk edit, or of taking one back: its news is one entry for all of them."""
    bulk = "customers.bulk_edited.1"
    if entry.cause_id is None:
        return False
    return Entry.objects.filter(Q(kind=bulk) | Q(cause__kind=bulk), pk=entry.cause_id).exists()
