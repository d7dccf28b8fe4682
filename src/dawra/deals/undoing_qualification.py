"""Taking back what was found out about a deal, and what was written in frameworks."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, NotFound
from dawra.deals.actions import frameworks, qualifying
from dawra.deals.models import Finding, Pipeline
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.journal.undo import reverses

CHANGED_SINCE = _("This has been changed again since, so it can no longer be taken back.")
IDS = frozenset({"activity_id", "file_id", "person_id"})


@reverses("deals.finding_noted.1")
def put_finding_back(actor: Actor, entry: Entry) -> None:
    """Only while each value is still the one that was written then."""
    facts = entry.facts
    row = Finding.objects.filter(pk=UUID(facts["finding_id"])).first()
    if row is None:
        raise NotFound()
    if not facts["changes"]:
        raise Conflict(_("What was written then has been erased."))
    stands: dict[str, Any] = {name: getattr(row, name) for name in qualifying.COLUMNS}
    for name, (before, after) in facts["changes"].items():
        if as_plain(stands[name]) != after:
            raise Conflict(CHANGED_SINCE, field=name)
        stands[name] = UUID(before) if before and name in IDS else before
    if facts["is_first"]:
        qualifying.remove_finding(actor, finding_id=row.pk, cause=entry)
        return
    said = qualifying.FindingSaid(**stands)
    qualifying.note_finding(actor, deal_id=UUID(facts["deal_id"]), code=row.code, said=said, cause=entry)


@reverses("deals.finding_removed.1")
def put_removed_finding_back(actor: Actor, entry: Entry) -> None:
    qualifying.restore_finding(actor, entry=entry)


@reverses("deals.framework_written.1")
def go_back_to_version(actor: Actor, entry: Entry) -> None:
    facts = entry.facts
    frameworks.go_back_to_version(
        actor,
        framework_id=UUID(facts["framework_id"]),
        number=facts["before"],
        from_number=facts["number"],
        cause=entry,
    )


@reverses("deals.framework_retired.1", "deals.framework_in_use.1")
def put_framework_back(actor: Actor, entry: Entry) -> None:
    retired = entry.kind == "deals.framework_in_use.1"
    frameworks.retire_framework(actor, framework_id=UUID(entry.facts["framework_id"]), retired=retired, cause=entry)


@reverses("deals.framework_chosen.1")
def choose_as_before(actor: Actor, entry: Entry) -> None:
    pipeline = Pipeline.objects.filter(pk=UUID(entry.facts["pipeline_id"])).first()
    if pipeline is None or as_plain(pipeline.framework_id) != entry.facts["framework_id"]:
        raise Conflict(CHANGED_SINCE)
    before = entry.facts["before"]
    frameworks.choose_framework(
        actor, pipeline_id=pipeline.pk, framework_id=UUID(before) if before else None, cause=entry
    )  # fmt: skip
