"""Addresses of quotes: a deal's, how they begin, and what a buyer's link opens."""

from django.urls import path

from dawra.deals.views import buyer, quotes

urlpatterns = [
    path("deals/<uuid:deal_id>/quotes/", quotes.draft, name="draft_quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/", quotes.quote, name="quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/edit/", quotes.edit, name="edit_quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/act/", quotes.act, name="act_on_quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/decide/", quotes.decide, name="decide_quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/send/", quotes.send, name="send_quote"),
    path("deals/<uuid:deal_id>/quotes/<uuid:quote_id>/pdf/", quotes.pdf, name="quote_pdf"),
    path("settings/quotes/", quotes.quote_rules, name="quote_rules"),
    path("q/<str:key>/", buyer.quote, name="buyer"),
    path("q/<str:key>/pdf/", buyer.pdf, name="buyer_pdf"),
]
