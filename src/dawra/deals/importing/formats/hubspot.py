"""HubSpot: deals with the date each stage was entered, products, line items."""

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, identities, identity, name, short, when
from dawra.deals.importing.formats.parts import QUANTITY, deals, lines, products

PRODUCTS = products(
    (
        column("id", identity, "Record ID", "Product ID", "hs_object_id"),
        column("name", values.text(160), "Name", "Product name", "name"),
        column("code", values.text(60), "SKU", "hs_sku"),
        column("family", short, "Product Type", "Product category", "hs_product_type"),
        column("price_minor", values.amount(), "Unit price", "Price", "price"),
        column("about", values.text(4000), "Product description", "Description", "description"),
    ),
    signs=("SKU", "hs_sku", "Product description", "Unit cost", "hs_cost_of_goods_sold"),
)
DEALS = deals(
    (
        column("id", identity, "Record ID", "Deal ID", "hs_object_id", "معرف السجل"),
        column("name", name, "Deal Name", "dealname", "اسم الصفقة"),
        column("pipeline", short, "Pipeline", "pipeline"),
        column("currency", values.currency, "Currency", "deal_currency_code"),
        column("amount_minor", values.amount(), "Amount", "amount"),
        column("recurring_minor", values.amount(), "Monthly recurring revenue", "hs_mrr"),
        column("probability", values.percent(), "Deal probability", "hs_deal_stage_probability"),
        column("expected_close_on", values.day(), "Close Date", "closedate"),
        column("created_at", when, "Create Date", "hs_createdate", "createdate"),
        column("stage_since", when, "Date entered current stage", "hs_v2_date_entered_current_stage"),
        column("owner", values.text(254), "Deal owner", "hubspot_owner_id", "مالك الصفقة"),
        column("deal_type", short, "Deal Type", "dealtype"),
        column("company_ids", identities, "Associated Company IDs", "associatedcompanyids",
               "Associated Company IDs (Primary)"),
        column("company", name, "Associated Company", "Associated Company (Primary)"),
        column("person_ids", identities, "Associated Contact IDs", "associatedcontactids"),
        column("reason", values.text(300), "Closed Lost Reason", "closed_lost_reason", "Closed Won Reason"),
        column("next_step", values.text(200), "Next step", "hs_next_step"),
        column("about", values.prose(50_000), "Deal Description", "description"),
        column("source", short, "Original Source Type", "Original Traffic Source", "hs_analytics_source"),
    ),
    ("Deal Stage", "dealstage"),
    entered=('Date entered "{} (Sales Pipeline)"', 'Date entered "{}"', "Date entered {}", "hs_date_entered_{}",
             "hs_v2_date_entered_{}"),
    signs=("Deal Name", "dealname", "dealstage", "Deal owner", "Associated Contact IDs", "Date entered current stage",
           "Annual contract value", "اسم الصفقة", "مالك الصفقة"),
    key=by_id(else_by=("name", "company")),
)  # fmt: skip
LINES = lines(
    (
        column("id", identity, "Record ID", "Line item ID", "hs_object_id"),
        column("deal_id", identity, "Associated Deal IDs", "Associated Deal ID", "associateddealids"),
        column("product_id", identity, "Product ID", "hs_product_id"),
        column("name", values.text(160), "Name", "name"),
        column("code", values.text(60), "SKU", "hs_sku"),
        column("quantity", QUANTITY, "Quantity", "quantity"),
        column("price_minor", values.amount(), "Unit price", "price"),
        column("discount", values.percent(), "Discount percentage", "hs_discount_percentage"),
    ),
    signs=("Unit price", "Line item ID", "Product ID", "hs_product_id", "Net price", "Term"),
)
PARTS = (PRODUCTS, DEALS, LINES)
