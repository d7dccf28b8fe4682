"""Odoo: leads and opportunities in one file, the tracking of stages, products."""

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import column, identity, labelled, name, short, when
from dawra.customers.importing.formats.odoo import ADDRESS
from dawra.deals.importing.formats.parts import deals, history, products

_ID = column("id", identity, "id", "External ID", "ID", ".id")
PRODUCTS = products(
    (
        _ID,
        column("name", values.text(160), "name", "Name", "Product"),
        column("code", values.text(60), "default_code", "Internal Reference"),
        column("family", short, "categ_id", "Product Category"),
        column("price_minor", values.amount(), "list_price", "Sales Price"),
    ),
    signs=("default_code", "list_price", "Internal Reference", "categ_id", "Sales Price"),
)
LEADS = deals(
    (
        _ID,
        column("name", name, "name", "Opportunity", "الفرصة"),
        labelled("type", {"lead": "Lead", "opportunity": "Opportunity"},
                 {"عميل محتمل": "lead", "فرصة": "opportunity"}, "type", "Type"),
        column("owner", values.text(254), "user_id", "Salesperson", "user_id/login"),
        column("owner_id", identity, "user_id/id", "Salesperson/External ID"),
        column("partner", name, "partner_id", "Customer", "partner_id/display_name"),
        column("partner_id", identity, "partner_id/id", "Customer/External ID"),
        column("contact", name, "contact_name", "Contact Name"),
        column("company", name, "partner_name", "Company Name"),
        column("title", values.text(160), "function", "Job Position"),
        column("email", values.email, "email_from", "Email"),
        column("phone", values.phone, "phone", "Phone"),
        column("mobile", values.phone, "mobile", "Mobile"),
        column("language", values.language, "lang_id", "Language"),
        column("amount_minor", values.amount(), "expected_revenue", "Expected Revenue"),
        column("recurring_minor", values.amount(), "recurring_revenue_monthly", "Expected MRR"),
        column("currency", values.currency, "company_currency", "Currency"),
        column("probability", values.percent(), "probability", "Probability"),
        column("expected_close_on", values.day(), "date_deadline", "Expected Closing"),
        column("closed_at", when, "date_closed", "Closed Date"),
        column("created_at", when, "create_date", "Created on"),
        column("stage_since", when, "date_last_stage_update", "Last Stage Update"),
        column("tags", values.words, "tag_ids", "Tags", "tag_ids/name"),
        column("reason", values.text(300), "lost_reason_id", "Lost Reason"),
        column("source", short, "source_id", "Source"),
        column("campaign", values.text(120), "campaign_id", "Campaign"),
        column("about", values.prose(50_000), "description", "Notes"),
        column("active", values.yes_no, "active", "Active"),
        *(one for one in ADDRESS if one.field in ("city", "country")),
    ),
    ("stage_id", "Stage"),
    target="odoo_lead",
    signs=("stage_id", "expected_revenue", "date_deadline", "email_from", "Expected Closing", "Expected Revenue",
           "Prorated Revenue", "lost_reason_id", "Last Stage Update", "partner_name"),
)  # fmt: skip
HISTORY = history(
    (
        _ID,
        column(
            "deal_id", identity, "res_id/id", "lead_id/id", "Related Document/External ID", "Opportunity/External ID"
        ),
        column("at", when, "create_date", "date", "Date", "Created on"),
        column("field", short, "field_id", "Field"),
        column("was", short, "old_value_char", "Old Value Char"),
    ),
    ("new_value_char", "New Value Char", "stage_id", "Stage"),
    signs=("old_value_char", "new_value_char", "Old Value Char", "New Value Char"),
)
PARTS = (PRODUCTS, LEADS, HISTORY)
