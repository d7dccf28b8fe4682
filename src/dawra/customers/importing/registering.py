"""Makes this room's targets, formats and jobs known. Imported once, when the room opens."""

from dawra.customers.importing import jobs, own_format, recognising, sorts, targets
from dawra.customers.importing.activities import ActivityTarget
from dawra.customers.importing.companies import CompanyTarget
from dawra.customers.importing.formats import hubspot, odoo, own, pipedrive, retail, salesforce, zoho
from dawra.customers.importing.members import MemberTarget
from dawra.customers.importing.own_targets import Awaited
from dawra.customers.importing.people import PersonTarget
from dawra.customers.importing.purchases import PurchaseTarget
from dawra.customers.importing.users import UserTarget
from dawra.customers.models.activity import ACTIVITY_KINDS

targets.register(Awaited("company", CompanyTarget()))
targets.register(Awaited("person", PersonTarget()))
targets.register(MemberTarget())
targets.register(UserTarget())
targets.register(PurchaseTarget())
for _sort in (sorts.ACCOUNT, sorts.CONTACT, sorts.LEAD, sorts.PARTNER):
    targets.register(_sort)
for _kind in ACTIVITY_KINDS:
    targets.register(ActivityTarget(_kind))
targets.register(ActivityTarget("task", "planned", planned=True))
own_format.set_up()
own.set_up()
for _format in (salesforce, hubspot, pipedrive, zoho, odoo, retail):
    recognising.register(_format.FORMAT)

__all__ = ["jobs"]
