"""Addresses of deals: lists, one deal, and what is set up once."""

from django.urls import include, path

from dawra.deals.views import board, bulk, by_date, close_rate, export, table

app_name = "deals"
of_lists = [
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
    path("close-rate/", close_rate.close_rate, name="close_rate"),
]
urlpatterns = [
    path("deals/", include(of_lists)),
    path("deals/", include("dawra.deals.urls_deal")),
    path("deals/", include("dawra.deals.urls_objections")),
    path("deals/", include("dawra.deals.urls_demos")),
    path("settings/", include("dawra.deals.urls_settings")),
    path("", include("dawra.deals.urls_quotes")),
    path("", include("dawra.deals.urls_next_best")),
    path("", include("dawra.deals.urls_playbook")),
    path("", include("dawra.deals.urls_close_plans")),
    path("", include("dawra.deals.urls_qualification")),
]
