"""Odoo: technical names or labels. "Company" of a lead is the seller's own entity; "Company Name" is the prospect's."""

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    identity,
    labelled,
    name,
    part,
    when,
)
from dawra.customers.importing.formats.words import ACTIVITIES, DONE_WORDS, KINDS, STATES
from dawra.customers.importing.recognising import Format

CODE = "odoo"


DOCUMENTS = {"upload document": "task", "document": "task"}
SORTS = {"yes": _("Company"), "no": _("Person")}
ADDRESS = (
    column("address", values.text(1000), "street", "Street"),
    column("city", values.text(120), "city", "City"),
    column("state_name", values.text(120), "state_id", "State"),
    column("zip", values.text(40), "zip", "Zip"),
    column("country", values.country, "country_id", "Country", "country_id/code", "Country/Country Code"),
)
USERS = part(
    "users", _("Users"), "user",
    (
        column("id", identity, "id", "External ID", "ID", ".id"),
        column("name", values.text(120), "name", "Name"),
        column("email", values.email, "email", "Email"),
        column("login", values.text(254), "login", "Login"),
        column("active", values.yes_no, "active", "Active"),
    ),
    needs=("name", "login"),
    signs=("login", "Login", "groups_id", "Latest authentication"),
)  # fmt: skip
_PARTNER = (
    column("id", identity, "id", "External ID", "ID", ".id"),
    column("name", name, "name", "Name", "Display Name", "Complete Name"),
    column("email", values.email, "email", "Email"),
    column("phone", values.phone, "phone", "Phone"),
    column("mobile", values.phone, "mobile", "Mobile"),
    column("site", values.site, "website", "Website", "Website Link"),
    column("tags", values.words, "category_id", "Tags", "category_id/name"),
    column("owner", values.text(254), "user_id", "Salesperson", "user_id/login"),
    column("owner_id", identity, "user_id/id", "Salesperson/External ID"),
    column("about", values.prose(10_000), "comment", "Notes"),
    column("language", values.language, "lang", "Language"),
    column("created_at", when, "create_date", "Created on"),
    column("title", values.text(160), "function", "Job Position"),
    column("company", name, "parent_id", "Related Company", "Company Name", "commercial_company_name"),
    column("company_id", identity, "parent_id/id", "Related Company/External ID"),
    labelled("is_company", SORTS, {
        "true": "yes", "false": "no", "1": "yes", "0": "no", "company": "yes", "person": "no", "individual": "no",
        "yes": "yes", "no": "no", "شركه": "yes", "فرد": "no", "شخص": "no",
    }, "is_company", "Is a Company", "company_type", "Company Type"),
    *ADDRESS,
)  # fmt: skip
PARTNERS = part(
    "partners", _("Companies and people"), "partner",
    _PARTNER,
    kind="person",
    needs=("name", "is_company"),
    signs=("is_company", "Is a Company", "company_type", "Company Type"),
    key=by_id(),
)  # fmt: skip
ACTIVITY = part(
    "activities", _("Activities"), "activity.planned",
    (
        column("id", identity, "id", "External ID", "ID", ".id"),
        labelled("what", KINDS, ACTIVITIES | DOCUMENTS, "activity_type_id", "Activity Type"),
        column("title", values.text(200), "summary", "Summary"),
        column("body", values.prose(50_000), "note", "Note"),
        column("due", when, "date_deadline", "Due Date"),
        labelled("status", STATES, DONE_WORDS, "state", "State"),
        column("owner", values.text(254), "user_id", "Assigned to", "Assigned To"),
        column("owner_id", identity, "user_id/id"),
        column("about_name", name, "res_name", "Document Name"),
        column("about_ids", lambda written, cell: [identity(written, cell)], "res_id/id", "Related Document/External ID"),
        column("created_at", when, "create_date", "Created on"),
    ),
    needs=("what",),
    any_of=("title", "body", "about_name"),
    signs=("activity_type_id", "Activity Type", "res_name", "Document Name", "res_model"),
)  # fmt: skip
FORMAT = Format(CODE, _("Odoo"), (USERS, PARTNERS, ACTIVITY))
