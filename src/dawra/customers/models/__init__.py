"""Tables of customers, by noun."""

from dawra.customers.models.activity import Activity, ActivityLink, File
from dawra.customers.models.bulk import BulkRun
from dawra.customers.models.company import Affiliation, Company
from dawra.customers.models.contact import Consent, ContactPoint
from dawra.customers.models.duplicates import BlockKey, DuplicatePair, DuplicateSearch, Merge
from dawra.customers.models.field import FieldDef
from dawra.customers.models.importing import ExternalId, Import, ImportFile, ImportRow
from dawra.customers.models.letter import Letter, LetterTemplate
from dawra.customers.models.lifecycle import LifecycleChange, LifecycleStage
from dawra.customers.models.mapping import SavedMapping
from dawra.customers.models.pending import PendingLink
from dawra.customers.models.person import Person
from dawra.customers.models.search import SearchRow
from dawra.customers.models.tag import Tag, Tagging
from dawra.customers.models.talking import TalkOutcome, TalkRules

__all__ = [
    "Activity",
    "ActivityLink",
    "Affiliation",
    "BlockKey",
    "BulkRun",
    "Company",
    "Consent",
    "ContactPoint",
    "DuplicatePair",
    "DuplicateSearch",
    "ExternalId",
    "FieldDef",
    "File",
    "Import",
    "ImportFile",
    "ImportRow",
    "Letter",
    "LetterTemplate",
    "LifecycleChange",
    "LifecycleStage",
    "Merge",
    "PendingLink",
    "Person",
    "SavedMapping",
    "SearchRow",
    "Tag",
    "Tagging",
    "TalkOutcome",
    "TalkRules",
]
