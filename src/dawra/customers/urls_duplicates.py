"""Addresses of duplicates."""

from django.urls import path

from dawra.customers.views import duplicates

urlpatterns = [
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/exact/", duplicates.exact, name="merge_exact"),
    path("duplicates/search/", duplicates.seek, name="seek_duplicates"),
    path("duplicates/<uuid:pair_id>/", duplicates.pair, name="pair"),
    path("duplicates/<uuid:pair_id>/merge/", duplicates.merge, name="merge"),
    path("duplicates/<uuid:pair_id>/different/", duplicates.different, name="tell_apart"),
    path("merges/<uuid:merge_id>/take-apart/", duplicates.unmerge, name="unmerge"),
]
