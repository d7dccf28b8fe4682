"""Pipedrive: deals (open, won and lost beside the stage they were in), products. Stage history is not in its exports."""

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, labelled, name, short, when
from dawra.customers.importing.formats.pipedrive import id_column, names_of
from dawra.deals.importing.formats.parts import deals, products
from dawra.deals.importing.stages import STATE_WORDS, STATES

PRODUCTS = products(
    (
        id_column("Product"),
        column("name", values.text(160), *names_of("Product", "Name")),
        column("code", values.text(60), *names_of("Product", "Product code", "Code")),
        column("family", short, *names_of("Product", "Category")),
        column("unit", values.text(20), *names_of("Product", "Unit")),
        column("price_minor", values.amount(), *names_of("Product", "Price", "Unit prices", "Unit price")),
        column("currency", values.currency, *names_of("Product", "Currency")),
    ),
    signs=("Product - Name", "Product - Product code", "Product - Unit prices", "Product - Price", "Product - Category",
           "Billing frequency"),
)  # fmt: skip
DEALS = deals(
    (
        id_column("Deal"),
        column("name", name, *names_of("Deal", "Title")),
        column("currency", values.currency, *names_of("Deal", "Currency of value", "Currency")),
        column("amount_minor", values.amount(), *names_of("Deal", "Value")),
        column("company", name, "Organization", "Deal - Organization", "Organization - Name", "Organization name"),
        column("person", name, "Contact person", "Deal - Contact person", "Person - Name"),
        column("email", values.email, "Person - Email"),
        column("owner", values.text(254), *names_of("Deal", "Owner")),
        column("pipeline", short, *names_of("Deal", "Pipeline")),
        labelled("state", STATES, STATE_WORDS, *names_of("Deal", "Status")),
        column("probability", values.percent(), *names_of("Deal", "Probability")),
        column("expected_close_on", values.day(), *names_of("Deal", "Expected close date")),
        column("created_at", when, *names_of("Deal", "Creation date", "Deal created", "Add time")),
        column("won_at", when, *names_of("Deal", "Won time")),
        column("lost_at", when, *names_of("Deal", "Lost time")),
        column("closed_at", when, *names_of("Deal", "Closed on", "Deal closed on")),
        column("stage_since", when, *names_of("Deal", "Last stage change", "Stage change time")),
        column("reason", values.text(300), *names_of("Deal", "Lost reason")),
        column("source", short, *names_of("Deal", "Source channel")),
    ),
    names_of("Deal", "Stage", "Stage (pipeline)"),
    signs=("Deal - Title", "Deal - Value", "Deal - Stage", "Deal - Status", "Deal - Pipedrive System ID", "Deal - Owner",
           "Currency of value"),
    key=by_id(else_by=("name", "company")),
)  # fmt: skip
PARTS = (PRODUCTS, DEALS)
