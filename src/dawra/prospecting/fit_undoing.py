"""Taking back what was done to the ideal customer profile."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict
from dawra.journal.models import Entry
from dawra.journal.undo import reverses
from dawra.prospecting.actions import fitting
from dawra.prospecting.queries.fit import in_force


@reverses("prospecting.icp_fitted.1", "prospecting.icp_set_by_hand.1")
def take_version_out(actor: Actor, entry: Entry) -> None:
    fitting.remove_version(actor, profile_id=UUID(entry.facts["profile_id"]), cause=entry)


@reverses("prospecting.icp_activated.1")
def put_the_former_in_force(actor: Actor, entry: Entry) -> None:
    now = in_force()
    if now is None or str(now.pk) != entry.facts["profile_id"]:
        raise Conflict(_("This has been changed again since, so it can no longer be taken back."))
    before = entry.facts["before_id"]
    if before:
        fitting.put_in_force(actor, profile_id=UUID(before), cause=entry)
    else:
        fitting.retire(actor, profile_id=now.pk, cause=entry)


@reverses("prospecting.icp_retired.1")
def put_it_back_in_force(actor: Actor, entry: Entry) -> None:
    fitting.put_in_force(actor, profile_id=UUID(entry.facts["profile_id"]), cause=entry)
