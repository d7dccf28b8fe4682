"""Invoice lines of a shop: customers as companies, each line a note at its true time; lines of nobody are said."""

import pytest

from dawra.customers.importing import cli_entry
from dawra.customers.models import Activity, Company
from dawra.journal.models import Mention

# Rows of UCI Online Retail (CC BY 4.0, Chen 2015).
LINES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom
C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
536370,22728,ALARM CLOCK BAKELIKE PINK,24,2010-12-01 08:45:00,3.75,12583.0,France
536370,22728,ALARM CLOCK BAKELIKE PINK,24,2010-12-01 08:45:00,3.75,12583.0,France
"""


@pytest.fixture
def boss(admin, actor):
    return actor(admin)


def test_whoever_bought_is_a_customer_since_then(tmp_path, boss):
    path = tmp_path / "online_retail.csv"
    path.write_text(LINES)
    report = cli_entry.run(boss, [path])
    assert (report.rows, report.accepted, [(r.line, r.column) for r in report.rejected_rows]) == (
        6,
        5,
        [(4, "CustomerID")],
    )
    first = Company.objects.visible_to(boss).get(name="Customer 17850")
    assert (first.country, first.lifecycle, first.lifecycle_since.isoformat()) == (
        "GB", "customer", "2010-12-01T05:26:00+00:00",
    )  # fmt: skip
    assert Company.objects.visible_to(boss).get(name="Customer 14527").lifecycle == "lead", "only took something back"
    assert Mention.objects.filter(record_id=first.pk, kind="customers.note_written.1").count() == 2
    note = Activity.objects.visible_to(boss).get(title__contains="LANTERN")
    assert (note.body, note.happened_at) == ("6 × 3.39 GBP · WHITE METAL LANTERN (71053)", first.lifecycle_since)
    again = cli_entry.run(boss, [path])
    assert again.files[0].unchanged == 5 and Activity.objects.visible_to(boss).count() == 5
