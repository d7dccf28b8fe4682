"""Taking a letter back while it waits, and putting templates back. Imported when the room is ready."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.customers.actions import letter_templates as templates
from dawra.customers.actions.letters import take_back_letter
from dawra.customers.models import LetterTemplate
from dawra.journal.models import Entry
from dawra.journal.undo import reverses


@reverses("customers.letter_queued.1")
def keep_here(actor: Actor, entry: Entry) -> None:
    take_back_letter(actor, letter_id=UUID(entry.facts["letter_id"]), cause=entry)


@reverses("customers.letter_template_saved.1")
def put_back(actor: Actor, entry: Entry) -> None:
    """What was changed stands as before, what was new is archived; what somebody changed since is theirs."""
    actor.must("customers.fields")
    template_id, before = UUID(entry.facts["template_id"]), entry.facts["before"]
    row = LetterTemplate.objects.filter(pk=template_id).first()
    if row is None or {name: getattr(row, name) for name in entry.facts["after"]} != entry.facts["after"]:
        raise Conflict(_("This was changed again since. Undo the later change first."))
    if before:
        templates.write_template(actor, said=templates.TemplateSaid(**before), template_id=template_id, cause=entry)
    else:
        templates.archive_template(actor, template_id=template_id, cause=entry)


@reverses("customers.letter_template_archived.1")
def use_again(actor: Actor, entry: Entry) -> None:
    templates.bring_back_template(actor, template_id=UUID(entry.facts["template_id"]), cause=entry)


@reverses("customers.letter_template_back.1")
def archive_again(actor: Actor, entry: Entry) -> None:
    templates.archive_template(actor, template_id=UUID(entry.facts["template_id"]), cause=entry)
