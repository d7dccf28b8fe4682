"""What happens to people and companies."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal, personal_facts


@kind("customers.person_added.1", _("{actor} added {person}"), icon="user-plus", tone="good")
@dataclass(frozen=True, slots=True)
class PersonAdded:
    person_id: UUID
    person: str = personal()
    source: str = ""


@kind("customers.company_added.1", _("{actor} added {company}"), icon="building", tone="good")
@dataclass(frozen=True, slots=True)
class CompanyAdded:
    company_id: UUID
    company: str
    source: str = ""


@kind("customers.person_edited.1", _("{actor} changed {person}: {fields}"))
@dataclass(frozen=True, slots=True)
class PersonEdited:
    """changes: field → [before, after]; custom fields as custom.<key>"""

    person_id: UUID
    changes: dict[str, list[Any]] = personal_facts()
    person: str = personal()


@kind("customers.company_edited.1", _("{actor} changed {company}: {fields}"))
@dataclass(frozen=True, slots=True)
class CompanyEdited:
    """changes: field → [before, after]"""

    company_id: UUID
    changes: dict[str, list[Any]]
    company: str


@kind("customers.record_deleted.1", _("{actor} moved {name} to the bin"), icon="trash", tone="bad")
@dataclass(frozen=True, slots=True)
class RecordDeleted:
    record_kind: str
    record_id: UUID
    name: str = personal()


@kind("customers.record_restored.1", _("{actor} brought {name} back from the bin"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class RecordRestored:
    record_kind: str
    record_id: UUID
    name: str = personal()


@kind("customers.point_added.1", _("{actor} added the address {value}"), icon="address-book")
@dataclass(frozen=True, slots=True)
class PointAdded:
    record_kind: str
    record_id: UUID
    point_id: UUID
    point_kind: str
    value: str = personal()


@kind("customers.point_changed.1", _("{actor} changed the address {before} to {after}"), icon="address-book")
@dataclass(frozen=True, slots=True)
class PointChanged:
    record_kind: str
    record_id: UUID
    point_id: UUID
    point_kind: str
    before: str = personal()
    after: str = personal()


@kind("customers.point_removed.1", _("{actor} removed the address {value}"), icon="address-book")
@dataclass(frozen=True, slots=True)
class PointRemoved:
    record_kind: str
    record_id: UUID
    point_kind: str
    label: str
    value: str = personal()


@kind("customers.affiliated.1", _("{actor} linked {person} to {company}"), icon="link")
@dataclass(frozen=True, slots=True)
class Affiliated:
    affiliation_id: UUID
    person_id: UUID
    company_id: UUID
    role: str
    company: str
    person: str = personal()


@kind("customers.affiliation_changed.1", _("{actor} changed the link of {person} to {company}: {fields}"), icon="link")
@dataclass(frozen=True, slots=True)
class AffiliationChanged:
    """changes: role, is_primary, from_on, until_on → [before, after]"""

    affiliation_id: UUID
    person_id: UUID
    company_id: UUID
    company: str
    changes: dict[str, list[Any]] = personal_facts()
    person: str = personal()


@kind("customers.affiliation_ended.1", _("{actor} ended the link of {person} to {company}"), icon="unlink")
@dataclass(frozen=True, slots=True)
class AffiliationEnded:
    affiliation_id: UUID
    person_id: UUID
    company_id: UUID
    company: str
    person: str = personal()


@kind(
    "customers.lifecycle_changed.1",
    _("{actor} moved {name} from {from_stage} to {to_stage}"),
    icon="route",
    tone="brand",
    theme="stage",
)
@dataclass(frozen=True, slots=True)
class LifecycleChanged:
    """from_stage, to_stage: lifecycle codes"""

    record_kind: str
    record_id: UUID
    from_stage: str
    to_stage: str
    reason: str = personal()
    name: str = personal()


@kind("customers.consent_recorded.1", _("{actor} recorded consent over {channel}: {granted}"), icon="shield-check")
@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    person_id: UUID
    consent_id: UUID
    channel: str
    granted: bool
    basis: str


@kind("customers.tagged.1", _("{actor} changed the tags: {tags}"), icon="tag")
@dataclass(frozen=True, slots=True)
class Tagged:
    record_kind: str
    record_id: UUID
    added: list[str] = personal_facts()
    removed: list[str] = personal_facts()


@kind("customers.file_added.1", _("{actor} attached {file}"), icon="paperclip", theme="file")
@dataclass(frozen=True, slots=True)
class FileAdded:
    record_kind: str
    record_id: UUID
    file_id: UUID
    file: str = personal()


@kind("customers.file_removed.1", _("{actor} removed the file {file}"), icon="paperclip", theme="file")
@dataclass(frozen=True, slots=True)
class FileRemoved:
    record_kind: str
    record_id: UUID
    file_id: UUID
    file: str = personal()


@kind("customers.assigned.1", _("{actor} gave {name} to {owner}"), icon="user-check")
@dataclass(frozen=True, slots=True)
class Assigned:
    """The same kind for people, companies and deals"""

    record_kind: str
    record_id: UUID
    from_id: UUID | None
    to_id: UUID | None
    owner: str
    name: str = personal()


@kind("customers.bulk_edited.1", _("{actor} changed {count} records at once"), icon="edit")
@dataclass(frozen=True, slots=True)
class BulkEdited:
    """Each record's own entry has this one as its cause"""

    record_kind: str
    count: int
    changes: dict[str, Any]


@kind("customers.handed_over.1", _("{actor} gave {count} records to {owner}"), icon="user-check")
@dataclass(frozen=True, slots=True)
class HandedOver:
    """The news of a bulk edit for the new owner, caused by it. record_id: the first of the records"""

    record_kind: str
    record_id: UUID
    count: int
    to_id: UUID
    owner: str


@kind("customers.exported.1", _("{actor} exported a list of {record_kind}"), icon="download")
@dataclass(frozen=True, slots=True)
class Exported:
    """asked: the list's query string. file: csv or xlsx. count: rows; None in entries from before it was kept"""

    record_kind: str
    asked: str
    file: str = "csv"
    count: int | None = None


@kind("customers.purged.1", _("{actor} removed {count} records that had been in the bin for 30 days"), icon="trash-x")
@dataclass(frozen=True, slots=True)
class Purged:
    record_kind: str
    count: int


@kind(
    "customers.imported.1",
    _("{actor} imported {file}: {created} created, {updated} updated, {rejected} rejected"),
    icon="upload",
)
@dataclass(frozen=True, slots=True)
class Imported:
    import_id: UUID
    file: str
    created: int
    updated: int
    rejected: int


@kind("customers.import_undone.1", _("{actor} took back the import of {file}"), icon="arrow-back-up")
@dataclass(frozen=True, slots=True)
class ImportUndone:
    """rows: so many had added or changed something"""

    import_id: UUID
    file: str
    rows: int


@kind("customers.field_defined.1", _("{actor} defined the field {field}"), icon="forms")
@dataclass(frozen=True, slots=True)
class FieldDefined:
    field_id: UUID
    field: str
    record_kind: str


@kind("customers.field_changed.1", _("{actor} changed the field {field}"), icon="forms")
@dataclass(frozen=True, slots=True)
class FieldChanged:
    field_id: UUID
    field: str
    changes: dict[str, list[Any]]


@kind("customers.lifecycle_renamed.1", _("{actor} renamed the lifecycle stage {stage}"), icon="forms")
@dataclass(frozen=True, slots=True)
class LifecycleRenamed:
    stage: str
    name: str
    name_ar: str


@kind("customers.person_erased.1", _("{actor} erased a person: {reason}"), icon="eraser", tone="bad")
@dataclass(frozen=True, slots=True)
class PersonErased:
    person_id: UUID
    reason: str


@kind("customers.address_welcomed.1", _("{actor} allowed an erased address again. {reason}"), icon="user-check")
@dataclass(frozen=True, slots=True)
class AddressWelcomed:
    """count: of addresses, none of which is told."""

    count: int
    reason: str


@kind("customers.person_handed_out.1", _("{actor} took out everything on {person}"), icon="download")
@dataclass(frozen=True, slots=True)
class PersonHandedOut:
    """files: attached files in it"""

    person_id: UUID
    files: int
    person: str = personal()
