"""HubSpot exports: labels of the account's language, or internal names. Links are ids joined by semicolons."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    identities,
    identity,
    labelled,
    minutes,
    name,
    part,
    short,
    when,
)
from dawra.customers.importing.formats.words import (
    ACTIVITIES,
    CALL_DIRECTIONS,
    DIRECTIONS,
    DONE_WORDS,
    KINDS,
    STATES,
    lifecycle_column,
)
from dawra.customers.importing.own_format import workspace_columns
from dawra.customers.importing.recognising import Column, Format

CODE = "hubspot"


def _own(kind: str) -> tuple[Column, ...]:
    """Custom fields, and the lifecycle with HubSpot's names beside the workspace's."""
    own = [one for one in workspace_columns(kind) if one.field != "lifecycle"]
    return (lifecycle_column("Lifecycle Stage", "lifecyclestage", "مرحلة دورة الحياة"), *own)


USERS = part(
    "users", _("Users"), "user",
    (
        column("id", identity, "User ID", "Owner ID", "hs_user_id"),
        column("name", values.text(120), "Name", "User"),
        column("given_name", values.text(60), "First Name"),
        column("family_name", values.text(60), "Last Name"),
        column("email", values.email, "Email", "Email Address"),
    ),
    needs=("email",),
    signs=("User ID", "Permission Set", "Seat", "Last Active", "Primary Team", "Main Team"),
    any_of=("name", "given_name", "family_name"),
)  # fmt: skip
_STAMPS = (
    column("created_at", when, "Create Date", "createdate"),
    column("address", values.text(1000), "Street Address", "address"),
    column("city", values.text(120), "City", "city"),
    column("state_name", values.text(120), "State/Region", "state"),
    column("zip", values.text(40), "Postal Code", "zip"),
    column("country", values.country, "Country/Region", "Country", "country"),
    column("source", short, "Original Source", "Original Traffic Source", "hs_analytics_source"),
)
COMPANIES = part(
    "companies", _("Companies"), "account",
    (
        column("id", identity, "Record ID", "Company ID", "hs_object_id"),
        column("name", name, "Company name", "Name", "name"),
        column("site", values.site, "Company Domain Name", "Website URL", "domain", "website"),
        column("industry", short, "Industry", "industry"),
        column("employees", values.whole(), "Number of Employees", "numberofemployees"),
        column("revenue_minor", values.amount(), "Annual Revenue", "annualrevenue"),
        column("phone", values.phone, "Phone Number", "phone"),
        column("founded_year", values.whole(1000, 2200), "Year Founded", "founded_year"),
        column("about", values.prose(10_000), "Description", "About Us", "description"),
        column("owner", values.text(254), "Company owner", "hubspot_owner_id", "مالك الشركة"),
        column("parent_id", identity, "Parent Company ID", "hs_parent_company_id"),
        column("parent", name, "Parent Company"),
        *_STAMPS,
    ),
    needs=("name",),
    signs=("Company owner", "Company Domain Name", "Website URL", "hs_object_id", "numberofemployees", "مالك الشركة",
           "Associated Contact IDs", "hs_parent_company_id"),
    more=partial(_own, "company"),
    key=by_id(else_by=("site", "name")),
)  # fmt: skip
CONTACTS = part(
    "contacts", _("People"), "contact",
    (
        column("id", identity, "Record ID", "Contact ID", "hs_object_id", "معرف السجل"),
        column("given_name", values.text(100), "First Name", "firstname"),
        column("family_name", values.text(100), "Last Name", "lastname"),
        column("email", values.email, "Email", "email"),
        column("phone", values.phone, "Phone Number", "phone"),
        column("mobile", values.phone, "Mobile Phone Number", "mobilephone"),
        column("title", values.text(160), "Job Title", "jobtitle"),
        column("company_id", identities, "Associated Company IDs", "associatedcompanyid",
               "Associated Company IDs (Primary)", "Primary Associated Company ID"),
        column("company", name, "Associated Company", "Company Name", "company", "Associated Company (Primary)"),
        column("owner", values.text(254), "Contact owner", "hubspot_owner_id", "مالك جهة الاتصال"),
        column("language", values.language, "Preferred language", "hs_language"),
        column("no_email", values.yes_no, "Unsubscribed from all email", "hs_email_optout"),
        *(one for one in _STAMPS if one.field not in ("address", "state_name", "zip")),
    ),
    any_of=("given_name", "family_name", "email"),
    signs=("Contact owner", "hs_lead_status", "hs_analytics_source", "Associated Deal IDs", "Associated Company IDs",
           "lifecyclestage", "Original Source", "hubspot_owner_id", "معرف السجل", "مالك جهة الاتصال"),
    more=partial(_own, "person"),
    key=by_id(else_by=("email",)),
)  # fmt: skip
_LINKS = (
    column("person_ids", identities, "Associated Contact IDs", "associatedcontactids"),
    column("company_ids", identities, "Associated Company IDs", "associatedcompanyids"),
    column("deal_ids", identities, "Associated Deal IDs", "associateddealids"),
    column("person", values.text(1000), "Associated Contact"),
    column("created_at", when, "Create Date", "hs_createdate"),
    column("owner", values.text(254), "Activity assigned to", "hubspot_owner_id", "Assigned to"),
    column("id", identity, "Record ID", "hs_object_id", "معرف السجل"),
)
_AT = ("Activity date", "hs_timestamp")
CALLS = part(
    "calls", _("Calls"), "activity.call",
    (
        column("title", values.text(200), "Call Title", "hs_call_title"),
        column("body", values.prose(50_000), "Call notes", "hs_call_body", "Body preview"),
        column("at", when, *_AT),
        labelled("direction", DIRECTIONS, CALL_DIRECTIONS, "Call direction", "hs_call_direction"),
        column("minutes", minutes("milliseconds"), "Call duration", "hs_call_duration", "Call duration (milliseconds)"),
        column("outcome", values.text(40), "Call outcome", "hs_call_disposition"),
        *_LINKS,
    ),
    signs=("Call Title", "Call notes", "Call outcome", "hs_call_title", "hs_call_body"),
    any_of=("title", "body"),
)  # fmt: skip
MEETINGS = part(
    "meetings", _("Meetings"), "activity.meeting",
    (
        column("title", values.text(200), "Meeting Title", "Meeting name", "hs_meeting_title"),
        column("body", values.prose(50_000), "Meeting description", "Internal meeting notes", "hs_meeting_body"),
        column("at", when, "Meeting start time", "hs_meeting_start_time", *_AT),
        column("outcome", values.text(40), "Meeting outcome", "hs_meeting_outcome"),
        *_LINKS,
    ),
    signs=("Meeting Title", "Meeting name", "Meeting start time", "Meeting outcome", "hs_meeting_title"),
    any_of=("title", "body"),
)  # fmt: skip
EMAILS = part(
    "emails", _("E-mails"), "activity.email",
    (
        column("title", values.text(200), "Email subject", "hs_email_subject"),
        column("body", values.prose(50_000), "Email body", "hs_email_text", "hs_email_html"),
        column("at", when, *_AT),
        labelled("direction", DIRECTIONS, {
            "email": "out", "incoming_email": "in", "forwarded_email": "in", "outgoing": "out", "incoming": "in",
        }, "Email direction", "hs_email_direction"),
        *_LINKS,
    ),
    signs=("Email subject", "Email body", "hs_email_subject", "hs_email_text"),
    any_of=("title", "body"),
)  # fmt: skip
NOTES = part(
    "notes",
    _("Notes"),
    "activity.note",
    (
        column("body", values.prose(50_000), "Note body", "hs_note_body", "نص الملاحظة"),
        column("at", when, *_AT),
        *_LINKS,
    ),
    signs=("Note body", "hs_note_body", "نص الملاحظة"),
    needs=("body",),
)
TASKS = part(
    "tasks", _("Tasks"), "activity.task",
    (
        column("title", values.text(200), "Task Title", "hs_task_subject"),
        column("body", values.prose(50_000), "Task notes", "Notes", "hs_task_body"),
        column("due", when, "Due date", "Task due date", *_AT),
        labelled("status", STATES, DONE_WORDS | {
            "completed": "done", "not_started": "open", "in_progress": "open", "waiting": "open", "deferred": "open",
        }, "Task Status", "hs_task_status"),
        column("done_at", when, "Completed at", "hs_task_completion_date"),
        labelled("what", KINDS, ACTIVITIES, "Task Type", "hs_task_type"),
        *_LINKS,
    ),
    signs=("Task Title", "Task Status", "hs_task_subject", "hs_task_status"),
    needs=("title",),
)  # fmt: skip

FORMAT = Format(CODE, _("HubSpot"), (USERS, COMPANIES, CONTACTS, CALLS, MEETINGS, EMAILS, NOTES, TASKS))
