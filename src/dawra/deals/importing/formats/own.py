"""Our own simple files of this room: deals, stage history, products and lines, under plain headings in English or Arabic."""

from dataclasses import replace

from dawra.customers.importing import values
from dawra.customers.importing.formats.columns import by_id, column, identity, labelled, name, short, when
from dawra.deals.importing.formats.parts import QUANTITY, deals, history, lines, products, ready
from dawra.deals.importing.stages import STATE_WORDS, STATES

_DEAL_ID = column("deal_id", identity, "deal id", "opportunity id", "معرف الصفقة", "رقم الصفقة")
PRODUCTS = products(
    (
        column("id", identity, "product id", "id", "external id", "المعرف"),
        column("name", values.text(160), "product", "product name", "name", "item", "المنتج", "اسم المنتج", "الصنف"),
        column("code", values.text(60), "product code", "sku", "code", "رمز المنتج", "الرمز", "كود المنتج"),
        column("family", short, "product family", "category", "product category", "الفئة", "التصنيف", "فئة المنتج"),
        column("unit", values.text(20), "unit", "الوحدة"),
        column("price_minor", values.amount(), "price", "unit price", "list price", "sales price", "sales_price"),
        column("currency", values.currency, "currency"),
    ),
    any_of=("price_minor", "code", "family"),
    weight=-0.1,
)
DEALS = deals(
    (
        column("id", identity, "deal id", "opportunity id", "id", "external id", "معرف الصفقة", "رقم الصفقة", "المعرف"),
        column("name", name, "deal", "deal name", "opportunity", "opportunity name", "name", "title", "الصفقة", "اسم الصفقة",
               "الفرصة", "عنوان الصفقة"),
        column("pipeline", short, "pipeline", "sales pipeline"),
        labelled("state", STATES, STATE_WORDS, "won or lost", "status", "deal status", "result", "الحالة", "حالة الصفقة",
                 "النتيجة"),
        column("currency", values.currency, "currency", "deal currency"),
        column("amount_minor", values.amount(), "amount", "value", "deal value", "deal amount", "worth"),
        column("recurring_minor", values.amount(), "monthly amount", "mrr", "monthly recurring revenue",
               "الإيراد الشهري"),
        column("probability", values.percent(), "probability", "chance", "win probability"),
        column("expected_close_on", values.day(), "expected close", "close date", "expected close date", "closing date",
               "موعد الإغلاق"),
        column("created_at", when, "created", "created at", "created on", "begun on", "start date", "opened"),
        column("stage_since", when, "in the stage since", "stage since", "last stage change", "stage changed",
               "تاريخ دخول المرحلة"),
        column("closed_at", when, "closed on", "closed at", "closed", "won on", "lost on", "تاريخ الحسم", "أغلقت في"),
        column("company", name, "company", "company name", "account", "organization", "organisation", "customer", "client",
               "العميل"),
        column("person", name, "person", "contact", "contact name", "contact person", "جهة الاتصال", "الشخص"),
        column("email", values.email, "contact email", "email", "e-mail"),
        column("owner", values.text(254), "owner", "deal owner", "sales rep", "sales agent", "salesperson", "rep"),
        column("reason", values.text(300), "reason", "lost reason", "loss reason", "close reason"),
        column("next_step", values.text(200), "next step"),
        column("campaign", values.text(120), "campaign", "الحملة"),
        column("source", short, "source", "lead source", "deal source"),
        column("about", values.prose(50_000), "about", "description", "notes", "comments"),
    ),
    ("stage", "deal stage", "sales stage", "step"),
    needs=("name",),
    any_of=("stage", "state"),
    key=by_id(else_by=("name", "company")),
    weight=-0.1,
)  # fmt: skip
HISTORY = history(
    (
        _DEAL_ID,
        column("deal", name, "deal", "deal name", "opportunity", "الصفقة", "اسم الصفقة"),
        column("at", when, "entered", "entered at", "entered on", "since", "changed at", "تاريخ الدخول",
               "منذ"),
        column("amount_minor", values.amount(), "amount", "value"),
        column("currency", values.currency, "currency"),
        column("probability", values.percent(), "probability"),
        column("expected_close_on", values.day(), "expected close", "close date"),
    ),
    ("stage", "to stage", "new stage", "entered stage"),
    needs=("stage", "at"),
    any_of=("deal_id", "deal"),
    weight=-0.15,
)  # fmt: skip
LINES = lines(
    (
        _DEAL_ID,
        column("id", identity, "line id", "line item id", "id"),
        column("product_id", identity, "product id"),
        column("name", values.text(160), "product", "product name", "item", "name", "المنتج", "اسم المنتج", "الصنف"),
        column("code", values.text(60), "product code", "sku", "رمز المنتج"),
        column("quantity", QUANTITY, "quantity", "qty", "العدد"),
        column("price_minor", values.amount(), "price", "unit price", "sales price"),
        column("discount", values.percent(), "discount", "الخصم"),
    ),
    any_of=("name", "code", "product_id"),
    weight=-0.1,
)  # fmt: skip
PARTS = tuple(replace(one, ready=ready) for one in (PRODUCTS, DEALS, LINES, HISTORY))
