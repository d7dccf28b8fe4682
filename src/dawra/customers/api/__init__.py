"""People, companies and what is done with them, for programs: the same actions as the pages."""

from dawra.customers.api.activities import router as activities
from dawra.customers.api.bulk import router as bulk
from dawra.customers.api.companies import router as companies
from dawra.customers.api.duplicates import router as duplicates
from dawra.customers.api.fields import router as fields
from dawra.customers.api.files import router as files
from dawra.customers.api.import_plans import router as import_plans
from dawra.customers.api.imports import router as imports
from dawra.customers.api.letters import router as letters
from dawra.customers.api.links import router as links
from dawra.customers.api.people import router as people
from dawra.customers.api.shared import router as shared
from dawra.customers.api.talking import router as talking

ROUTERS = (
    people,
    companies,
    links,
    activities,
    talking,
    letters,
    shared,
    files,
    fields,
    bulk,
    imports,
    import_plans,
    duplicates,
)
