"""Addresses of leads, and of what is set up for them."""

from django.urls import path

from dawra.prospecting.views import lead_adding, lead_many, lead_settings, leads

urlpatterns = [
    path("leads/", leads.leads, name="leads"),
    path("leads/filters/", leads.filters, name="lead_filters"),
    path("leads/export/", lead_many.export, name="lead_export"),
    path("leads/many/", lead_many.many, name="lead_many"),
    path("leads/new/", lead_adding.add, name="lead_add"),
    path("leads/sources/", leads.sources, name="lead_sources"),
    path("leads/<uuid:lead_id>/", leads.lead, name="lead"),
    path("leads/<uuid:lead_id>/accept/", leads.accept, name="lead_accept"),
    path("leads/<uuid:lead_id>/reject/", leads.reject, name="lead_reject"),
    path("leads/<uuid:lead_id>/assign/", leads.assign, name="lead_assign"),
    path("leads/<uuid:lead_id>/edit/", leads.edit, name="lead_edit"),
    path("leads/<uuid:lead_id>/take/", leads.take, name="lead_take"),
    path("leads/<uuid:lead_id>/reopen/", leads.reopen, name="lead_reopen"),
    path("leads/<uuid:lead_id>/delete/", leads.delete, name="lead_delete"),
    path("leads/<uuid:lead_id>/restore/", leads.restore, name="lead_restore"),
    path("settings/leads/", lead_settings.rules, name="lead_rules"),
    path("settings/leads/order/", lead_settings.order, name="lead_rules_order"),
    path("settings/leads/new/", lead_settings.rule, name="lead_rule_add"),
    path("settings/leads/try/", lead_settings.simulate, name="lead_simulate"),
    path("settings/leads/sellers/", lead_settings.sellers, name="lead_sellers"),
    path("settings/leads/sellers/<uuid:member_id>/", lead_settings.seller, name="lead_seller"),
    path("settings/leads/promise/", lead_settings.promise, name="lead_promise"),
    path("settings/leads/promise/<str:on>/remove/", lead_settings.drop_holiday, name="lead_holiday_remove"),
    path("settings/leads/reasons/", lead_settings.reasons, name="lead_reasons"),
    path("settings/leads/reasons/<uuid:reason_id>/", lead_settings.reasons, name="lead_reason"),
    path("settings/leads/<uuid:rule_id>/", lead_settings.rule, name="lead_rule"),
]
