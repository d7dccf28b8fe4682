from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "dawra.team"
    label = "team"
