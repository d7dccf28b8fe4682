"""Addresses of objections and of the library of answers, under /deals/."""

from django.urls import path

from dawra.deals.views import objections

urlpatterns = [
    path("<uuid:deal_id>/objections/", objections.log, name="log_objection"),
    path("<uuid:deal_id>/objections/<uuid:objection_id>/", objections.objection, name="objection_page"),
    path("<uuid:deal_id>/objections/<uuid:objection_id>/answer/", objections.answer, name="answer_objection"),
    path("<uuid:deal_id>/objections/<uuid:objection_id>/judge/", objections.judge, name="judge_objection"),
    path("<uuid:deal_id>/objections/<uuid:objection_id>/reopen/", objections.reopen, name="reopen_objection"),
    path("<uuid:deal_id>/objections/<uuid:objection_id>/delete/", objections.delete, name="delete_objection"),
    path("answers/", objections.library, name="answers"),
    path("answers/new/", objections.write_answer, name="add_answer"),
    path("answers/starters/", objections.starters, name="starter_answers"),
    path("answers/<uuid:answer_id>/", objections.write_answer, name="answer"),
    path("answers/<uuid:answer_id>/retire/", objections.retire_answer, name="retire_answer"),
]
