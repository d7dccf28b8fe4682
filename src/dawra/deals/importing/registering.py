"""Makes this room's targets and formats known to the import. Imported once, when the room opens."""

from dawra.customers.importing import recognising, targets
from dawra.deals.importing import maven
from dawra.deals.importing.opportunities import DealTarget
from dawra.deals.importing.products import ProductTarget

targets.register(ProductTarget())
targets.register(DealTarget())
recognising.register(maven.FORMAT)
