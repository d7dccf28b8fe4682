"""Addresses of how calls and meetings end."""

from django.urls import path

from dawra.customers.views import talking

urlpatterns = [
    path("settings/calls/", talking.talk_outcomes, name="talk_outcomes"),
    path("settings/calls/rules/", talking.change_talk_rules, name="talk_rules"),
    path("settings/calls/<uuid:outcome_id>/", talking.talk_outcomes, name="talk_outcome"),
    path("settings/calls/<uuid:outcome_id>/move/", talking.move_talk_outcome, name="move_talk_outcome"),
]
