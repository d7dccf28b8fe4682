"""Makes this room's targets, formats and jobs known. Imported once, when the room opens."""

from dawra.customers.importing import jobs, own_format, targets
from dawra.customers.importing.companies import CompanyTarget
from dawra.customers.importing.members import MemberTarget
from dawra.customers.importing.people import PersonTarget

targets.register(CompanyTarget())
targets.register(PersonTarget())
targets.register(MemberTarget())
own_format.set_up()

__all__ = ["jobs"]
