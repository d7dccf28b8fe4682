"""Zoho CRM: labels of the standard modules, ids as zcrm_ numbers in "Record Id" and in "… Id" beside each link."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    identities,
    labelled,
    minutes,
    name,
    part,
    short,
    when,
)
from dawra.customers.importing.formats.columns import identity as plain_identity
from dawra.customers.importing.formats.words import CALL_DIRECTIONS, DIRECTIONS, DONE_WORDS, STATES
from dawra.customers.importing.recognising import Column, Format
from dawra.customers.importing.values import Cell

CODE = "zoho"


def identity(written: str, cell: Cell) -> str:
    return plain_identity(written, cell).removeprefix("zcrm_")


def several(written: str, cell: Cell) -> list[str]:
    return [one.removeprefix("zcrm_") for one in identities(written, cell)]


def _id(module: str) -> Column:
    return column("id", identity, "Record Id", f"{module} Id", "Id", "معرف السجل")


def _stamps(module: str) -> tuple[Column, ...]:
    return (
        column("created_at", when, "Created Time", "Created_Time"),
        column("owner_id", identity, f"{module} Owner.id", f"{module} Owner Id", "Owner.id"),
        column("owner", values.text(254), f"{module} Owner", "Owner"),
        column("tags", values.words, "Tag"),
    )


def _address(prefix: str) -> tuple[Column, ...]:
    return (
        column("address", values.text(1000), f"{prefix}Street", f"{prefix}Address Line 1"),
        column("city", values.text(120), f"{prefix}City"),
        column("state_name", values.text(120), f"{prefix}State", f"{prefix}Province"),
        column("zip", values.text(40), f"{prefix}Zip", f"{prefix}Zip Code", f"{prefix}Code", f"{prefix}Postal Code"),
        column("country", values.country, f"{prefix}Country"),
    )


def _place(prefix: str) -> tuple[Column, ...]:
    """A person has a city and a country; streets are of companies."""
    return tuple(one for one in _address(prefix) if one.field in ("city", "country"))


_PERSON = (
    column("given_name", values.text(100), "First Name"),
    column("family_name", values.text(100), "Last Name"),
    column("title", values.text(160), "Title", "Designation"),
    column("email", values.email, "Email"),
    column("secondary_email", values.email, "Secondary Email"),
    column("phone", values.phone, "Phone"),
    column("mobile", values.phone, "Mobile"),
    column("source", short, "Lead Source"),
    column("about", values.prose(10_000), "Description"),
    column("no_email", values.yes_no, "Email Opt Out", "Email Opt-out"),
)
USERS = part(
    "users", _("Users"), "user",
    (
        column("id", identity, "Record Id", "User Id", "Id"),
        column("given_name", values.text(60), "First Name"),
        column("family_name", values.text(60), "Last Name"),
        column("email", values.email, "Email"),
        column("role", values.text(60), "Role"),
        column("profile", values.text(60), "Profile"),
    ),
    needs=("email", "role", "profile"),
    signs=("Profile",),
    any_of=("given_name", "family_name"),
)  # fmt: skip
ACCOUNTS = part(
    "accounts", _("Companies"), "account",
    (
        _id("Account"),
        column("name", name, "Account Name"),
        column("site", values.site, "Website", "Web site"),
        column("parent", name, "Parent Account"),
        column("parent_id", identity, "Parent Account.id", "Parent Account Id"),
        column("employees", values.whole(), "Employees", "No. of Employees"),
        column("industry", short, "Industry"),
        column("phone", values.phone, "Phone"),
        column("revenue_minor", values.amount(), "Annual Revenue"),
        column("about", values.prose(10_000), "Description"),
        *_address("Billing "),
        *_stamps("Account"),
    ),
    kind="company",
    needs=("name",),
    signs=("Account Site", "SIC Code", "Ticker Symbol", "Parent Account", "Billing Code", "Account Type", "Account Id"),
    key=by_id(else_by=("name",)),
)  # fmt: skip
CONTACTS = part(
    "contacts", _("People"), "contact",
    (
        _id("Contact"),
        column("name", name, "Full Name", "Contact Name"),
        column("company", name, "Account Name"),
        column("company_id", identity, "Account Name.id", "Account Name Id", "Account Id", "AccountId"),
        *_PERSON, *_place("Mailing "), *_stamps("Contact"),
    ),
    kind="person",
    any_of=("name", "given_name", "family_name"),
    signs=("Reporting To", "Vendor Name", "Secondary Email", "Skype ID", "Mailing Zip", "Contact Owner.id", "Record Id",
           "Account Name.id", "Modified By", "Contact Id"),
    key=by_id(else_by=("email",)),
)  # fmt: skip
LEADS = part(
    "leads", _("Leads"), "lead",
    (
        _id("Lead"),
        column("name", name, "Full Name", "Lead Name"),
        column("company", name, "Company"),
        column("status", short, "Lead Status"),
        column("site", values.site, "Website", "Web site"),
        column("converted", values.yes_no, "Is Converted", "Converted"),
        column("same_as", several, "Converted Contact.id", "Converted Contact Id"),
        column("company_id", identity, "Converted Account.id", "Converted Account Id"),
        *_PERSON, *_place(""), *_stamps("Lead"),
    ),
    kind="person",
    needs=("status",),
    any_of=("name", "family_name", "given_name", "email"),
    signs=("No. of Employees", "Skype ID", "Secondary Email", "Lead Owner", "Record Id", "Modified By"),
    key=by_id("lead", ("email",)),
)  # fmt: skip
_LINKS = (
    column("person", name, "Contact Name"),
    column("person_ids", several, "Contact Name.id", "Contact Id", "Who Id.id"),
    column("about_name", name, "Related To", "What Id"),
    column("about_ids", several, "Related To.id", "Related To Id", "What Id.id"),
    column("body", values.prose(50_000), "Description"),
)
TASKS = part(
    "tasks", _("Tasks"), "activity.task",
    (
        _id("Task"),
        column("title", values.text(200), "Subject"),
        column("due", when, "Due Date"),
        labelled("status", STATES, DONE_WORDS, "Status"),
        column("done_at", when, "Closed Time"),
        *_LINKS, *_stamps("Task"),
    ),
    needs=("title",),
    signs=("Task Owner", "Closed Time", "Task Id"),
)  # fmt: skip
CALLS = part(
    "calls", _("Calls"), "activity.call",
    (
        _id("Call"),
        column("title", values.text(200), "Subject"),
        column("at", when, "Call Start Time"),
        column("minutes", minutes("seconds"), "Call Duration (in seconds)"),
        column("clock", minutes("clock"), "Call Duration"),
        column("in_minutes", minutes(), "Call Duration (in minutes)"),
        labelled("direction", DIRECTIONS, CALL_DIRECTIONS, "Call Type"),
        column("outcome", values.text(40), "Call Result"),
        *_LINKS, *_stamps("Call"),
    ),
    signs=("Call Start Time", "Call Owner", "Call Id"),
    needs=("title",),
)  # fmt: skip
MEETINGS = part(
    "meetings", _("Meetings"), "activity.meeting",
    (
        _id("Meeting"),
        column("title", values.text(200), "Title", "Event Title", "Subject"),
        column("at", when, "From", "Start DateTime"),
        *_LINKS, *_stamps("Host"),
        column("host", values.text(254), "Host"),
    ),
    needs=("title", "at"),
    signs=("Host", "From", "Start DateTime", "Event Title"),
)  # fmt: skip
NOTES = part(
    "notes", _("Notes"), "activity.note",
    (
        _id("Note"),
        column("title", values.text(200), "Note Title"),
        column("body", values.prose(50_000), "Note Content"),
        column("about_name", name, "Parent Name", "Parent ID"),
        column("about_ids", several, "Parent ID.id", "Parent Id"),
        *_stamps("Note"),
    ),
    needs=("body",),
    signs=("Note Content", "Note Title"),
    key=by_id(else_by=("body",)),
)  # fmt: skip
FORMAT = Format(CODE, _("Zoho CRM"), (USERS, ACCOUNTS, CONTACTS, LEADS, TASKS, CALLS, MEETINGS, NOTES))
