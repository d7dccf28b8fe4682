"""Addresses of the playbook: read under /deals/, written under /settings/."""

from django.urls import path

from dawra.deals.views import playbook, playbook_report, training_report

urlpatterns = [
    path("deals/playbook/", playbook.playbook, name="playbook"),
    path("deals/playbook/followed/", playbook_report.adherence, name="adherence"),
    path("deals/playbook/followed/deals/", playbook_report.deals, name="adherence_deals"),
    path("deals/training/", training_report.report, name="training_report"),
    path("deals/training/deals/", training_report.deals, name="training_deals"),
    path("deals/playbook/<uuid:pipeline_id>/", playbook.playbook, name="pipeline_playbook"),
    path("deals/<uuid:deal_id>/playbook/", playbook.tick, name="tick_step"),
    path("settings/playbook/<uuid:stage_id>/", playbook.play, name="write_play"),
    path("settings/pipelines/<uuid:pipeline_id>/playbook/", playbook.starters, name="starter_playbook"),
]
