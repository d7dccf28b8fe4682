"""Addresses of research briefs."""

from django.urls import path

from dawra.prospecting.views import briefs

urlpatterns = [
    path("briefs/rules/", briefs.rules, name="brief_rules"),
    path("briefs/<slug:kind>/<uuid:record_id>/", briefs.brief, name="brief"),
    path("briefs/<slug:kind>/<uuid:record_id>/print/", briefs.print_brief, name="brief_print"),
    path("briefs/<slug:kind>/<uuid:record_id>/write/", briefs.write, name="brief_write"),
    path("briefs/<slug:kind>/<uuid:record_id>/read/", briefs.read_page, name="brief_read"),
    path("briefs/<slug:kind>/<uuid:record_id>/confirm/", briefs.confirm, name="brief_confirm"),
]
