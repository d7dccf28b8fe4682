"""Makes this room's targets and formats known to the import. Imported once, when the room opens."""

from dawra.customers.importing import recognising, targets
from dawra.deals.importing import maven
from dawra.deals.importing.deals import OpportunityTarget
from dawra.deals.importing.demos import DemoTarget
from dawra.deals.importing.formats import hubspot, odoo, own, parts, pipedrive, salesforce, selling, zoho
from dawra.deals.importing.histories import StageTarget
from dawra.deals.importing.lines import LineTarget
from dawra.deals.importing.objections import ObjectionTarget
from dawra.deals.importing.odoo_leads import OdooLeadTarget
from dawra.deals.importing.opportunities import DealTarget
from dawra.deals.importing.products import ProductTarget

targets.register(ProductTarget())
targets.register(DealTarget())
targets.register(OpportunityTarget())
targets.register(StageTarget())
targets.register(LineTarget())
targets.register(OdooLeadTarget())
targets.register(DemoTarget())
targets.register(ObjectionTarget())
recognising.register(maven.FORMAT)
# Deals come in after the people they are about, and before what was done about them.
recognising.add_parts("simple", own.PARTS, before="activities")
recognising.add_parts("simple", selling.PARTS)
recognising.add_parts("salesforce", salesforce.PARTS, before="tasks", ready=parts.ready)
recognising.add_parts("hubspot", hubspot.PARTS, before="calls", ready=parts.ready)
recognising.add_parts("pipedrive", pipedrive.PARTS, before="activities", ready=parts.ready)
recognising.add_parts("zoho", zoho.PARTS, before="tasks", ready=parts.ready)
recognising.add_parts("odoo", odoo.PARTS, before="activities", ready=parts.ready)
