"""Salesforce: opportunities, their history, products and opportunity products."""

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import (
    by_id,
    column,
    name,
    salesforce_id,
    salesforce_ids,
    short,
    when,
)
from dawra.deals.importing.formats.parts import QUANTITY, deals, history, lines, products

PRODUCTS = products(
    (
        column("id", salesforce_id, "Id", "Product ID"),
        column("name", values.text(160), "Name", "Product Name"),
        column("code", values.text(60), "ProductCode", "Product Code"),
        column("family", short, "Family", "Product Family"),
        column("price_minor", values.amount(), "UnitPrice", "List Price", "StandardPrice"),
        column("currency", values.currency, "CurrencyIsoCode"),
        column("active", values.yes_no, "IsActive", "Active"),
    ),
    signs=("ProductCode", "Family", "Product Family", "StockKeepingUnit", "QuantityUnitOfMeasure"),
)
OPPORTUNITIES = deals(
    (
        column("id", salesforce_id, "Id", "Opportunity ID"),
        column("name", name, "Name", "Opportunity Name"),
        column("company_ids", salesforce_ids, "AccountId", "Account ID"),
        column("company", name, "Account.Name", "Account Name"),
        column("person_ids", salesforce_ids, "ContactId"),
        column("currency", values.currency, "CurrencyIsoCode", "Opportunity Currency", "Amount Currency"),
        column("amount_minor", values.amount(), "Amount"),
        column("probability", values.percent(), "Probability", "Probability (%)"),
        column("expected_close_on", values.day(), "CloseDate", "Close Date"),
        column("source", short, "LeadSource", "Lead Source"),
        column("next_step", values.text(200), "NextStep", "Next Step"),
        column("is_closed", values.yes_no, "IsClosed", "Closed"),
        column("is_won", values.yes_no, "IsWon", "Won"),
        column("reason", values.text(300), "Loss Reason", "LossReason", "Loss_Reason__c", "Reason Lost"),
        column("campaign", values.text(120), "Campaign.Name", "Primary Campaign Source"),
        column("about", values.prose(50_000), "Description"),
        column("created_at", when, "CreatedDate", "Created Date"),
        column("stage_since", when, "LastStageChangeDate", "Last Stage Change Date"),
        column("owner_id", salesforce_id, "OwnerId", "Owner ID"),
        column("owner", values.text(254), "Owner.Email", "Owner.Name", "Opportunity Owner", "Opportunity Owner: Full Name"),
    ),
    ("StageName", "Stage"),
    signs=("StageName", "ForecastCategory", "ForecastCategoryName", "IsWon", "FiscalQuarter", "Opportunity Name",
           "Opportunity Owner", "Fiscal Period"),
    key=by_id(else_by=("name", "company")),
)  # fmt: skip
HISTORY = history(
    (
        column("id", salesforce_id, "Id"),
        column("deal_id", salesforce_id, "OpportunityId", "Opportunity ID"),
        column("at", when, "CreatedDate", "Last Modified", "Created Date"),
        column("currency", values.currency, "CurrencyIsoCode"),
        column("amount_minor", values.amount(), "Amount"),
        column("probability", values.percent(), "Probability", "Probability (%)"),
        column("expected_close_on", values.day(), "CloseDate", "Close Date"),
        column("expected_revenue", values.text(40), "ExpectedRevenue", "Expected Revenue"),
        column("forecast", short, "ForecastCategory", "Forecast Category"),
    ),
    ("StageName", "Stage", "To Stage"),
    signs=("OpportunityId", "ForecastCategory", "ExpectedRevenue"),
    weight=0.2,
)
LINES = lines(
    (
        column("id", salesforce_id, "Id"),
        column("deal_id", salesforce_id, "OpportunityId"),
        column("product_id", salesforce_id, "Product2Id"),
        column("name", values.text(160), "Name", "Product Name"),
        column("code", values.text(60), "ProductCode", "Product Code"),
        column("quantity", QUANTITY, "Quantity"),
        column("currency", values.currency, "CurrencyIsoCode"),
        column("price_minor", values.amount(), "UnitPrice", "Sales Price"),
        column("discount", values.percent(), "Discount"),
    ),
    signs=("OpportunityId", "Product2Id", "PricebookEntryId", "TotalPrice", "UnitPrice"),
)
PARTS = (PRODUCTS, OPPORTUNITIES, HISTORY, LINES)
