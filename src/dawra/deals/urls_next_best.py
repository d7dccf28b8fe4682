"""Addresses of what to do next, and of the rules behind it."""

from django.urls import path

from dawra.deals.views import next_best

urlpatterns = [
    path("next/", next_best.index, name="next_best"),
    path("next/dismiss/", next_best.dismiss, name="dismiss_next_best"),
    path("settings/next/", next_best.rules, name="next_best_rules"),
    path("settings/next/new/", next_best.rule, name="add_next_best_rule"),
    path("settings/next/order/", next_best.order, name="order_next_best_rules"),
    path("settings/next/starters/", next_best.starters, name="starter_next_best_rules"),
    path("settings/next/<uuid:next_rule_id>/", next_best.rule, name="next_best_rule"),
    path("settings/next/<uuid:next_rule_id>/switch/", next_best.switch, name="switch_next_best_rule"),
]
