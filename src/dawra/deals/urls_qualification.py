"""Addresses of qualification: findings under /deals/, frameworks under /settings/."""

from django.urls import path

from dawra.deals.views import frameworks, qualification

FINDING = "deals/<uuid:deal_id>/qualification/<slug:code>/"
urlpatterns = [
    path("deals/qualification/", qualification.report, name="qualification"),
    path(FINDING, qualification.note, name="note_finding"),
    path(f"{FINDING}remove/", qualification.remove, name="remove_finding"),
    path("settings/qualification/", frameworks.index, name="frameworks"),
    path("settings/qualification/new/", frameworks.write, name="add_framework"),
    path("settings/qualification/starters/", frameworks.starters, name="starter_frameworks"),
    path("settings/qualification/<uuid:framework_id>/", frameworks.write, name="framework"),
    path("settings/qualification/<uuid:framework_id>/retire/", frameworks.retire, name="retire_framework"),
    path("settings/pipelines/<uuid:pipeline_id>/framework/", frameworks.choose, name="choose_framework"),
]
