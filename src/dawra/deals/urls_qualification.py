"""Addresses of qualification: findings under /deals/."""

from django.urls import path

from dawra.deals.views import qualification

FINDING = "deals/<uuid:deal_id>/qualification/<slug:code>/"
urlpatterns = [
    path(FINDING, qualification.note, name="note_finding"),
    path(f"{FINDING}remove/", qualification.remove, name="remove_finding"),
]
