"""Addresses of one deal, under /deals/."""

from django.urls import path

from dawra.deals.views import deal, deal_parts

urlpatterns = [
    path("new/", deal.add, name="add"),
    path("<uuid:deal_id>/", deal.deal, name="deal"),
    path("<uuid:deal_id>/edit/", deal.edit, name="edit"),
    path("<uuid:deal_id>/field/", deal.field, name="field"),
    path("<uuid:deal_id>/stage/", deal.stage, name="stage"),
    path("<uuid:deal_id>/reopen/", deal.reopen, name="reopen"),
    path("<uuid:deal_id>/next-step/", deal.next_step, name="next_step"),
    path("<uuid:deal_id>/version/", deal.newer_version, name="newer_version"),
    path("<uuid:deal_id>/pipeline/", deal_parts.other_pipeline, name="other_pipeline"),
    path("<uuid:deal_id>/delete/", deal.delete, name="delete"),
    path("<uuid:deal_id>/restore/", deal.restore, name="restore"),
    path("<uuid:deal_id>/people/", deal_parts.add_person, name="add_person"),
    path("<uuid:deal_id>/people/<uuid:person_id>/", deal_parts.set_role, name="set_role"),
    path("<uuid:deal_id>/products/", deal_parts.edit_lines, name="lines"),
    path("<uuid:deal_id>/credit/", deal_parts.edit_splits, name="splits"),
    path("<uuid:deal_id>/tick/<uuid:criterion_id>/", deal_parts.tick, name="tick"),
]
