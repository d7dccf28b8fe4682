"""Pipedrive: headers "Entity - Field", with or without the entity. Links are names; notes are HTML."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    identity,
    labelled,
    minutes,
    name,
    part,
    short,
    when,
)
from dawra.customers.importing.formats.words import ACTIVITIES, DONE_WORDS, KINDS, STATES
from dawra.customers.importing.recognising import Column, Format

CODE = "pipedrive"
DONE = {"yes": "done", "true": "done", "1": "done", "no": "open", "false": "open", "0": "open"}


def names_of(entity: str, *fields: str) -> tuple[str, ...]:
    """With the entity in front and without."""
    return tuple(name for field in fields for name in (f"{entity} - {field}", field))


def id_column(entity: str) -> Column:
    return column("id", identity, *names_of(entity, "Pipedrive System ID", "ID", "System ID"))


def _links(entity: str) -> tuple[Column, ...]:
    return (
        column("company", name, *names_of(entity, "Organization", "Organization name")),
        column("person", name, *names_of(entity, "Contact person", "Person")),
    )


PEOPLE = part(
    "people", _("People"), "contact",
    (
        id_column("Person"),
        column("name", name, *names_of("Person", "Name")),
        column("given_name", values.text(100), *names_of("Person", "First name")),
        column("family_name", values.text(100), *names_of("Person", "Last name")),
        column("email", values.email, *names_of("Person", "Email", "Email (Work)", "Email - Work")),
        column("secondary_email", values.email, *names_of("Person", "Email (Home)", "Email (Other)", "Email - Home")),
        column("phone", values.phone, *names_of("Person", "Phone", "Phone (Work)", "Phone - Work")),
        column("mobile", values.phone, *names_of("Person", "Phone (Mobile)", "Phone - Mobile", "Phone (Home)")),
        column("tags", values.words, *names_of("Person", "Label", "Labels")),
        column("title", values.text(160), *names_of("Person", "Job title")),
        column("company", name, "Person - Organization", "Organization name", "Organization", "Organization - Name"),
        column("owner", values.text(254), *names_of("Person", "Owner")),
        column("created_at", when, *names_of("Person", "Creation date", "Person created")),
    ),
    kind="person",
    any_of=("name", "given_name"),
    signs=("Person - Name", "Person - Pipedrive System ID", "Person - Email", "Person - Owner", "Person - Organization",
           "Person - Visible to", "Person - Label"),
    key=by_id(else_by=("email", "name")),
)  # fmt: skip
ORGANIZATIONS = part(
    "organizations", _("Companies"), "account",
    (
        id_column("Organization"),
        column("name", name, *names_of("Organization", "Name")),
        column("tags", values.words, *names_of("Organization", "Labels", "Label")),
        column("address", values.text(1000), *names_of("Organization", "Address", "Full/combined address of Address")),
        column("city", values.text(120), *names_of("Organization", "City/town/village/locality of Address")),
        column("state_name", values.text(120), *names_of("Organization", "State/county of Address")),
        column("zip", values.text(40), *names_of("Organization", "ZIP/Postal code of Address")),
        column("country", values.country, *names_of("Organization", "Country of Address")),
        column("site", values.site, *names_of("Organization", "Website")),
        column("industry", short, *names_of("Organization", "Industry")),
        column("employees", values.whole(), *names_of("Organization", "Employee count", "Number of employees")),
        column("owner", values.text(254), *names_of("Organization", "Owner")),
        column("created_at", when, *names_of("Organization", "Creation date", "Organization created")),
    ),
    kind="company",
    needs=("name",),
    signs=("Organization - Name", "Organization - Pipedrive System ID", "Organization - Owner", "Organization - Address"),
    key=by_id(else_by=("name",)),
)  # fmt: skip
LEADS = part(
    "leads", _("Leads"), "lead",
    (
        id_column("Lead"),
        column("about", values.text(1000), *names_of("Lead", "Title")),
        column("tags", values.words, *names_of("Lead", "Labels", "Label")),
        column("owner", values.text(254), *names_of("Lead", "Owner")),
        column("source", short, *names_of("Lead", "Source channel", "Source")),
        column("created_at", when, *names_of("Lead", "Lead created", "Creation date")),
        column("name", name, "Contact person", "Lead - Contact person", "Person - Name"),
        column("company", name, "Organization", "Lead - Organization", "Organization - Name"),
        column("email", values.email, "Person - Email"),
        column("phone", values.phone, "Person - Phone"),
    ),
    kind="person",
    needs=("about",),
    any_of=("name", "company"),
    signs=("Lead - Title", "Lead - Pipedrive System ID", "Lead - Source channel", "Lead - Owner", "Lead - Labels"),
    key=by_id("lead"),
)  # fmt: skip
ACTIVITY = part(
    "activities", _("Activities"), "activity.task",
    (
        id_column("Activity"),
        column("title", values.text(200), *names_of("Activity", "Subject")),
        labelled("what", KINDS, ACTIVITIES, *names_of("Activity", "Type")),
        column("due", when, *names_of("Activity", "Due date")),
        column("due_time", values.text(12), *names_of("Activity", "Due time")),
        column("minutes", minutes(), *names_of("Activity", "Duration")),
        column("owner", values.text(254), *names_of("Activity", "Assigned to user")),
        labelled("status", STATES, DONE_WORDS | DONE, *names_of("Activity", "Done", "Status")),
        column("done_at", when, *names_of("Activity", "Marked as done time")),
        column("body", values.prose(50_000), *names_of("Activity", "Note", "Public description")),
        column("created_at", when, *names_of("Activity", "Add time", "Creation date")),
        column("deal", name, "Deal", "Activity - Deal", "Deal - Title"),
        *_links("Activity"),
    ),
    needs=("title",),
    signs=("Activity - Subject", "Activity - Type", "Activity - Done", "Activity - Due date", "Marked as done time"),
)  # fmt: skip
NOTES = part(
    "notes", _("Notes"), "activity.note",
    (
        id_column("Note"),
        column("body", values.prose(50_000), *names_of("Note", "Content")),
        column("at", when, *names_of("Note", "Add time", "Creation date")),
        column("owner", values.text(254), *names_of("Note", "User", "Author")),
        column("deal", name, "Deal", "Note - Deal", "Deal - Title"),
        *_links("Note"),
    ),
    needs=("body",),
    signs=("Note - Content", "Note - Pipedrive System ID"),
    key=by_id(else_by=("body",)),
)  # fmt: skip
FORMAT = Format(CODE, _("Pipedrive"), (ORGANIZATIONS, PEOPLE, LEADS, ACTIVITY, NOTES))
