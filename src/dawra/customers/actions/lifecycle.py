"""Where a person or company stands in its life with us."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers import rules
from dawra.customers.actions import editing
from dawra.customers.actions.editing import MODELS, Done
from dawra.customers.models import LifecycleChange, LifecycleStage
from dawra.customers.queries.fields import fields_of
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import LifecycleChanged, LifecycleRenamed
from dawra.journal.models import Entry


@transaction.atomic
def set_lifecycle(
    actor: Actor,
    *,
    kind: str,
    record_id: UUID,
    to_stage: str,
    reason: str = "",
    version: int | None = None,
    cause: Entry | None = None,
) -> Done:
    """Move a person or company to another lifecycle stage; every move is kept.

    kind:     person, company. to_stage: a lifecycle code
    Writes:   customers.lifecycle_changed.1, nothing if it stands there already
    Raises:   Refused, NotFound, Stale, Invalid (no such stage, or a field it requires is empty: facts["missing"])
    """
    actor.must("customers.work")
    if to_stage not in rules.LIFECYCLE:
        raise Invalid(_("There is no lifecycle stage “%(stage)s”."), field="lifecycle", stage=to_stage[:40])
    record = MODELS[kind].fetch(actor, record_id)
    before = record.lifecycle
    if before == to_stage:
        return Done(record, None)
    editing.must_be_at(record, version, lifecycle=to_stage)
    # What the house does on its own (a deal was won) is not held up by an empty field; a person is asked.
    if not actor.is_system:
        lacking = rules.missing(fields_of(kind), record.custom, to_stage, rules.reached(to_stage))
        if lacking:
            raise Invalid(
                _("Fill in first: %(names)s."), field="lifecycle",
                names=", ".join(one.name for one in lacking), missing=[one.key for one in lacking],
            )  # fmt: skip
    record.change(actor, {"lifecycle": to_stage, "lifecycle_since": actor.now})
    LifecycleChange.objects.create(
        record_kind=kind, record_id=record.pk, from_stage=before, to_stage=to_stage, changed_at=actor.now,
        changed_by_id=actor.member_id, reason=reason.strip()[:300],
    )  # fmt: skip
    fact = LifecycleChanged(kind, record.pk, before, to_stage, reason.strip()[:300], record.name)
    return Done(record, write(actor, fact, about=[record], cause=cause))


@transaction.atomic
def rename_stage(actor: Actor, *, code: str, name: str, name_ar: str = "") -> Entry:
    """Call a lifecycle stage by the company's own name; an empty name brings the usual one back.

    Writes: customers.lifecycle_renamed.1
    Raises: Refused, Invalid
    """
    actor.must("customers.fields")
    name, name_ar = " ".join(name.split()), " ".join(name_ar.split())
    if code not in rules.LIFECYCLE:
        raise Invalid(_("There is no lifecycle stage “%(stage)s”."), field="code", stage=code[:40])
    if max(len(name), len(name_ar)) > 60:
        raise Invalid(_("Shorten this to %(most)s characters."), field="name", most=60)
    if name or name_ar:
        LifecycleStage.objects.update_or_create(code=code, defaults={"name": name or name_ar, "name_ar": name_ar})
    else:
        LifecycleStage.objects.filter(code=code).delete()
    return write(actor, LifecycleRenamed(code, name, name_ar), about=[])
