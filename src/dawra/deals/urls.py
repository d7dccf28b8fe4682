"""Addresses of deals, under /deals/."""

from django.urls import path

from dawra.deals.views import board, bulk, by_date, export, table

app_name = "deals"
urlpatterns = [
    path("", board.board, name="board"),
    path("<uuid:deal_id>/move/", board.move, name="move"),
    path("<uuid:deal_id>/close-in/", by_date.close_in, name="close_in"),
    path("by-date/", by_date.by_date, name="by_date"),
    path("moved/", by_date.moved, name="moved"),
    path("table/", table.table, name="table"),
    path("filters/", table.filters, name="filters"),
    path("columns/", table.columns, name="columns"),
    path("views/", table.views, name="views"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("export/", export.export, name="export"),
]
