"""Taking back what was done with training."""

from uuid import UUID

from dawra.access.actor import Actor
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.team.actions import drafting, learning, training


@reverses("team.training_path_written.1")
def say_it_as_before(actor: Actor, entry: Entry) -> None:
    training.say_as_before(actor, entry=entry)


@reverses("team.training_path_archived.1")
def bring_it_back(actor: Actor, entry: Entry) -> None:
    training.restore_path(actor, path_id=UUID(entry.facts["path_id"]), cause=entry)


@reverses("team.training_path_restored.1")
def put_it_away_again(actor: Actor, entry: Entry) -> None:
    training.archive_path(actor, path_id=UUID(entry.facts["path_id"]), cause=entry)


@reverses("team.training_piece_removed.1")
def put_the_piece_back(actor: Actor, entry: Entry) -> None:
    drafting.put_back_piece(actor, entry=entry)


@reverses("team.lesson_read.1")
def read_it_again(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    learning.read_lesson(actor, path_id=UUID(facts["path_id"]), lesson=facts["lesson_key"], read=False, cause=entry)


@reverses("team.lesson_unread.1")
def it_was_read(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    learning.read_lesson(actor, path_id=UUID(facts["path_id"]), lesson=facts["lesson_key"], cause=entry)


@reverses("team.certificate_revoked.1")
def let_it_hold_again(actor: Actor, entry: Entry) -> None:
    learning.restore_certificate(actor, certificate_id=UUID(entry.facts["certificate_id"]), cause=entry)


@reverses("team.certificate_restored.1")
def revoke_it_again(actor: Actor, entry: Entry) -> None:
    undone = entry.cause
    why = str(undone.facts.get("why", "")) if undone else ""
    learning.revoke_certificate(actor, certificate_id=UUID(entry.facts["certificate_id"]), why=why or "—", cause=entry)
