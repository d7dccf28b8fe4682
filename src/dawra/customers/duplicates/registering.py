"""What of this room goes over when two records become one. Imported when the room is ready."""

from dawra.access.joining import moves, stays
from dawra.customers.models import (
    ActivityLink,
    Affiliation,
    Company,
    Consent,
    ContactPoint,
    ExternalId,
    File,
    Letter,
    LifecycleChange,
    PendingLink,
    Tagging,
)

moves(ContactPoint, "person_id", kinds=("person",), once=("kind", "normal"))
moves(ContactPoint, "company_id", kinds=("company",), once=("kind", "normal"))
moves(Affiliation, "person_id", kinds=("person",), once=("company_id", "role", "until_on"))
moves(Affiliation, "company_id", kinds=("company",), once=("person_id", "role", "until_on"))
moves(Company, "parent_id", kinds=("company",))
moves(Consent, "person_id", kinds=("person",))
moves(Tagging, "record_id", once=("tag_id",), kind_column="record_kind")
moves(ActivityLink, "record_id", once=("activity_id",), kind_column="record_kind")
moves(File, "record_id", kind_column="record_kind")
moves(Letter, "person_id", kinds=("person",))
moves(Letter, "about_id", kind_column="about_kind")
moves(ExternalId, "record_id", kind_column="record_kind")
moves(LifecycleChange, "record_id", kind_column="record_kind")
moves(PendingLink, "record_id", once=("system", "wants_kind", "wants_id", "what"))

stays("customers.ImportRow", because="what a row of a file became then stays true; taking an import back asks")
stays("customers.SearchRow", "customers.BlockKey", because="made again from the record and what belongs to it")
stays("customers.DuplicatePair", because="settled by merging itself: decisions go over, open pairs too")
stays("customers.Merge", because="says itself what became of what; a chain is followed step by step")
stays("customers.DuplicateSearch", because="of no record")
stays("journal.Mention", because="the kept record's timeline is given the entries besides, the journal stays as it is")
stays("journal.Delivery", because="the order in which listeners hear of what was done to the old record")
