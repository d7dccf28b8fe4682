"""Zoho CRM: deals (once called potentials), their stage history, products."""

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, name, short, when
from dawra.customers.importing.formats.zoho import identity, several
from dawra.deals.importing.formats.parts import deals, history, products

PRODUCTS = products(
    (
        column("id", identity, "Record Id", "Product Id"),
        column("name", values.text(160), "Product Name"),
        column("code", values.text(60), "Product Code"),
        column("family", short, "Product Category"),
        column("price_minor", values.amount(), "Unit Price"),
    ),
    signs=("Product Name", "Product Active", "Qty in Stock", "Product Category"),
)
DEALS = deals(
    (
        column("id", identity, "Record Id", "Deal Id", "Potential Id", "معرف السجل"),
        column("name", name, "Deal Name", "Potential Name", "اسم الصفقة"),
        column("company", name, "Account Name"),
        column("company_ids", several, "Account Name.id", "Account Id", "Account Name Id"),
        column("person", name, "Contact Name"),
        column("person_ids", several, "Contact Name.id", "Contact Id", "Contact Name Id"),
        column("deal_type", short, "Type"),
        column("source", short, "Lead Source"),
        column("campaign", values.text(120), "Campaign Source"),
        column("currency", values.currency, "Currency"),
        column("amount_minor", values.amount(), "Amount"),
        column("expected_close_on", values.day(), "Closing Date"),
        column("closed_at", when, "Closed Time"),
        column("next_step", values.text(200), "Next Step"),
        column("probability", values.percent(), "Probability (%)", "Probability"),
        column("reason", values.text(300), "Reason For Loss", "Reason For Loss__s", "Lost Reason"),
        column("about", values.prose(50_000), "Description"),
        column("created_at", when, "Created Time"),
        column("stage_since", when, "Stage Modified Time", "Stage_Modified_Time"),
        column("owner", values.text(254), "Deal Owner", "Potential Owner", "مالك الصفقة"),
        column("owner_id", identity, "Deal Owner.id", "Deal Owner Id"),
    ),
    ("Stage", "Sales Stage"),
    signs=("Deal Owner", "Closing Date", "Potential Name", "Campaign Source", "Sales Stage", "Potential Owner",
           "Reason For Loss", "Account Name.id"),
    key=by_id(else_by=("name", "company")),
)  # fmt: skip
HISTORY = history(
    (
        column("id", identity, "Record Id", "Stage History Id"),
        column("deal_id", identity, "Deal Id", "Deal Name.id", "Potential Id", "Parent Id"),
        column("at", when, "Modified Time", "Last Modified Time"),
        column("amount_minor", values.amount(), "Amount"),
        column("probability", values.percent(), "Probability (%)", "Probability"),
        column("expected_close_on", values.day(), "Closing Date", "Close Date"),
        column("days", short, "Stage Duration (Calendar Days)", "Stage Duration"),
    ),
    ("Stage", "Moved To"),
    signs=("Stage Duration (Calendar Days)", "Stage Duration", "Stage History Id", "Moved To"),
    weight=0.2,
)
PARTS = (PRODUCTS, DEALS, HISTORY)
