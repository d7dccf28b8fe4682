"""Salesforce: data export (API names) and reports (labels). https://developer.salesforce.com/docs, object reference."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    labelled,
    minutes,
    name,
    part,
    salesforce_id,
    salesforce_ids,
    short,
    when,
)
from dawra.customers.importing.formats.words import CALL_DIRECTIONS, DIRECTIONS, DONE_WORDS, KINDS, STATES
from dawra.customers.importing.recognising import Column, Format

CODE = "salesforce"

_STAMPS = (
    column("created_at", when, "CreatedDate", "Created Date", "Create Date"),
    column("owner_id", salesforce_id, "OwnerId", "Owner ID"),
)


def _address(prefix: str) -> tuple[Column, ...]:
    spaced = f"{prefix} " if prefix else ""
    return (
        column("address", values.text(1000), f"{prefix}Street", f"{spaced}Street", f"{spaced}Address Line 1"),
        column("city", values.text(120), f"{prefix}City", f"{spaced}City"),
        column("state_name", values.text(120), f"{prefix}State", f"{spaced}State/Province", f"{spaced}State"),
        column("zip", values.text(40), f"{prefix}PostalCode", f"{spaced}Zip/Postal Code", f"{spaced}Postal Code"),
        column("country", values.country, f"{prefix}Country", f"{spaced}Country", f"{prefix}CountryCode"),
    )


def _place(prefix: str) -> tuple[Column, ...]:
    """A person has a city and a country; streets are of companies."""
    return tuple(one for one in _address(prefix) if one.field in ("city", "country"))


USERS = part(
    "users", _("Users"), "user",
    (
        column("id", salesforce_id, "Id", "User ID"),
        column("name", values.text(120), "Name", "Full Name"),
        column("given_name", values.text(60), "FirstName", "First Name"),
        column("family_name", values.text(60), "LastName", "Last Name"),
        column("email", values.email, "Email"),
        column("active", values.yes_no, "IsActive", "Active"),
        column("username", values.text(254), "Username"),
    ),
    signs=("Username", "ProfileId", "UserRoleId", "IsActive"),
    needs=("username",),
)  # fmt: skip
ACCOUNTS = part(
    "accounts", _("Companies"), "account",
    (
        column("id", salesforce_id, "Id", "Account ID", "AccountId"),
        column("name", name, "Name", "Account Name"),
        column("parent_id", salesforce_id, "ParentId", "Parent Account ID"),
        column("parent", name, "Parent Account", "Parent Account Name", "Parent.Name"),
        column("source", short, "AccountSource", "Account Source"),
        column("phone", values.phone, "Phone", "Account Phone"),
        column("site", values.site, "Website"),
        column("industry", short, "Industry"),
        column("revenue_minor", values.amount(), "AnnualRevenue", "Annual Revenue"),
        column("employees", values.whole(), "NumberOfEmployees", "Employees"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Account Owner", "Account Owner: Full Name"),
        column("about", values.prose(10_000), "Description", "Account Description"),
        *_address("Billing"),
        *_STAMPS,
    ),
    kind="company",
    needs=("name",),
    signs=(
        "ParentId", "AccountNumber", "BillingStreet", "BillingCity", "BillingCountry", "TickerSymbol", "AccountSource",
        "NumberOfEmployees", "AnnualRevenue", "Account ID", "Account Owner", "Billing City", "Account Source",
    ),
    key=by_id(else_by=("name",)),
)  # fmt: skip
CONTACTS = part(
    "contacts", _("People"), "contact",
    (
        column("id", salesforce_id, "Id", "Contact ID", "ContactId"),
        column("name", name, "Name", "Full Name"),
        column("given_name", values.text(100), "FirstName", "First Name"),
        column("family_name", values.text(100), "LastName", "Last Name"),
        column("company_id", salesforce_id, "AccountId", "Account ID"),
        column("company", name, "Account.Name", "Account Name"),
        column("title", values.text(160), "Title"),
        column("email", values.email, "Email"),
        column("phone", values.phone, "Phone", "Business Phone"),
        column("mobile", values.phone, "MobilePhone", "Mobile", "Mobile Phone"),
        column("source", short, "LeadSource", "Lead Source"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Contact Owner", "Contact Owner: Full Name"),
        column("about", values.prose(10_000), "Description", "Contact Description"),
        column("no_email", values.yes_no, "HasOptedOutOfEmail", "Email Opt Out"),
        column("no_phone", values.yes_no, "DoNotCall", "Do Not Call"),
        *_place("Mailing"),
        *_STAMPS,
    ),
    kind="person",
    any_of=("name", "family_name", "given_name"),
    signs=(
        "AccountId", "MailingStreet", "MailingCity", "ReportsToId", "AssistantName", "HomePhone", "OtherPhone",
        "Contact ID", "Business Phone", "Business Fax", "Contact Owner: Full Name", "Mailing City", "Asst. Phone",
    ),
    key=by_id(else_by=("email", "name")),
)  # fmt: skip
LEADS = part(
    "leads", _("Leads"), "lead",
    (
        column("id", salesforce_id, "Id", "Lead ID"),
        column("name", name, "Name", "Full Name"),
        column("given_name", values.text(100), "FirstName", "First Name"),
        column("family_name", values.text(100), "LastName", "Last Name"),
        column("company", name, "Company", "Company / Account"),
        column("title", values.text(160), "Title"),
        column("email", values.email, "Email"),
        column("phone", values.phone, "Phone"),
        column("mobile", values.phone, "MobilePhone", "Mobile"),
        column("source", short, "LeadSource", "Lead Source"),
        column("status", short, "Status", "Lead Status"),
        column("converted", values.yes_no, "IsConverted", "Converted"),
        column("same_as", salesforce_ids, "ConvertedContactId"),
        column("company_id", salesforce_id, "ConvertedAccountId"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Lead Owner"),
        column("about", values.prose(10_000), "Description"),
        column("no_email", values.yes_no, "HasOptedOutOfEmail", "Email Opt Out"),
        column("no_phone", values.yes_no, "DoNotCall", "Do Not Call"),
        *_place(""),
        *_STAMPS,
    ),
    kind="person",
    any_of=("name", "family_name", "email"),
    signs=("IsConverted", "ConvertedContactId", "ConvertedAccountId", "ConvertedDate", "Lead ID", "Company / Account",
           "Lead Owner: Full Name", "LeadSource"),
    needs=("company", "status"),
    key=by_id("lead", ("email", "name")),
)  # fmt: skip
TASKS = part(
    "tasks", _("Activities"), "activity.task",
    (
        column("id", salesforce_id, "Id", "Activity ID"),
        column("title", values.text(200), "Subject"),
        column("person_ids", salesforce_ids, "WhoId"),
        column("about_ids", salesforce_ids, "WhatId"),
        column("company_ids", salesforce_ids, "AccountId"),
        column("due", when, "ActivityDate", "Due Date Only", "Date"),
        column("done_at", when, "CompletedDateTime"),
        column("body", values.prose(50_000), "Description", "Comments", "Full Comments"),
        column("done", values.yes_no, "IsClosed"),
        labelled("status", STATES, DONE_WORDS, "Status"),
        labelled("what", KINDS, {
            "call": "call", "email": "email", "list email": "email", "task": "task", "": "task", "meeting": "meeting",
        }, "TaskSubtype", "Task Subtype"),
        labelled("direction", DIRECTIONS, CALL_DIRECTIONS, "CallType", "Call Type"),
        column("outcome", values.text(40), "CallDisposition", "Call Result"),
        column("minutes", minutes("seconds"), "CallDurationInSeconds", "Call Duration"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Assigned", "Assigned To"),
        *_STAMPS,
    ),
    needs=("title",),
    signs=("WhoId", "WhatId", "CallDisposition", "CallType", "CallDurationInSeconds", "ActivityDate"),
)  # fmt: skip
EVENTS = part(
    "events", _("Meetings"), "activity.meeting",
    (
        column("id", salesforce_id, "Id"),
        column("title", values.text(200), "Subject"),
        column("person_ids", salesforce_ids, "WhoId"),
        column("about_ids", salesforce_ids, "WhatId"),
        column("company_ids", salesforce_ids, "AccountId"),
        column("at", when, "StartDateTime", "ActivityDateTime", "Start"),
        column("minutes", minutes(), "DurationInMinutes", "Duration"),
        column("body", values.prose(50_000), "Description"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Assigned To"),
        *_STAMPS,
    ),
    needs=("title", "at"),
    signs=("StartDateTime", "ActivityDateTime", "DurationInMinutes"),
)  # fmt: skip
FORMAT = Format(CODE, _("Salesforce"), (USERS, ACCOUNTS, CONTACTS, LEADS, TASKS, EVENTS))
