"""What a person decides about the files of an import before it starts, and the first proposal for it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers.importing import reading
from dawra.customers.importing.opening import part_of, place_of, shape_for, system_of
from dawra.customers.importing.plan import FilePlan, proposed
from dawra.customers.importing.reading import USUAL, Limits
from dawra.customers.importing.recognising import FORMATS, Match, matched
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import WAITING

SAMPLES = 2_000
"""So many rows are looked at: enough to see a day beyond the twelfth in nearly every column of dates."""


def propose(file: ImportFile, limits: Limits = USUAL) -> FilePlan:
    """How the file could be read, by its headers and the first rows. Raises Unreadable; reads the file's beginning."""
    format_, part = FORMATS[system_of(file)], part_of(file)
    shape = shape_for(file, limits)
    samples = [row.cells for row in reading.batch(reading.rows(place_of(file), shape, limits), SAMPLES, limits)]
    return proposed(Match(format_, part, matched(part.all_columns(), shape.headers), 0), shape, samples)


@transaction.atomic
def decide(actor: Actor, *, import_: Import, plans: Mapping[UUID, FilePlan]) -> None:
    """Keep how the files of a waiting import are to be read. A dry run of an older decision ends. Writes no entry:
    nothing has been brought in yet; the last batch of the import writes it.

    plans:  file → plan
    Raises: Refused, Conflict (started already), Invalid (an unknown field, a field filled twice, neither add nor change)
    """
    actor.must("records.import")
    if not Import.objects.filter(pk=import_.pk, state=WAITING).update(dry_run={}):
        raise Conflict(_("This import has already been started."))
    for file in import_.files.filter(pk__in=list(plans)):
        plan = plans[file.pk]
        known = {column.field: column for column in FORMATS[plan.system].part(plan.part).all_columns()}
        filled = [column.field for column in plan.columns if column.field]
        if unknown := next((name for name in filled if name not in known), ""):
            raise Invalid(_("There is no field “%(name)s”."), field="columns", name=unknown[:80])
        twice = next((name for name in filled if filled.count(name) > 1 and known[name].asks not in _MANY), "")
        if twice:
            raise Invalid(
                _("Two columns fill “%(name)s”: choose one."), field="columns", name=str(known[twice].label or twice)
            )
        if not plan.create and not plan.update:
            raise Invalid(_("Choose whether to add, to change, or both."), field="policy")
        ImportFile.objects.filter(pk=file.pk).update(plan=plan.plain(), part=plan.part)


# Families of which a record has several.
_MANY = frozenset({"email", "phone", "labels"})
