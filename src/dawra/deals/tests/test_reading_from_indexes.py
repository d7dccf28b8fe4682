"""What keeps the board quick however many deals stand on it: SQLite reads lanes and sums from their indexes, unsorted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dawra.customers.listing_page import list_page
from dawra.deals.forms import columns
from dawra.deals.queries import board, deals, lanes, table
from dawra.deals.tests.test_the_board import LOOK, TODAY, many

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")


def plans(read):
    """The statements about deals a reading makes, each with its plan."""
    with CaptureQueriesContext(connection) as made:
        read()
    found = []
    with connection.cursor() as cursor:
        for sql in [one["sql"] for one in made if 'FROM "deals_deal"' in one["sql"]]:
            cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
            found.append((sql, "\n".join(row[3] for row in cursor.fetchall())))
    return found


def test_the_board_sorts_nothing(admin, sana, pipeline, actor):
    many(sana, pipeline["prospecting"], 30)
    drawn = lanes.drawing(actor(admin))
    sums, cards, outcomes = plans(lambda: board.board(actor(admin), drawn, LOOK))
    assert "deal_board_sums" in sums[1]
    assert "deal_board_cards" in cards[1] and "ORDER BY" not in cards[1]
    assert "deal_closed" in outcomes[1]


def test_the_table_chooses_its_page_before_it_joins(admin, sana, pipeline, actor, rf):
    many(sana, pipeline["prospecting"], 30)
    asking = table.Asking(actor(admin), TODAY, "SAR")
    offer = columns.offer(asking, lanes.drawing(actor(admin)))
    [(_sql, plan)] = plans(lambda: list_page(offer, deals.visible(actor(admin)), rf.get("/").GET, actor(admin)))
    assert "LIST SUBQUERY" in plan and "deal_newest" in plan


@pytest.mark.parametrize("sort", ["qualification", "-qualification"])
def test_by_score_the_table_reads_its_page_from_the_index_either_way(admin, sana, pipeline, actor, rf, sort):
    many(sana, pipeline["prospecting"], 30)
    asking = table.Asking(actor(admin), TODAY, "SAR")
    offer = columns.offer(asking, lanes.drawing(actor(admin)))
    asked = rf.get("/", {"sort": sort}).GET
    filled, empty = plans(lambda: list_page(offer, deals.visible(actor(admin)), asked, actor(admin)))
    assert "deal_by_score (qualification>?)" in filled[1] and "deal_by_score (qualification=?)" in empty[1]
